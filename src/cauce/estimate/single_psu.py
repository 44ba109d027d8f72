"""What is done with strata that have a single PSU."""

import numpy as np

from cauce.estimate.kernel import AVERAGE, SKIP, UNCENTRED
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.design import Design, SinglePsu
from cauce.model.errors import LonelyPsu

POLICIES: dict[SinglePsu, int] = {
    "refuse": SKIP,
    "certainty": SKIP,
    "adjust": UNCENTRED,
    "average": AVERAGE,
    "collapse": SKIP,
}


def refuse_lonely(lonely: Flags, design: Design) -> None:
    """Raises LonelyPsu, naming the strata, if the policy is to refuse."""
    where = np.flatnonzero(lonely)
    if design.single_psu != "refuse" or len(where) == 0:
        return
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
    A stratum whose PSU was drawn with certainty is not lonely and stays.

    Source: Wolter (2007), section 2.5, collapsed strata.
    """
    lonely = (n_psus == 1) & (population != 1)
    target = np.arange(len(n_psus))
    for h in np.flatnonzero(lonely):
        joined = h + 1 if h + 1 < len(n_psus) else h - 1
        # Its neighbour took it in, so it is lonely no more; a survey of one stratum stays so.
        if lonely[h] and joined >= 0:
            target[h] = joined
            lonely[joined] = False
    _, new = np.unique(target, return_inverse=True)
    merged = np.zeros(int(new.max()) + 1)
    np.add.at(merged, new, population)
    return new.astype(np.int64), merged
