"""Populations by sex and age over the years: between the years given, on other totals, in draws."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.chance import stream
from cauce.outlook.people.ages import STEP, check_ages, refuse_negative
from cauce.outlook.people.cohorts import Schedules, project

TENTH = float(ndtri(0.9))
"""Standard deviations from the middle to either end of an interval of 80 %."""

MEDIUM = Text(
    "Population: the medium variant of the UN's World Population Prospects 2019 by age and sex, "
    "brought to the totals of the 2024 revision (CC BY 3.0 IGO).",
    "Población: la variante media de World Population Prospects 2019 de la ONU por edad y sexo, "
    "llevada a los totales de la revisión de 2024 (CC BY 3.0 IGO).",
)
BETWEEN = Text(
    "Between two years of the source, the people of each age and sex change by the same number "
    "every year.",
    "Entre dos años de la fuente, las personas de cada edad y sexo cambian en el mismo número cada "
    "año.",
)
SPREAD = Text(
    "Every draw of the population stays as far from the medium variant as it began, within the "
    "UN's 80 % limits of each year's total, and all ages share it in proportion. So the adults of "
    "the next years, who are born already, look less certain than they are.",
    "Cada extracción de la población queda tan lejos de la variante media como empezó, según los "
    "límites del 80 % de la ONU para el total de cada año, y todas las edades lo comparten en "
    "proporción. Por eso los adultos de los próximos años, que ya nacieron, parecen menos seguros "
    "de lo que son.",
)


@dataclass(frozen=True)
class Population:
    """People by year, sex (women first) and band of age: `people` has shape (y, 2, b)."""

    ages: tuple[str, ...]
    years: Floats
    people: Floats


@dataclass(frozen=True)
class Totals:
    """Totals of a population and the ends of the interval of 80 % around each, shape (y,)."""

    years: Floats
    low: Floats
    middle: Floats
    high: Floats


def check_population(found: Population) -> None:
    """Refuse what is no population: a band or number missing, people below 0, years not ascending.

    Raises:
        BadInput: as said.
    """
    check_ages(found.ages)
    wanted = (len(found.years), 2, len(found.ages))
    if found.people.shape != wanted:
        raise BadInput(
            f"The population has the shape {found.people.shape}, and its years, two sexes and "
            f"bands of age ask for {wanted}."
        )
    _ascending(found.years)
    if missing := int((~np.isfinite(found.people)).sum()):
        raise BadInput(f"The population lacks {missing} numbers of an age and sex.")
    refuse_negative("The population", found.people)


def yearly(found: Population, years: Floats) -> Population:
    """The same in each of these years, along a straight line between those given.

    Raises:
        BadInput: a year before the first or after the last one given.
    """
    check_population(found)
    return Population(found.ages, years, _line(found.years, found.people, years))


def on_totals(found: Population, totals: Totals) -> Population:
    """The structure by age and sex of one source on the totals of another, in its years.

    Raises:
        BadInput: the totals are not those of all the years, or a year has nobody.
    """
    check_population(found)
    middle = totals_in(totals, found.years).middle
    own = found.people.sum(axis=(1, 2))
    if (own == 0).any():
        raise BadInput("The population has a year with nobody in it: no structure by age is known.")
    return Population(found.ages, found.years, found.people * (middle / own)[:, None, None])


def totals_in(totals: Totals, years: Floats) -> Totals:
    """The totals and limits of these years, along straight lines between those given.

    Raises:
        BadInput: limits that are not around the middle, or a year that is not covered.
    """
    _ascending(totals.years)
    for name in ("low", "middle", "high"):
        if missing := int((~np.isfinite(getattr(totals, name))).sum()):
            raise BadInput(f"Totals of the population: {missing} years lack their {name} number.")
    order = (totals.low > 0) & (totals.low <= totals.middle) & (totals.middle <= totals.high)
    if count := int((~order).sum()):
        raise BadInput(f"Totals of the population: in {count} years the limits are not around it.")
    low, middle, high = (
        _line(totals.years, numbers, years) for numbers in (totals.low, totals.middle, totals.high)
    )
    return Totals(years, low, middle, high)


def population_draws(found: Population, totals: Totals, draws: int, seed: int) -> Floats:
    """Populations as uncertain as the UN says, shape (d, h, c): h the years, c as `cells`.

    The logarithm of a draw's distance is z times that of the limit on its side, divided by that of
    the normal law; z is spread evenly over it, so that the draws have the limits for quantiles.
    They are scaled about the population given: it need not be on the totals' level.

    Source: limits and totals of the UN's probabilistic projections (World Population Prospects
    2024); domain page outlook, section 4.9.
    """
    check_population(found)
    limits = totals_in(totals, found.years)
    even = (stream(seed, "population").permutation(draws) + 0.5) / draws
    z = ndtri(even)[:, None]
    below = np.log(limits.middle / limits.low) / TENTH
    above = np.log(limits.high / limits.middle) / TENTH
    factor = np.exp(z * np.where(z < 0, below, above))
    flat = found.people.reshape(len(found.years), -1)
    drawn: Floats = factor[:, :, None] * flat[None]
    return drawn


def projected(start: Population, periods: Sequence[Schedules]) -> Population:
    """The population of a single year and, by own cohorts, after each period of five years.

    Raises:
        BadInput: `start` has more than one year, or as `project`.
    """
    check_population(start)
    if len(start.years) != 1:
        raise BadInput(f"A projection starts from one year; {len(start.years)} are given.")
    steps = project(start.people[0], periods)
    people = np.array([start.people[0], *(step.end for step in steps)])
    return Population(start.ages, start.years[0] + STEP * np.arange(len(people)), people)


def _ascending(years: Floats) -> None:
    if len(years) == 0 or (np.diff(years) <= 0).any():
        raise BadInput("The years of a population ascend, and no year stands twice.")


def _line(known: Floats, numbers: Floats, years: Floats) -> Floats:
    """Numbers by year (first axis) in other years, along straight lines between the known ones."""
    outside = years[(years < known[0]) | (years > known[-1])]
    if len(outside):
        raise BadInput(
            f"The population is known from {known[0]:.0f} to {known[-1]:.0f}, and "
            f"{', '.join(f'{year:.0f}' for year in outside)} is asked for. Load what covers it."
        )
    straight: Floats = np.apply_along_axis(lambda each: np.interp(years, known, each), 0, numbers)
    return straight
