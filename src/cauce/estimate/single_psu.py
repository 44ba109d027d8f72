"""What is done with strata that have a single PSU."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.design import Design, SinglePsu
from cauce.model.errors import LonelyPsu

# What is done with a stratum of one PSU: nothing, its square is added, or that of the others.
SKIP, UNCENTRED, AVERAGE = range(3)
POLICIES: dict[SinglePsu, int] = {
    "refuse": SKIP,
    "certainty": SKIP,
    "adjust": UNCENTRED,
    "average": AVERAGE,
    "collapse": SKIP,
}


@dataclass(frozen=True)
class DesignCounts:
    """How many strata and PSUs a sample has, and how many strata whose only PSU was not sure."""

    strata: int
    psus: int
    lonely: int


def counts_of(design: Design) -> DesignCounts:
    """Strata and PSUs of the first stage, as they are before anything is done with lonely ones."""
    pairs, first = np.unique(np.stack([design.stratum, design.psu]), axis=1, return_index=True)
    per_stratum = np.bincount(pairs[0])
    lonely = per_stratum == 1
    if design.population_psus is not None:
        sure = pairs[0][design.population_psus[first] == 1]
        lonely[sure] = False
    return DesignCounts(int((per_stratum > 0).sum()), pairs.shape[1], int(lonely.sum()))


def refuse_lonely(lonely: Flags, design: Design) -> None:
    """Raises LonelyPsu if the policy is to refuse, or to collapse and there is nobody to join."""
    if design.replication is not None and design.replication.declared.made is None:
        return  # whoever gave the replicates has dealt with it
    where = np.flatnonzero(lonely)
    if design.single_psu not in ("refuse", "collapse") or len(where) == 0:
        return
    if design.single_psu == "collapse":
        raise LonelyPsu(
            "A stratum with a single PSU has no other stratum to join: the sample has one PSU, or "
            "all others were drawn with certainty. Its variance cannot be estimated."
        )
    named = [design.stratum_labels[h] if design.stratum_labels else str(h) for h in where[:10]]
    more = f" and {len(where) - 10:,} more" if len(where) > 10 else ""
    raise LonelyPsu(
        f"{len(where):,} of {len(lonely):,} strata have a single PSU, so their variance cannot be "
        f"estimated: {', '.join(named)}{more}. Say what to do with them: collapse (join with the "
        "next stratum), adjust (distance from the grand mean), average (as the other strata), or "
        "certainty (the PSU was sure to be drawn and adds no error)."
    )


def collapse(n_psus: Ints, population: Floats) -> tuple[Ints, Floats]:
    """Each lonely stratum joined with the next one in order, the last with the one before.

    Returns the stratum of each old stratum and the population count of PSUs of each new one.
    A stratum whose only PSU was drawn with certainty is not lonely and joins nobody.

    Source: Wolter (2007), section 2.5, collapsed strata.
    """
    target = np.arange(len(n_psus))
    drawn = np.flatnonzero((n_psus > 1) | (population != 1))
    lonely = n_psus == 1
    for i, h in enumerate(drawn):
        # Its neighbour took it in, so it is lonely no more; the only stratum stays so.
        if lonely[h] and len(drawn) > 1:
            joined = drawn[i + 1] if i + 1 < len(drawn) else drawn[i - 1]
            target[h] = joined
            lonely[joined] = False
    _, new = np.unique(target, return_inverse=True)
    merged = np.zeros(int(new.max()) + 1)
    np.add.at(merged, new, population)
    return new.astype(np.int64), merged
