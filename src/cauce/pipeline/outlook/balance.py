"""How many work in all: as many as there will be people for, beside what their past goes on to."""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.people import FULL_EMPLOYMENT, employment, unemployment, varying
from cauce.outlook.shares import forecast_shares, path_draws
from cauce.pipeline.outlook.demand import Level, stated, totals_of
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.workforce import Workforce

NO_UNEMPLOYMENT = Text(
    "It would need three rounds of the rate of unemployment, under [from.unemployment].",
    "Harían falta tres rondas de la tasa de desocupación, en [from.unemployment].",
)
LEAST_WAVES = 3
SIZED = Text(
    "How many work in all follows the people there will be: labour force less unemployment. How "
    "they divide over occupations is what was tried on the past; this total was not.",
    "Cuántas personas trabajan en total sigue a las que habrá: fuerza de trabajo menos "
    "desocupación. Cómo se reparten entre ocupaciones es lo que se probó con el pasado; este total "
    "no.",
)
BALANCE = Text("posts beside the people for them", "puestos junto a las personas para ellos")


@dataclass(frozen=True)
class Balance:
    """Labour force, people in work at the usual unemployment, and posts if the past goes on.

    Each has shape (d, h); the posts are NaN where the past does not tell them.
    """

    force: Floats
    able: Floats
    posts: Floats
    said: tuple[Text, ...]


def balance_of(
    force: Workforce | NotProducible,
    unemployed: Read | None,
    occupations: Read,
    draws: int,
    seed: int,
) -> Balance | NotProducible:
    """What the labour force allows beside the employment that its past alone goes on to."""
    if isinstance(force, NotProducible):
        return NotProducible(rule(BALANCE), force.because)
    rates = np.empty(0) if unemployed is None else unemployed.total.value[:, 0] / unemployed.scale
    known = rates[np.isfinite(rates)]
    if len(known) < LEAST_WAVES:
        return NotProducible(rule(BALANCE), NO_UNEMPLOYMENT)
    horizon = force.force.shape[1]
    path = unemployment(known[-1], known.mean(), horizon)
    ahead = varying(path, float(known.std(ddof=1)), draws, seed)
    posts = _of_its_past(occupations, horizon, draws, seed)
    able = employment(force.force, ahead)
    return Balance(force.force.sum(axis=2), able, posts, (FULL_EMPLOYMENT,))


def _of_its_past(read: Read, horizon: int, draws: int, seed: int) -> Floats:
    """Draws of the total of a table as its own waves have it, (d, h); NaN where they cannot."""
    own, _ = stated(read)
    years = np.arange(1.0, horizon + 1)
    found = forecast_shares(own.history, years, totals=totals_of(own, own.history))
    if isinstance(found, NotProducible):
        return np.full((draws, horizon), np.nan)
    whole = f"{read.flow.source.area} total"
    total: Floats = np.exp(path_draws(found.total, (whole,), whole, seed, draws)[:, :, 0])
    return total


def on_last_total(read: Read) -> Read:
    """The table with every wave brought to the total of the last one: what is left are shares.

    Whoever tells the total, these are tried on the past, and published, without it.
    """
    total = totals_of(read, read.history)
    if total is None:
        return read
    times = total.value[-1] / total.value
    return replace(read, history=_times(read.history, times), total=_times(total, times))


def _times(history: History, times: Floats) -> History:
    return replace(history, value=history.value * times, se=history.se * times)


def sized(level: Level, able: Floats) -> Level:
    """The level's shares of as many workers as there will be, (d, h)."""
    whole = np.nansum(level.employed, axis=2)
    return replace(level, employed=level.employed * (able / whole)[:, :, None])
