"""How much the stages after the first add: their factors, stratum by stratum.

A stage counts as much as the sampling rates of the stages above it say; without an fpc above there
is no rate, and the units of that stage are ultimate clusters.

Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, result 4.3.1 with the
variance within PSUs estimated likewise, stage by stage; Bellhouse (1985), Computing methods for
variance estimation in complex surveys, Journal of Official Statistics 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cauce.estimate.ordering import Ordered, ordered
from cauce.estimate.single_psu import collapse
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.design import Design, SinglePsu
from cauce.model.errors import LonelyPsu

WHY: dict[SinglePsu, str] = {
    "average": "; average is for PSUs only, because most units have no other stratum beside them",
    "collapse": ", and some have no other to join in their stratum above",
}


@dataclass(frozen=True)
class Further:
    """A further stage: strata and units of everybody, (n,), and of each stratum what it counts.

    `sampled` and `population` are its units, `lonely` says that it is one whose spread is not
    known, and `rate` the sampling rates of the stages above, multiplied. `own` is the order by
    these strata and units.
    """

    stratum: Ints
    unit: Ints
    own: Ordered
    sampled: Ints
    population: Floats
    rate: Floats

    @property
    def lonely(self) -> Flags:
        lonely: Flags = (self.sampled == 1) & (self.population != 1) & (self.rate > 0)
        return lonely


def further(design: Design, rate: Floats) -> Iterator[Further]:
    """The stages after the first that add to the error.

    Args:
        rate: the part of the PSUs of each stratum that was drawn.

    Raises:
        LonelyPsu: a stratum of a stage has a single unit, and the design does not say what to do.
    """
    above = design.stratum
    for number, stage in enumerate(design.stages, 2):
        if not rate.any():
            return
        own = ordered(stage.stratum, stage.unit)
        sampled, home = np.bincount(own.of_unit), above[own.rows]
        size = stage.population[own.rows]
        found = Further(stage.stratum, stage.unit, own, sampled, size, rate[home])
        rate, above = found.rate * sampled / size, stage.stratum
        if found.lonely.any():
            found = _settled(found, home, design.single_psu, number)
        if (found.rate * (found.sampled != found.population)).any():
            yield found


def _settled(found: Further, home: Ints, policy: SinglePsu, number: int) -> Further:
    """A stage whose lonely strata may stay, or have joined others; `home` is what each is in."""
    if policy == "collapse":
        found = _collapsed(found, home)
    if policy in ("refuse", "average", "collapse") and found.lonely.any():
        raise LonelyPsu(
            f"{int(found.lonely.sum()):,} of {len(found.lonely):,} strata of stage {number} (units "
            "of the stage before, or parts of these) have a single unit, so that how much varies "
            f"within them cannot be estimated{WHY.get(policy, '')}. Say what to do with them: "
            "collapse (join with the next one of the same stratum above), adjust (distance from "
            "0), or certainty (they add no error)."
        )
    return found


def _collapsed(found: Further, home: Ints) -> Further:
    """Lonely strata joined with the next one under the same stratum above, where the rate is one.

    Units of two PSUs then stand side by side, so that what lies between PSUs counts once more:
    the error is rather too large than too small.
    """
    target = np.arange(len(home))
    for place in np.unique(home[found.lonely]).tolist():
        here = np.flatnonzero(home == place)
        joined, _ = collapse(found.sampled[here], found.population[here])
        first = np.unique(joined, return_index=True)[1]
        target[here] = here[first][joined]
    _, new = np.unique(target, return_inverse=True)
    size, rate = np.zeros(int(new.max()) + 1), np.zeros(int(new.max()) + 1)
    np.add.at(size, new, found.population)
    rate[new] = found.rate
    stratum, sampled = new[found.stratum], np.bincount(new, found.sampled).astype(np.int64)
    own = ordered(stratum, found.unit)
    return Further(stratum, found.unit, own, sampled, size, rate)
