"""Three numbers that users confuse, and what each of them is: growth, newcomers, gross openings.

Source: domain page outlook, sections 0 (point 10) and 4.6.
"""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.people import refuse_negative, refuse_no_chance

THREE = Text(
    "Net growth is how many more (or fewer) work in an occupation; openings for newcomers add "
    "those who die, stop working or emigrate, and are never below 0; gross openings add those who "
    "change to another occupation, whose posts open without the economy needing anybody new.",
    "El crecimiento neto es cuántas personas más (o menos) trabajan en una ocupación; las vacantes "
    "para nuevos suman a quienes mueren, dejan de trabajar o emigran, y nunca son menos de 0; las "
    "vacantes brutas suman a quienes cambian de ocupación, cuyos puestos se abren sin que la "
    "economía necesite a nadie nuevo.",
)


@dataclass(frozen=True)
class Openings:
    """Openings by occupation, each added up from the base year to year h, shape (d, h, o).

    `net_growth` is ED, `replaced` RD, `for_newcomers` NO = max(0, ED + RD), `transfers` TR and
    `gross` GO = NO + TR. They are draws: their middles need not add up, nor their limits.
    `indicative` says that RD is of the cohort net method.
    """

    net_growth: Floats
    replaced: Floats
    for_newcomers: Floats
    transfers: Floats
    gross: Floats
    indicative: bool = False


def net_growth(base: Floats, forecast: Floats) -> Floats:
    """ED: workers in year h less those of the base year, (d, h, o), from (o,) or (d, o)."""
    refuse_negative("Employment of the base year", base)
    refuse_negative("Employment", forecast)
    grown: Floats = forecast - np.atleast_2d(base)[:, None, :]
    return grown


def openings_for_newcomers(growth: Floats, replaced: Floats) -> Floats:
    """NO = max(0, ED + RD): who is needed that does not work yet. Transfers are none of them."""
    refuse_negative("People to be replaced", replaced)
    if growth.shape != replaced.shape:
        raise BadInput(
            f"Growth {growth.shape} and replacement {replaced.shape} are not of the same draws, "
            "years and occupations."
        )
    needed: Floats = np.maximum(0, growth + replaced)
    return needed


def transfers(changing: Floats, employment: Floats) -> Floats:
    """TR: workers who leave an occupation for another one by year h, shape (d, h, o).

    Args:
        changing: share of an occupation's workers who are in another one a year later, shape (o,)
            or (d, o).
        employment: workers at the start of each year, shape (d, h, o).
    """
    refuse_no_chance("The share of workers changing occupation", changing)
    refuse_negative("Employment", employment)
    moved: Floats = np.cumsum(np.atleast_2d(changing)[:, None, :] * employment, axis=1)
    return moved


def gross_openings(newcomers: Floats, moving: Floats) -> Floats:
    """GO = NO + TR: every post that opens, whoever takes it."""
    refuse_negative("Openings for newcomers", newcomers)
    refuse_negative("Workers changing occupation", moving)
    opened: Floats = newcomers + moving
    return opened


def openings(
    base: Floats,
    forecast: Floats,
    replaced: Floats,
    moving: Floats,
    indicative: bool = False,
) -> Openings:
    """All three numbers of an occupation and what they are made of.

    Args:
        base: workers of the base year, shape (o,) or (d, o).
        forecast: workers in each year, shape (d, h, o).
        replaced: `replacement`, (d, h, o).
        moving: `transfers`, (d, h, o); NaN where nobody was asked, and then gross openings are NaN,
            and openings for newcomers are not.
        indicative: the replacement is of the cohort net method, which counts those who changed
            occupation as gone: then no transfers may be added to it.

    Raises:
        BadInput: numbers below 0, shapes that do not fit, or transfers that would count twice.
    """
    if indicative and np.isfinite(moving).any():
        raise BadInput(
            "Openings: the cohort net method counts those who changed occupation among the "
            "replaced already. Give no transfers (NaN), or exits that were asked for."
        )
    growth = net_growth(base, forecast)
    newcomers = openings_for_newcomers(growth, replaced)
    gross = gross_openings(newcomers, moving)
    return Openings(growth, replaced, newcomers, moving, gross, indicative)
