"""From the labels a file holds to a design."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cauce.estimate.labels import in_population, refuse_no_fpc, sortable, told
from cauce.estimate.nesting import Level, levels_of, stages_of, units_in, with_certainty
from cauce.estimate.replicated_weights import replication_of
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
            the fpc differs within a stratum or is smaller than the sample, at any stage; a PSU was
            sure to be drawn in some rows only.
    """
    check_weights(drawn.weight)
    labels, strata = np.unique(sortable(drawn.stratum), return_inverse=True)
    names, units = np.unique(sortable(drawn.psu), return_inverse=True)
    pairs, joint = np.unique(strata * len(names) + units, return_inverse=True)
    if drawn.psu_scope == "survey" and len(pairs) != len(names):
        raise shared_labels(int((np.bincount(pairs % len(names)) > 1).sum()), len(names))
    first = Level(
        strata.astype(np.int64),
        joint.astype(np.int64),
        drawn.fpc,
        told(labels),
        told(names[pairs % len(names)]),
    )
    levels = levels_of(first, drawn.stages)
    if drawn.certainty is not None:
        levels = with_certainty(levels, drawn.certainty)
    return Design(
        stratum=levels[0].stratum,
        psu=levels[0].unit,
        weight=drawn.weight,
        population_psus=population_psus(levels[0]),
        single_psu=drawn.single_psu,
        stratum_labels=levels[0].stratum_labels,
        psu_labels=levels[0].unit_labels,
        unit=drawn.unit,
        stages=stages_of(levels),
        replication=replication_of(drawn),
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


def population_psus(first: Level) -> Floats | None:
    """PSUs in the population of each respondent's stratum, from counts or sampling rates."""
    if first.fpc is None:
        return None
    sampled = units_in(first.stratum, first.unit)
    counts = psu_counts(first.fpc, first.stratum, sampled, first.stratum_labels)
    return np.asarray(counts[first.stratum], dtype=np.float64)


def psu_counts(fpc: Floats, stratum: Ints, sampled: Ints, labels: Sequence[str]) -> Floats:
    """PSUs in the population of each stratum, (strata,), from what some or all rows say of it."""
    counts, uneven, short = in_population(fpc, stratum, sampled)
    if uneven.any():
        where = np.flatnonzero(uneven)
        raise BadInput(
            f"The fpc differs within {len(where):,} strata, such as "
            f"{labels[where[0]]}. It must be one number per stratum."
        )
    if short.any():
        where = np.flatnonzero(short)
        raise BadInput(
            f"{len(where):,} strata have more PSUs in the sample than the fpc says are in the "
            f"population, such as {labels[where[0]]}."
        )
    return counts


def strata_of(drawn: DrawnStrata) -> Strata:
    """The strata of a stream from what its file says of them.

    Raises:
        BadInput: as `design_of`.
    """
    count = int(drawn.rows.sum())
    refuse_weights(count, drawn.missing, drawn.infinite, drawn.negative, drawn.positive)
    if drawn.psu_scope == "survey" and drawn.shared:
        raise shared_labels(drawn.shared, drawn.psu_labels)
    labels = told(np.array(drawn.labels))
    population = np.full(len(labels), np.inf)
    if drawn.least is not None and drawn.most is not None:
        refuse_no_fpc(drawn.no_fpc, count)
        both, stratum = np.concatenate([drawn.least, drawn.most]), np.arange(len(labels))
        population = psu_counts(both, np.tile(stratum, 2), drawn.psus, labels)
    return Strata(labels, drawn.rows, drawn.psus, population, drawn.single_psu, drawn.unit)
