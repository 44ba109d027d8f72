"""The population an outlook starts from: the UN's, or a national office's where it gives one."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.people import (
    BETWEEN,
    MEDIUM,
    SPREAD,
    STEP,
    Population,
    Totals,
    bands,
    on_totals,
    people_not_producible,
    population_draws,
    projected,
    yearly,
    yearly_death,
)
from cauce.sources.outlook.national import National, read_national
from cauce.sources.outlook.wpp import un_death_rates, un_population, un_totals

ENDS = (0.1, 0.9)
AROUND = Text(
    "The UN's limits are put around the national office's population, as far from it as they are "
    "from the UN's, in per cent.",
    "Los límites de la ONU se ponen alrededor de la población de la oficina nacional, tan lejos de "
    "ella como de la de la ONU, en por ciento.",
)


OWN_LIMITS = Text(
    "Every draw of the population stays as far from the office's projection as it began, within "
    "its own 80 % limits of each year's total, and all ages share it in proportion.",
    "Cada extracción de la población queda tan lejos de la proyección de la oficina como empezó, "
    "según sus propios límites del 80 % para el total de cada año, y todas las edades lo comparten "
    "en proporción.",
)
DYING = Text(
    "Death rates: those of the UN's medium variant of 2019, of the five years that a year is in.",
    "Tasas de mortalidad: las de la variante media de la ONU de 2019, para los cinco años en que "
    "está cada año.",
)
HELD_RATES = Text(
    "Death and emigration rates are those of the national file for the five years that each year "
    "is in.",
    "Las tasas de mortalidad y de emigración son las del archivo nacional para los cinco años en "
    "que está cada año.",
)


class NotCovered(BadInput):
    """A source of the population does not reach the years asked for; `told` says so."""

    def __init__(self, told: Text) -> None:
        super().__init__(told.en)
        self.told = told


def not_covered(there: Floats, asked: Floats) -> Text:
    """That a population covers some years and others are asked for."""
    known, wanted = ([f"{one[0]:.0f}", f"{one[-1]:.0f}"] for one in (there, asked))
    return Text(
        f"The population covers {known[0]} to {known[1]}, and {wanted[0]} to {wanted[1]} is asked "
        "for: ask for some of these years, or load what covers the others.",
        f"La población cubre de {known[0]} a {known[1]} y se pide de {wanted[0]} a {wanted[1]}: "
        "pida algunos de esos años o cargue lo que cubra los demás.",
    )


@dataclass(frozen=True)
class Peopled:
    """A population by year, its draws (d, h, c) if the UN gives limits, and what was assumed.

    `deaths` and `emigration` are chances of people to die and to leave the country within each
    year, shape (h, 2, b); None where nobody gives them.
    """

    population: Population
    draws: Floats | None
    assumptions: tuple[Text, ...]
    lacking: tuple[NotProducible, ...]
    deaths: Floats | None = None
    emigration: Floats | None = None

    @property
    def adults(self) -> Floats | None:
        """People of 15 to 64 of each year, shape (h,); None if the open band begins before 65."""
        ages, wanted = self.population.ages, bands(65)[3:-1]
        if not set(wanted) <= set(ages):
            return None
        of = [ages.index(age) for age in wanted]
        working: Floats = self.population.people[:, :, of].sum(axis=(1, 2))
        return working

    @property
    def limits(self) -> Floats | None:
        """The 10th and 90th percentile of the total, shape (2, h)."""
        if self.draws is None:
            return None
        ends: Floats = np.quantile(self.draws.sum(axis=2), ENDS, axis=0)
        return ends


def people_of(
    area: str,
    un: Path | None,
    national: Path | None,
    years: Floats,
    draws: int = 1000,
    seed: int = 1,
) -> Peopled:
    """The population of an area in each of these years.

    Args:
        un: the folder of the UN's files, which also give the limits.
        national: a national office's CSV; its population stands in for the UN's.

    Raises:
        BadInput: neither is given, a file is not what it should be, or a year is not covered.
    """
    totals = None if un is None else un_totals(un, area)
    own = None if national is None else read_national(national)
    if own is not None:
        return _of_office(own, years, totals, draws, seed)
    if un is None or totals is None:
        raise BadInput("Give the folder of the UN's files, a national file, or both.")
    if years[0] < totals.years[0] or years[-1] > totals.years[-1]:
        raise NotCovered(not_covered(totals.years, years))
    found = on_totals(yearly(un_population(un, area), years), totals)
    dying = _un_deaths(un, area, years)
    lacking = (dying,) if isinstance(dying, NotProducible) else ()
    deaths, told = (None, ()) if isinstance(dying, NotProducible) else (dying, (DYING,))
    whole = _peopled(found, totals, (MEDIUM, BETWEEN, *told), ("population",), draws, seed)
    return replace(whole, deaths=deaths, lacking=(*whole.lacking, *lacking))


def _un_deaths(un: Path, area: str, years: Floats) -> Floats | NotProducible:
    first = int(years[0]) // STEP * STEP
    periods = (int(years[-1]) - first) // STEP + 1
    rates = un_death_rates(un, area, first, periods)
    if isinstance(rates, NotProducible):
        return rates
    return _in_years(np.array([yearly_death(each) for each in rates]), float(first), years)


def _in_years(of_periods: Floats, first: float, years: Floats) -> Floats:
    """What holds in five years from each of some beginnings, in single years: (p, …) to (h, …)."""
    at = ((years - first) // STEP).astype(int)
    found: Floats = of_periods[np.clip(at, 0, len(of_periods) - 1)]
    return found


def _of_office(own: National, years: Floats, un: Totals | None, draws: int, seed: int) -> Peopled:
    """The office's population, projected by its own rates if it gives them all."""
    course = projected(own.population, own.periods)
    first, last = float(course.years[0]), float(course.years[-1])
    inside = years[(years >= first) & (years <= last)]
    if len(inside) == 0:
        raise NotCovered(not_covered(course.years, years))
    listed = "; ".join(own.sources)
    told: tuple[Text, ...] = (Text(f"Population: {listed}.", f"Población: {listed}."),)
    told = (*told, BETWEEN, HELD_RATES) if own.periods else told
    limits = _own_limits(own, course)
    told = told if un is None or limits is not None else (*told, AROUND)
    totals = un if limits is None else limits
    spread = SPREAD if limits is None else OWN_LIMITS
    whole = _peopled(yearly(course, inside), totals, told, own.given, draws, seed, spread)
    if not own.periods:
        return whole
    deaths = np.array([yearly_death(each) for each in own.deaths])
    gone = None
    if len(own.emigrants):
        there = (course.people[:-1] + course.people[1:]) / 2
        going = np.divide(own.emigrants, STEP * there, where=there > 0, out=np.zeros_like(there))
        gone = _in_years(going, first, inside)
    return replace(whole, deaths=_in_years(deaths, first, inside), emigration=gone)


def _own_limits(own: National, course: Population) -> Totals | None:
    """The office's own limits around its projection; None if it gives none."""
    years, low, high = own.limits
    if not len(years):
        return None
    return Totals(years, low, yearly(course, years).people.sum(axis=(1, 2)), high)


def _peopled(
    found: Population,
    totals: Totals | None,
    told: tuple[Text, ...],
    given: tuple[str, ...],
    draws: int,
    seed: int,
    spread: Text = SPREAD,
) -> Peopled:
    drawn = None
    if totals is not None:
        drawn = population_draws(found, totals, draws, seed)
        told, given = (*told, spread), (*given, "limits")
    return Peopled(found, drawn, told, people_not_producible(given))
