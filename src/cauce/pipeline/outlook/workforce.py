"""The people behind a scenario: how many there will be, and who of them works."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.dataflow import Dimension
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.people import (
    DAMPED,
    SEXES,
    Rates,
    labour_force,
    participation,
    trend,
    within,
)
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.population import Peopled

FORCE = Text("the labour force", "la fuerza de trabajo")
NO_PEOPLE = Text(
    "It would need the population by sex and age: name a national file under [population], or give "
    "the folder of the UN's files with --un.",
    "Haría falta la población por sexo y edad: nombre un archivo nacional en [population], o dé la "
    "carpeta de los archivos de la ONU con --un.",
)
NO_ACTIVITY = Text(
    "It would need rates of participation by age and sex, under [from.participation].",
    "Harían falta tasas de participación según edad y sexo, en [from.participation].",
)


@dataclass(frozen=True)
class Workforce:
    """People and labour force by age and sex, as draws (d, h, c).

    `cells` are codes of `dimensions`; `age` is where the age stands in a cell. `cv` is that of
    participation in the last wave, shape (c,). `working` are the workers of the base year by sex
    and band of the population, shape (2, b): whose deaths and departures count.
    """

    dimensions: tuple[Dimension, ...]
    cells: tuple[tuple[str, ...], ...]
    age: int
    people: Floats
    force: Floats
    cv: Floats
    working: Floats
    said: tuple[Text, ...]


def workforce_of(
    people: Peopled | NotProducible | None,
    read: Read | None,
    times: Floats,
    draws: int,
    seed: int,
) -> Workforce | NotProducible:
    """The labour force of each year, of the population and the trend of participation.

    Args:
        people: from the base year on.
        times: what a scenario multiplies participation by in each year, shape (h,).
    """
    if isinstance(people, NotProducible):
        return people
    if people is None:
        return NotProducible(rule(FORCE), NO_PEOPLE)
    if read is None:
        return NotProducible(rule(FORCE), NO_ACTIVITY)
    rates, age = _rates(read)
    found = trend(rates, len(times))
    if isinstance(found, NotProducible):
        return NotProducible(rule(FORCE), found.because)
    which = _members(rates.cells, age, people.population.ages)
    there = _draws(people, draws)
    living = there[:, 1 : len(times) + 1] @ which
    taking = np.minimum(participation(found, draws, seed) * times[None, :, None], 1.0)
    last = rates.rate[-1]
    return Workforce(
        read.dimensions,
        rates.cells,
        age,
        living,
        labour_force(living, taking),
        np.divide(rates.se[-1], last, where=last > 0, out=np.full_like(last, np.nan)),
        _working(people, which, last),
        (DAMPED,),
    )


def _rates(read: Read) -> tuple[Rates, int]:
    """Participation as shares, of the cells that any wave tells, and where the age stands."""
    value, se = read.history.value / read.scale, read.history.se / read.scale
    rate = np.where(se > 0, value, np.nan)
    sex = 0 if all(cell[0] in SEXES for cell in read.history.cells) else 1
    kept = [
        at
        for at, cell in enumerate(read.history.cells)
        if cell[sex] in SEXES and np.isfinite(rate[:, at]).any()
    ]
    cells = tuple(read.history.cells[at] for at in kept)
    return Rates(cells, read.history.years, rate[:, kept], se[:, kept]), 1 - sex


def _members(cells: tuple[tuple[str, ...], ...], age: int, ages: tuple[str, ...]) -> Floats:
    """Which sex and band of the population is in which cell, shape (2b, c)."""
    found = np.zeros((2, len(ages), len(cells)))
    for sex, code in enumerate(SEXES):
        own = [at for at, cell in enumerate(cells) if cell[1 - age] == code]
        found[sex][:, own] = within(ages, [cells[at][age] for at in own])
    return found.reshape(2 * len(ages), len(cells))


def _draws(people: Peopled, draws: int) -> Floats:
    """Populations by year, (d, y, 2b); all draws are one where nobody gives limits."""
    if people.draws is not None:
        return people.draws
    flat = people.population.people.reshape(1, len(people.population.years), -1)
    return np.broadcast_to(flat, (draws, *flat.shape[1:]))


def _working(people: Peopled, which: Floats, rate: Floats) -> Floats:
    """Workers of the base year by sex and band of the population, (2, b)."""
    now: Floats = people.population.people[0]
    return now * (which @ np.nan_to_num(rate)).reshape(now.shape)


def by_band(chance: Floats, working: Floats, ages: tuple[str, ...], bands: list[str]) -> Floats:
    """A chance of people by year, sex and age as one of workers by wider band, shape (h, a).

    Args:
        chance: shape (h, 2, b), as the population has them.
        working: how much each sex and age counts, shape (2, b).
    """
    inside = within(ages, bands).astype(np.float64)
    weight = working.sum(axis=0) @ inside
    going = (chance * working).sum(axis=1) @ inside
    there = np.broadcast_to(weight, going.shape)
    found: Floats = np.divide(going, there, where=there > 0, out=np.full_like(going, np.nan))
    return found
