"""The population an outlook starts from: the UN's, or a national office's where it gives one."""

from dataclasses import dataclass
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
    Population,
    Totals,
    bands,
    on_totals,
    population_draws,
    projected,
    supply_not_producible,
    yearly,
)
from cauce.sources.outlook.national import National, read_national
from cauce.sources.outlook.wpp import un_population, un_totals

MINE = ("population", "population by draws", "own cohort projection")
ENDS = (0.1, 0.9)
AROUND = Text(
    "The UN's limits are put around the national office's population, as far from it as they are "
    "from the UN's, in per cent.",
    "Los límites de la ONU se ponen alrededor de la población de la oficina nacional, tan lejos de "
    "ella como de la de la ONU, en por ciento.",
)


@dataclass(frozen=True)
class Peopled:
    """A population by year, its draws (d, h, c) if the UN gives limits, and what was assumed."""

    population: Population
    draws: Floats | None
    assumptions: tuple[Text, ...]
    lacking: tuple[NotProducible, ...]

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
        found, told, given = _of_office(own, years)
        told = told if totals is None else (*told, AROUND)
    elif un is not None and totals is not None:
        found = on_totals(yearly(un_population(un, area), years), totals)
        told, given = (MEDIUM, BETWEEN), ("population",)
    else:
        raise BadInput("Give the folder of the UN's files, a national file, or both.")
    return _peopled(found, totals, told, given, draws, seed)


def _of_office(
    own: National, years: Floats
) -> tuple[Population, tuple[Text, ...], tuple[str, ...]]:
    """The office's population, projected by its own rates if it gives them all."""
    course = projected(own.population, own.periods)
    first, last = course.years[0], course.years[-1]
    inside = years[(years >= first) & (years <= last)]
    if len(inside) == 0:
        raise BadInput(
            f"The national file covers {first:.0f} to {last:.0f}: ask for some of these years."
        )
    listed = "; ".join(own.sources)
    told = (Text(f"Population: {listed}.", f"Población: {listed}."),)
    return yearly(course, inside), (*told, BETWEEN) if own.periods else told, own.given


def _peopled(
    found: Population,
    totals: Totals | None,
    told: tuple[Text, ...],
    given: tuple[str, ...],
    draws: int,
    seed: int,
) -> Peopled:
    drawn = None
    if totals is not None:
        drawn = population_draws(found, totals, draws, seed)
        told, given = (*told, SPREAD), (*given, "limits")
    lacking = tuple(one for one in supply_not_producible(given) if one.output in MINE)
    return Peopled(found, drawn, told, lacking)
