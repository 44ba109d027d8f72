"""Everyone of some dwellings in one year, with all that is true of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.activity import Activity, activity
from cauce.sources.invented.country import SEED, STRATA, Addresses, region_of, stratum_addresses
from cauce.sources.invented.jobs import Jobs, jobs
from cauce.sources.invented.pay import Pay, pay
from cauce.sources.invented.people import People, people
from cauce.sources.invented.schooling import Schooling, schooling

AGRICULTURE, MANUFACTURING, CONSTRUCTION, MINING, MARKET, NONMARKET = range(6)
ECO = ("AGR", "MAN", "CON", "MEL", "MKT", "PUB")
EDU = ("LTB", "BAS", "INT", "ADV")


@dataclass(frozen=True)
class Population:
    """The people of some dwellings in one year: who they are, what they learned, do and earn."""

    people: People
    schooling: Schooling
    activity: Activity
    jobs: Jobs
    pay: Pay

    def spread(self, values: Ints | Flags, otherwise: int) -> Ints:
        """What is known of the employed, for everyone; `otherwise` for those without a job."""
        everyone = np.full(len(self.people.age), otherwise)
        everyone[self.jobs.who] = values
        return everyone

    def amounts(self, values: Ints | Floats) -> Floats:
        """An amount of the employed, for everyone; 0 for those without a job."""
        everyone = np.zeros(len(self.people.age))
        everyone[self.jobs.who] = values
        return everyone

    def holds(self, flags: Flags) -> Flags:
        """Whether it is true, for everyone; false for those without a job."""
        everyone = np.zeros(len(self.people.age), dtype=np.bool_)
        everyone[self.jobs.who] = flags
        return everyone

    @property
    def region(self) -> Ints:
        return region_of(self.people.stratum)


def live(seed: int, year: int, where: Addresses) -> Population:
    """The people of some dwellings in one year: the same whoever else is asked for."""
    everyone = people(seed, year, where)
    learned = schooling(everyone)
    week = activity(everyone, learned)
    job = jobs(everyone, learned, week)
    return Population(everyone, learned, week, job, pay(everyone, learned, week, job))


def stratum_population(year: int, stratum: int, seed: int = SEED) -> Population:
    """Everyone in a stratum in one year."""
    return live(seed, year, stratum_addresses(seed, year, stratum))


def strata_populations(year: int, seed: int = SEED) -> Iterator[Population]:
    """The whole country in one year, stratum by stratum: some 2.6 million people."""
    for stratum in range(STRATA):
        yield stratum_population(year, stratum, seed)


def broad_industry(division: Ints) -> Ints:
    """Position in ECO of a division of ISIC Rev.4 (ILOSTAT's aggregate)."""
    return np.select(
        [
            division <= 3,
            division <= 9,
            division <= 33,
            division <= 39,
            division <= 43,
            division <= 82,
        ],
        [AGRICULTURE, MINING, MANUFACTURING, MINING, CONSTRUCTION, MARKET],
        NONMARKET,
    )
