"""Own cohorts beside the UN's medium variant, where the schedules behind it are loaded."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.outlook.people import Population, Schedules, project
from cauce.sources.outlook.wpp import (
    un_migration,
    un_period_migration,
    un_population,
    un_schedules,
)

FIRST, PERIODS = 2015, 3
ROUNDS = 80
"""Rounds in which net migrants by age are found; they have settled long before."""


@dataclass(frozen=True)
class Beside:
    """A year of own cohorts: how far its total is from the UN's, and its ages and sexes, in %."""

    year: int
    total: float
    ages: float


def beside_un(folder: Path, area: str) -> tuple[Beside, ...] | NotProducible:
    """Own cohorts from 2020 on with the UN's fertility, mortality and total migration.

    No file has migration by age: its total is spread as 2015 to 2020 leave over.

    Raises:
        BadInput: a file is not what it should be, or does not know the country.
    """
    population = un_population(folder, area)
    found = periods_of(folder, area, population)
    if isinstance(found, NotProducible):
        return found
    steps = project(in_year(population, FIRST + 5), found)
    years = range(FIRST + 10, FIRST + 10 + 5 * PERIODS, 5)
    told = []
    for year, step in zip(years, steps, strict=True):
        un = in_year(population, year)
        apart = np.abs(step.end - un).sum() / un.sum()
        told.append(Beside(year, 100 * float(step.end.sum() / un.sum() - 1), 100 * float(apart)))
    return tuple(told)


def periods_of(folder: Path, area: str, population: Population) -> list[Schedules] | NotProducible:
    """The UN's schedules after 2020, with its total migration on the profile of 2015 to 2020."""
    found = un_schedules(folder, area, FIRST, np.zeros((PERIODS + 1, 2, len(population.ages))))
    if isinstance(found, NotProducible):
        return found
    left = _migrants(in_year(population, FIRST), in_year(population, FIRST + 5), found[0])
    totals = un_period_migration(folder, area, FIRST, PERIODS + 1)
    profile = left / left.sum()
    return [
        replace(each, migrants=profile * total)
        for each, total in zip(found[1:], totals[1:], strict=True)
    ]


def in_year(population: Population, year: int) -> Floats:
    found: Floats = population.people[population.years.tolist().index(year)]
    return found


def _migrants(before: Floats, after: Floats, period: Schedules) -> Floats:
    """Net migrants that, with these schedules, lead from one population to the next."""
    migrants = np.zeros_like(before)
    for _ in range(ROUNDS):
        (step,) = project(before, [replace(period, migrants=migrants)])
        migrants = migrants + after - step.end
    return migrants


def migrants_lately(folder: Path, area: str, years: int = 5) -> tuple[int, int, float]:
    """The first and last of the latest years told, and who came in them less who went."""
    told, people = un_migration(folder, area)
    return int(told[-years]), int(told[-1]), float(people[-years:].sum())
