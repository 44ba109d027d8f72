"""From the labels a file holds to a design."""

import numpy as np
from numpy.typing import NDArray

from cauce.model.arrays import Floats, Ints
from cauce.model.design import Design, PsuScope, SinglePsu
from cauce.model.drawn import Drawn
from cauce.model.errors import BadInput
from cauce.model.stream import DrawnStrata, Strata

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
        raise shared_labels(int((np.bincount(pairs % len(names)) > 1).sum()), len(names))
    n_psus = np.bincount(pairs // len(names), minlength=len(labels))
    fpc = drawn.fpc
    population = None if fpc is None else population_psus(strata, fpc, n_psus, labels)
    return Design(
        stratum=strata.astype(np.int64),
        psu=joint.astype(np.int64),
        weight=drawn.weight,
        population_psus=population,
        single_psu=drawn.single_psu,
        stratum_labels=told_labels(labels),
        psu_labels=told_labels(names[pairs % len(names)]),
        unit=drawn.unit,
    )


def check_weights(weight: Floats) -> None:
    """Raises BadInput if a weight cannot be one, with counts. Zero weights are allowed."""
    masks = np.isnan(weight), np.isinf(weight), weight < 0, weight > 0
    refuse_weights(len(weight), *(int(mask.sum()) for mask in masks))


def refuse_weights(count: int, missing: int, infinite: int, negative: int, positive: int) -> None:
    """Raises BadInput if, of so many weights, some cannot be one or none is above 0."""
    if count == 0:
        raise BadInput("There are no respondents: the file has no rows.")
    wrong = {"missing": missing, "infinite": infinite, "negative": negative}
    for word, number in wrong.items():
        if number:
            raise BadInput(f"{number:,} of {count:,} weights are {word}. {RIGHT}")
    if not positive:
        raise BadInput(f"All {count:,} weights are 0. {RIGHT}")


def shared_labels(shared: int, names: int) -> BadInput:
    return BadInput(
        f"{shared:,} of {names:,} PSU labels occur in more than one stratum. If labels "
        'repeat across strata, say so (psu_scope = "stratum" in a pack, --nest on the '
        "command line); if they should not, the strata or the PSUs are wrong."
    )


def population_psus(strata: Ints, fpc: Floats, n_psus: Ints, labels: NDArray[np.generic]) -> Floats:
    """PSUs in the population of each respondent's stratum, from counts or sampling rates."""
    refuse_no_fpc(int((~(fpc > 0)).sum()), len(fpc))
    first = np.zeros(len(n_psus))
    first[strata] = fpc
    refuse_uneven(np.unique(strata[fpc != first[strata]]), labels)
    return np.asarray(psu_counts(first, n_psus, labels)[strata], dtype=np.float64)


def refuse_no_fpc(wrong: int, count: int) -> None:
    if wrong:
        raise BadInput(f"{wrong:,} of {count:,} values of the fpc are missing or not above 0.")


def refuse_uneven(uneven: Ints, labels: NDArray[np.generic]) -> None:
    """Raises BadInput if there are strata with more than one fpc."""
    if len(uneven):
        raise BadInput(
            f"The fpc differs within {len(uneven):,} strata, such as {labels[uneven[0]]}. "
            "It must be one number per stratum."
        )


def psu_counts(fpc: Floats, n_psus: Ints, labels: NDArray[np.generic]) -> Floats:
    """PSUs in the population of each stratum, from its fpc, which may be a rate; (strata,)."""
    counts = n_psus / fpc if (fpc <= 1).all() else fpc
    # A rate is a quotient: n / (n / N) may miss N by the last binary digit.
    counts = np.where(np.abs(counts - n_psus) < 1e-9 * n_psus, n_psus, counts)
    short = np.flatnonzero(counts < n_psus)
    if len(short):
        raise BadInput(
            f"{len(short):,} strata have more PSUs in the sample than the fpc says are in the "
            f"population, such as {labels[short[0]]}."
        )
    return np.asarray(counts, dtype=np.float64)


def told_labels(labels: NDArray[np.generic]) -> tuple[str, ...]:
    """Labels as text; a whole number is the same whether the file keeps it as 7 or as 7.0."""
    if labels.dtype.kind == "f" and (labels == np.floor(labels.astype(np.float64))).all():
        labels = labels.astype(np.int64)
    return tuple(map(str, labels.tolist()))


def strata_of(drawn: DrawnStrata) -> Strata:
    """The strata of a stream from what its file says of them.

    Raises:
        BadInput: as `design_of`.
    """
    count = int(drawn.rows.sum())
    weights = drawn.missing, drawn.infinite, drawn.negative, drawn.positive
    refuse_weights(count, *weights)
    if drawn.psu_scope == "survey" and drawn.shared:
        raise shared_labels(drawn.shared, drawn.psu_labels)
    labels = np.array(drawn.labels)
    population = np.full(len(labels), np.inf)
    if drawn.least is not None and drawn.most is not None:
        refuse_no_fpc(drawn.no_fpc, count)
        refuse_uneven(np.flatnonzero(drawn.least != drawn.most), labels)
        population = psu_counts(drawn.least, drawn.psus, labels)
    told = told_labels(labels)
    return Strata(told, drawn.rows, drawn.psus, population, drawn.single_psu, drawn.unit)


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
