"""What never changes: years, regions, strata and their PSUs.

Caudaria does not exist. Its code XCA and those of its neighbours come from the range ISO 3166-1
leaves to users, so that no figure of it can be taken for one of a real country.
"""

from typing import TypeAlias

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.sources.invented.chance import Chance, Keys, mixed, within

SEED = 20_140_101
SOUTH_SEED = 20_140_102
"""The southern neighbour's own chance: other people at other addresses, work of another mix."""
FIRST_YEAR, LAST_YEAR = 2014, 2025
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
WAVES = (2021, 2022, 2023, 2024, 2025)

REGIONS = ("CAP", "NCO", "SCO", "UPR", "LOR", "HIG", "PLA", "BOR")
SOUTH_COAST, BORDER = 2, 7
STRATA_PER_REGION, URBAN_STRATA = 25, 15
STRATA = STRATA_PER_REGION * len(REGIONS)
BIRTH = ("XCA", "XNA", "XSA", "XIS", "XOT")
"""The country, its neighbours in the north and the south, an island state, all others."""

GROWTH = 1.008
Addresses: TypeAlias = tuple[Ints, Ints, Ints]
"""Stratum, PSU within the stratum and dwelling within the PSU, each of shape (dwellings,)."""


def region_of(stratum: Ints) -> Ints:
    """0 to 7, in the order of REGIONS."""
    return stratum // STRATA_PER_REGION


def is_urban(stratum: Ints) -> Ints:
    """1 for towns, 0 for the country."""
    return (stratum % STRATA_PER_REGION < URBAN_STRATA).astype(np.int64)


def psus_in(stratum: int) -> int:
    """How many PSUs the stratum has in the population: 130 to 189."""
    return 130 + stratum * 37 % 60


def stratum_keys(stratum: Ints) -> Keys:
    return mixed(stratum.astype(np.uint64) + np.uint64(1))


def psu_keys(stratum: Ints, psu: Ints) -> Keys:
    return within(stratum_keys(stratum), psu)


def dwellings_in(seed: int, year: int, stratum: Ints, psu: Ints) -> Ints:
    """How many inhabited dwellings each PSU has in a year; strata are formed by size of PSU."""
    usual = 20.0 + 3.5 * (stratum % 5)
    u = Chance(seed, year, psu_keys(stratum, psu)).once("dwellings of the PSU")
    built = usual * (0.9 + 0.2 * u) * GROWTH ** (year - FIRST_YEAR)
    return np.floor(built).astype(np.int64)


def addresses(seed: int, year: int, stratum: Ints, psu: Ints) -> Addresses:
    """Every dwelling of some PSUs in a year."""
    count = dwellings_in(seed, year, stratum, psu)
    starts = np.repeat(np.cumsum(count) - count, count)
    number = np.arange(int(count.sum())) - starts
    return np.repeat(stratum, count), np.repeat(psu, count), number


def stratum_addresses(seed: int, year: int, stratum: int) -> Addresses:
    """Every dwelling of a stratum in a year."""
    psu = np.arange(psus_in(stratum))
    return addresses(seed, year, np.full(len(psu), stratum), psu)


def by_region(values: tuple[float, ...], stratum: Ints) -> Floats:
    """The value of each person's region."""
    return np.array(values)[region_of(stratum)]
