"""What does not change: regions, strata, households and the people in them.

The population is stationary: the same homes, ages and origins every year, so that the truth of a
year is a sum over strata and nothing has to be carried from one year to the next.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEED = 20210707
STRATA = 200
REGIONS = ("Valle", "Costa Norte", "Sierra", "Llanos", "Río Hondo")
FIRST_YEAR, LAST_YEAR = 2014, 2025
WAVES = (2021, 2022, 2023, 2024, 2025)
PSUS_DRAWN, PSUS_ROTATED, HOUSEHOLDS_DRAWN = 8, 4, 13
RESPONSE = 0.925

Column = NDArray[Any]
Numbers = NDArray[np.float64]

AGE_EDGES = np.array([0, 5, 15, 25, 35, 45, 55, 65, 80, 96])
AGE_SHARES = np.array([0.08, 0.17, 0.18, 0.17, 0.14, 0.11, 0.08, 0.055, 0.015])
# Born in the country, in each neighbour, elsewhere; rows: inland, border regions.
ORIGINS = np.array([[0.955, 0.025, 0.012, 0.008], [0.86, 0.095, 0.03, 0.015]])


@dataclass(frozen=True)
class Stratum:
    """The people of a stratum, sorted by PSU and household; arrays of shape (people,).

    `draws` holds what a person keeps all life: uniform numbers, shape (people, 8).
    `effect` is what the people of a PSU have in common, standard normal, shape (psus, 3).
    """

    number: int
    region: int
    urban: bool
    psus: int
    psu: NDArray[np.int64]
    household: NDArray[np.int64]
    person: NDArray[np.int64]
    sex: NDArray[np.int64]
    age: NDArray[np.int64]
    origin: NDArray[np.int64]
    education: NDArray[np.int64]
    draws: Numbers
    effect: Numbers


def random(*key: int) -> np.random.Generator:
    """A generator that depends on the key alone."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(key)))


def region_of(stratum: int) -> int:
    return stratum % len(REGIONS)


def is_urban(stratum: int) -> bool:
    return (stratum // len(REGIONS)) % 5 < 3


def build_stratum(stratum: int, seed: int = SEED) -> Stratum:
    """The people of one stratum; the same for the same seed."""
    chance = random(seed, 1, stratum)
    psus = int(chance.integers(130, 190))
    effect = chance.normal(size=(psus, 3))
    homes = chance.integers(24, 38, psus)
    psu_of_home = np.repeat(np.arange(psus), homes)
    size = 1 + chance.binomial(6, 0.358, len(psu_of_home))
    household = np.repeat(np.arange(len(size)), size)
    count = len(household)
    starts = np.cumsum(size) - size
    person = np.arange(count) - np.repeat(starts, size) + 1
    draws = chance.random((count, 8))
    psu = psu_of_home[household]
    urban, region = is_urban(stratum), region_of(stratum)
    age = _ages(chance, person)
    origin = _origins(chance.random(count), effect[psu, 0], region)
    return Stratum(
        number=stratum,
        region=region,
        urban=urban,
        psus=psus,
        psu=psu,
        household=household,
        person=person,
        sex=(chance.random(count) < 0.507).astype(np.int64),
        age=age,
        origin=origin,
        education=_education(chance.random(count), age, urban, origin, effect[psu, 1]),
        draws=draws,
        effect=effect,
    )


def _ages(chance: np.random.Generator, person: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ages from the pyramid; the first of a household is an adult."""
    band = np.searchsorted(np.cumsum(AGE_SHARES) / AGE_SHARES.sum(), chance.random(len(person)))
    low, high = AGE_EDGES[band], AGE_EDGES[band + 1]
    age = low + np.floor(chance.random(len(person)) * (high - low)).astype(np.int64)
    return np.where((person == 1) & (age < 20), age + 20, age)


def _origins(u: Numbers, effect: Numbers, region: int) -> NDArray[np.int64]:
    """0 born in the country, 1 and 2 in the neighbours, 3 elsewhere; migrants live together."""
    shares = ORIGINS[1 if region in (1, 4) else 0]
    abroad = (1 - shares[0]) * np.exp(0.5 * effect - 0.125)
    migrant = u < np.minimum(abroad, 0.6)
    split = np.cumsum(shares[1:] / shares[1:].sum())
    which = 1 + np.searchsorted(split, u / np.maximum(abroad, 1e-9))
    return np.where(migrant, which.clip(1, 3), 0).astype(np.int64)


def _education(
    u: Numbers, age: NDArray[np.int64], urban: bool, origin: NDArray[np.int64], effect: Numbers
) -> NDArray[np.int64]:
    """0 less than basic, 1 basic, 2 intermediate, 3 advanced."""
    level = 0.9 * (1.0 if urban else 0.0) - 0.022 * (age - 35) - 0.5 * (origin == 1)
    level = level + 0.5 * (origin == 3) + 0.4 * effect + np.log(u / (1 - u))
    grown = np.searchsorted([-1.3, 0.6, 2.0], level)
    return np.where(age < 12, 0, np.where(age < 18, np.minimum(grown, 1), grown))
