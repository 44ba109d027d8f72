"""From labels of a file to numbers: units within strata, and how many there are."""

import numpy as np
from numpy.typing import NDArray

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput


def told(labels: NDArray[np.generic]) -> tuple[str, ...]:
    """Labels as text; a whole number is the same whether the file keeps it as 7 or as 7.0."""
    if labels.dtype.kind == "f" and (labels == np.floor(labels.astype(np.float64))).all():
        labels = labels.astype(np.int64)
    return tuple(map(str, labels.tolist()))


def sortable(labels: NDArray[np.generic], what: str = "stratum or PSU") -> NDArray[np.generic]:
    """Labels that can be sorted: numbers stay numbers, all else is text; missing is refused."""
    if labels.dtype.kind in "iub":
        return labels
    if labels.dtype.kind == "f":
        missing = np.isnan(labels.astype(np.float64))
    else:
        missing = np.array([label is None or label != label for label in labels.tolist()])
    if missing.any():
        raise BadInput(
            f"{int(missing.sum()):,} of {len(labels):,} {what} labels are missing. Every "
            "respondent was drawn in a stratum and a PSU: complete the file, or leave the rows out "
            "that are no respondents."
        )
    return labels if labels.dtype.kind in "fU" else np.array([str(v) for v in labels.tolist()])


def numbered(parent: Ints, label: Ints) -> tuple[Ints, Ints]:
    """Numbers from 0 for all pairs that occur, in their order, and the first row of each."""
    keys = parent * (int(label.max()) + 1) + label
    if (keys[1:] >= keys[:-1]).all():  # sorted, as most files are
        new = np.ones(len(keys), dtype=np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        return np.cumsum(new) - 1, np.flatnonzero(new)
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return number.astype(np.int64), first


def refuse_no_fpc(wrong: int, count: int) -> None:
    if wrong:
        raise BadInput(f"{wrong:,} of {count:,} values of the fpc are missing or not above 0.")


def in_population(fpc: Floats, stratum: Ints, sampled: Ints) -> tuple[Floats, Flags, Flags]:
    """Units of each stratum in the population, from counts or sampling rates, shape (strata,).

    Infinity is of a stratum without an fpc. Returns also in which strata the fpc differs, and of
    which it says fewer than were `sampled`.

    Raises:
        BadInput: an fpc is missing or not above 0.
    """
    refuse_no_fpc(int((~(fpc > 0)).sum()), len(fpc))
    first = np.zeros(len(sampled))
    first[stratum] = fpc
    uneven = np.zeros(len(sampled), dtype=np.bool_)
    uneven[stratum[fpc != first[stratum]]] = True
    known = np.isfinite(first)
    rates = (first[known] <= 1).all()
    counts = np.where(known, sampled / first, np.inf) if rates else first
    # A rate is a quotient: n / (n / N) may miss N by the last binary digit.
    counts = np.where(np.abs(counts - sampled) < 1e-9 * sampled, sampled, counts)
    return counts, uneven, counts < sampled
