"""The sample: PSUs that rotate, households that answer or not, and the weights that follow."""

from dataclasses import dataclass

import numpy as np

from cauce.sources.invented.country import (
    HOUSEHOLDS_DRAWN,
    PSUS_DRAWN,
    PSUS_ROTATED,
    RESPONSE,
    SEED,
    WAVES,
    Column,
    Numbers,
    Stratum,
    random,
)


@dataclass(frozen=True)
class Drawn:
    """Who of a stratum is in the sample: positions, weights, and the panel their PSU is in."""

    people: Column
    weight: Numbers
    panel: Column


def psus_of_wave(stratum: Stratum, year: int, seed: int = SEED) -> Column:
    """The PSUs of a wave: a window on a random order, moved on every year, so that half stay."""
    order = random(seed, 3, stratum.number).permutation(stratum.psus)
    first = (year - WAVES[0]) * PSUS_ROTATED
    return order[(first + np.arange(PSUS_DRAWN)) % stratum.psus]


def draw(stratum: Stratum, psus: Column, chance: np.random.Generator) -> Drawn:
    """Households drawn in the PSUs; those who answer carry the weight of those who do not."""
    people, weights, panels = [], [], []
    for panel, psu in enumerate(psus.tolist()):
        start, stop = np.searchsorted(stratum.psu, [psu, psu + 1])
        homes = np.unique(stratum.household[start:stop])
        chosen = chance.choice(homes, min(HOUSEHOLDS_DRAWN, len(homes)), replace=False)
        answered = chosen[chance.random(len(chosen)) < RESPONSE]
        if len(answered) == 0:
            answered = chosen[:1]
        inside = start + np.flatnonzero(np.isin(stratum.household[start:stop], answered))
        weight = stratum.psus / len(psus) * len(homes) / len(answered)
        people.append(inside)
        weights.append(np.full(len(inside), weight))
        panels.append(np.full(len(inside), panel))
    return Drawn(np.concatenate(people), np.concatenate(weights), np.concatenate(panels))
