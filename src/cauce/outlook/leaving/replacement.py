"""Who will have to be replaced: deaths, exits from work and emigration by occupation.

Source: domain page outlook, section 4.6:
RD(o) = Σ over age and sex of E(o) · [q + (1 − q)(ω + μ)].
"""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.people import refuse_negative, refuse_no_chance

HELD = Text(
    "Each occupation keeps the ages and sexes of its workers of the base year, and people of an "
    "age and sex leave every year at the rates of that year.",
    "Cada ocupación conserva las edades y sexos de sus trabajadores del año base, y las personas "
    "de una edad y sexo se van cada año a las tasas de ese año.",
)


@dataclass(frozen=True)
class Leaving:
    """Share of an occupation's workers who leave it for good within a year, by cause.

    All shape (o,) or (d, o); the three causes add up to `total`. Who would have died and left has
    died. Workers who change occupation are none of them.
    """

    deaths: Floats
    exits: Floats
    emigration: Floats
    total: Floats


def leaving(employed: Floats, deaths: Floats, exits: Floats, emigration: Floats) -> Leaving:
    """Rates at which workers leave, from those of people of their age and sex.

    Args:
        employed: workers of the base year by sex, band of age and occupation, shape (s, a, o). NaN
            where withheld, and then the occupation's rates are NaN, too.
        deaths: q, chance to die within a year, shape (s, a); of a life table (`yearly_death`).
        exits: ω, chance to leave work for inactivity net of re-entry, shape (s, a, o), with draws
            (d, s, a, o).
        emigration: μ, chance to leave the country, shape (s, a) or as exits.

    Raises:
        BadInput: workers below 0, no probabilities, ω + μ above 1, shapes that do not fit.
    """
    _check(employed, deaths, exits, emigration)
    alive = 1 - deaths[:, :, None]
    away = emigration[:, :, None] if emigration.ndim == 2 else emigration
    workers = employed.sum(axis=(0, 1))

    def share(chance: Floats) -> Floats:
        # Where nobody works, nobody leaves, though nobody knows how likely it would be.
        going = np.where(employed == 0, 0, employed * chance).sum(axis=(-3, -2))
        found: Floats = np.divide(
            going, workers, where=workers > 0, out=np.full_like(going, np.nan)
        )
        return found

    parts = share(deaths[:, :, None]), share(alive * exits), share(alive * away)
    died, left, gone = np.broadcast_arrays(*parts)
    return Leaving(died, left, gone, died + left + gone)


def replacement(rate: Floats, employment: Floats) -> Floats:
    """People to be replaced by year h, added up from the base year on, shape (d, h, o).

    Args:
        rate: a cause or the total of `leaving`, shape (o,) or (d, o).
        employment: workers at the start of each year, shape (d, h, o): the base year's first.

    Raises:
        BadInput: a rate outside 0 to 1, workers below 0, or other draws or occupations.
    """
    refuse_no_chance("The rate of leaving", rate)
    refuse_negative("Employment", employment)
    rates = np.atleast_2d(rate)
    if rates.shape[1] != employment.shape[2] or len(rates) not in (1, len(employment)):
        raise BadInput(
            f"The rate of leaving {rates.shape} and employment {employment.shape} are not of the "
            "same draws and occupations."
        )
    added: Floats = np.cumsum(rates[:, None, :] * employment, axis=1)
    return added


def at_start(base: Floats, forecast: Floats) -> Floats:
    """Workers at the start of each year, from the base year's, (o,) or (d, o), and a forecast.

    The forecast, shape (d, h, o), is of the years' ends; its last one starts a year not asked for.
    """
    first = np.broadcast_to(np.atleast_2d(base)[:, None], (len(forecast), 1, forecast.shape[2]))
    start: Floats = np.concatenate([first, forecast[:, :-1]], axis=1)
    return start


def _check(employed: Floats, deaths: Floats, exits: Floats, emigration: Floats) -> None:
    refuse_negative("Employed by sex, age and occupation", employed)
    chances = {"Deaths": deaths, "Exits": exits, "Emigration": emigration}
    for name, numbers in chances.items():
        refuse_no_chance(f"{name} within a year", numbers)
    fits = (
        employed.ndim == 3
        and deaths.shape == employed.shape[:2]
        and exits.shape[-3:] == employed.shape
        and emigration.shape in (deaths.shape, employed.shape, exits.shape)
    )
    if not fits:
        listed = ", ".join(f"{name.lower()} {each.shape}" for name, each in chances.items())
        raise BadInput(
            f"Leaving: employed {employed.shape} by sex, age and occupation, {listed} are not of "
            "the same sexes, ages and occupations."
        )
    away = emigration[:, :, None] if emigration.ndim == 2 else emigration
    if count := int((exits + away > 1).sum()):
        raise BadInput(
            f"Leaving: in {count} cells more people leave work or the country than there are."
        )
