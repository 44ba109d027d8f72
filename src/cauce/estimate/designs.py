"""From the labels a file holds to a design."""

import numpy as np
from numpy.typing import NDArray

from cauce.estimate.replicated_weights import replication_of
from cauce.model.arrays import Floats, Ints
from cauce.model.design import Design, PsuScope, SinglePsu
from cauce.model.drawn import Drawn
from cauce.model.errors import BadInput

RIGHT = (
    "A weight says how many people a respondent stands for: is it the right column? Correct the "
    "file, or name another column of weights."
)


def design_from_labels(
    stratum: NDArray[np.generic],
    psu: NDArray[np.generic],
    weight: Floats,
    fpc: Floats | None = None,
    psu_scope: PsuScope = "survey",
    single_psu: SinglePsu = "refuse",
) -> Design:
    """The design of n respondents from labels and weights; see `Drawn` and `design_of`."""
    return design_of(Drawn(stratum, psu, weight, fpc, psu_scope, single_psu))


def design_of(drawn: Drawn) -> Design:
    """The design of n respondents from what the file says of how they were drawn.

    Raises:
        BadInput: a weight is missing, negative or infinite, or all are 0; a PSU lies in two strata;
            the fpc differs within a stratum or is smaller than the sample.
    """
    check_weights(drawn.weight)
    labels, strata = np.unique(_text(drawn.stratum), return_inverse=True)
    names, units = np.unique(_text(drawn.psu), return_inverse=True)
    pairs, joint = np.unique(strata * len(names) + units, return_inverse=True)
    if drawn.psu_scope == "survey" and len(pairs) != len(names):
        shared = int((np.bincount(pairs % len(names)) > 1).sum())
        raise BadInput(
            f"{shared:,} of {len(names):,} PSU labels occur in more than one stratum. If labels "
            'repeat across strata, say so (psu_scope = "stratum" in a pack, --nest on the '
            "command line); if they should not, the strata or the PSUs are wrong."
        )
    n_psus = np.bincount(pairs // len(names), minlength=len(labels))
    fpc = drawn.fpc
    population = None if fpc is None else population_psus(strata, fpc, n_psus, labels)
    return Design(
        stratum=strata.astype(np.int64),
        psu=joint.astype(np.int64),
        weight=drawn.weight,
        population_psus=population,
        single_psu=drawn.single_psu,
        stratum_labels=_told(labels),
        psu_labels=_told(names[pairs % len(names)]),
        unit=drawn.unit,
        replication=replication_of(drawn),
    )


def check_weights(weight: Floats) -> None:
    """Raises BadInput if a weight cannot be one, with counts. Zero weights are allowed."""
    count = len(weight)
    if count == 0:
        raise BadInput("There are no respondents: the file has no rows.")
    for wrong, word in (
        (np.isnan(weight), "missing"),
        (np.isinf(weight), "infinite"),
        (weight < 0, "negative"),
    ):
        if wrong.any():
            raise BadInput(f"{int(wrong.sum()):,} of {count:,} weights are {word}. {RIGHT}")
    if not (weight > 0).any():
        raise BadInput(f"All {count:,} weights are 0. {RIGHT}")


def population_psus(strata: Ints, fpc: Floats, n_psus: Ints, labels: NDArray[np.str_]) -> Floats:
    """PSUs in the population of each respondent's stratum, from counts or sampling rates."""
    if not (fpc > 0).all():
        wrong = int((~(fpc > 0)).sum())
        raise BadInput(f"{wrong:,} of {len(fpc):,} values of the fpc are missing or not above 0.")
    first = np.zeros(len(n_psus))
    first[strata] = fpc
    uneven = np.unique(strata[fpc != first[strata]])
    if len(uneven):
        raise BadInput(
            f"The fpc differs within {len(uneven):,} strata, such as {labels[uneven[0]]}. "
            "It must be one number per stratum."
        )
    counts = n_psus / first if (first <= 1).all() else first
    # A rate is a quotient: n / (n / N) may miss N by the last binary digit.
    counts = np.where(np.abs(counts - n_psus) < 1e-9 * n_psus, n_psus, counts)
    short = np.flatnonzero(counts < n_psus)
    if len(short):
        raise BadInput(
            f"{len(short):,} strata have more PSUs in the sample than the fpc says are in the "
            f"population, such as {labels[short[0]]}."
        )
    return np.asarray(counts[strata], dtype=np.float64)


def _told(labels: NDArray[np.generic]) -> tuple[str, ...]:
    """Labels as text; a whole number is the same whether the file keeps it as 7 or as 7.0."""
    if labels.dtype.kind == "f" and (labels == np.floor(labels.astype(np.float64))).all():
        labels = labels.astype(np.int64)
    return tuple(map(str, labels.tolist()))


def _text(labels: NDArray[np.generic]) -> NDArray[np.generic]:
    """Labels that can be sorted: numbers stay numbers, all else is text; missing is refused."""
    if labels.dtype.kind in "iub":
        return labels
    if labels.dtype.kind == "f":
        missing = np.isnan(labels.astype(np.float64))
    else:
        missing = np.array([label is None or label != label for label in labels.tolist()])
    if missing.any():
        raise BadInput(
            f"{int(missing.sum()):,} of {len(labels):,} stratum or PSU labels are missing. Every "
            "respondent was drawn in a stratum and a PSU: complete the file, or leave the rows out "
            "that are no respondents."
        )
    return labels if labels.dtype.kind in "fU" else np.array([str(v) for v in labels.tolist()])
