"""At which rates workers leave: deaths and emigration of the population, exits as people said."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.text import Text
from cauce.pipeline.outlook.exits import Assumed, exits_of, of_bands
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.pack import Assumption
from cauce.pipeline.outlook.stock import Behind
from cauce.pipeline.outlook.workforce import by_band

OF_PEOPLE = Text(
    "Workers of an age die and emigrate as all people of that age do, men and women weighed by "
    "how many of them work.",
    "Las personas ocupadas de una edad mueren y emigran como todas las de esa edad, con hombres y "
    "mujeres ponderados según cuántos trabajan.",
)


@dataclass(frozen=True)
class Rates:
    """Yearly chances to leave by band of age: deaths, emigration (h, a), exits (d or 1, a, c).

    None where neither a table nor anybody tells them; `indicative` says that exits are of the
    cohort net method.
    """

    deaths: Floats | None
    exits: Floats | None
    emigration: Floats | None
    indicative: bool
    said: tuple[Text, ...]


def rates_of(
    bands: tuple[str, ...],
    cells: tuple[str, ...],
    employed: Floats,
    read: dict[str, Read],
    assumed: Assumed,
    behind: Behind,
    horizon: int,
    draws: int,
    seed: int,
) -> Rates:
    """The rates at which workers of these bands and occupations leave, from the best there is.

    Deaths and emigration are the population's; else what the pack assumes. Exits are what people
    said of a year ago; else what the pack assumes; else what cohorts lost between two rounds.

    Args:
        employed: workers of the base year, shape (a, c).
    """
    people, force = behind.people, behind.force
    chances = {
        "deaths": None if people is None else people.deaths,
        "emigration": None if people is None else people.emigration,
    }
    found: dict[str, Floats | None] = {}
    said: list[Text] = []
    for cause, chance in chances.items():
        if people is not None and chance is not None:
            working = people.population.people[0] if force is None else force.working
            found[cause] = by_band(chance[1:], working, people.population.ages, list(bands))[
                :horizon
            ]
            said += [] if OF_PEOPLE in said else [OF_PEOPLE]
        else:
            found[cause] = _stated(assumed.get(cause), bands, horizon)
    exits, indicative, told = exits_of(bands, cells, employed, read, assumed, draws, seed)
    return Rates(found["deaths"], exits, found["emigration"], indicative, (*said, *told))


def _stated(one: Assumption | None, bands: tuple[str, ...], horizon: int) -> Floats | None:
    """A stated yearly chance by band in each year, (h, a); None if nobody states it."""
    if one is None:
        return None
    return np.tile(of_bands(one, bands), (horizon, 1))
