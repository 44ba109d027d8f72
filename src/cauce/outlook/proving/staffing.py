"""N4, constant staffing: every industry goes on employing the occupations it does now."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text

OUTPUT = "occupations of constant staffing"


@dataclass(frozen=True)
class Staffing:
    """Workers by industry and occupation at one wave, shape (s, o), and the industries' history.

    `industries` has the same waves as the occupations that are forecast, or more.
    """

    industries: History
    workers: dict[float, Floats]


def constant_staffing(known: Staffing, of_industries: Method) -> Method:
    """A rule that forecasts industries, and staffs them as in the last wave of the history.

    It declines a history for whose last wave the staffing is not known.

    Source: domain page outlook, section 4.11, N4.
    """

    def method(history: History, horizons: Floats) -> Forecast | NotProducible:
        last = float(history.years[-1])
        if last not in known.workers:
            return NotProducible(OUTPUT, _without(last))
        found = of_industries(_until(known.industries, last), horizons)
        if isinstance(found, NotProducible):
            return found
        pattern = _pattern(known.workers[last])
        value = found.value @ pattern
        # A part of a number errs with its industry; industries err each by itself.
        squared = (found.value**2 * found.variance) @ pattern**2
        with np.errstate(divide="ignore", invalid="ignore"):
            return Forecast(horizons, value, squared / value**2)

    return method


def _without(year: float) -> Text:
    return Text(
        f"There is no staffing of industries for {year:g}, the last wave.",
        f"No hay dotación de las ramas para {year:g}, la última ronda.",
    )


def _pattern(workers: Floats) -> Floats:
    """Shares of occupations in each industry, (s, o); an industry without anybody adds nobody."""
    total = workers.sum(axis=1, keepdims=True)
    return np.asarray(workers / np.where(total > 0, total, 1.0))


def _until(history: History, year: float) -> History:
    there = history.years <= year
    return History(
        history.dimensions,
        history.cells,
        history.years[there],
        history.value[there],
        history.se[there],
        history.n[there],
        tuple(one for one, kept in zip(history.standards, there, strict=True) if kept),
        history.complete,
    )
