"""N4, constant staffing: every industry goes on employing the occupations it does now."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.projected import NotProducible


@dataclass(frozen=True)
class Staffing:
    """Workers by industry and occupation at one wave, shape (s, o), and the industries' history.

    `industries` has the same waves as the occupations that are forecast, or more.
    """

    industries: History
    workers: dict[float, Floats]


def constant_staffing(known: Staffing, of_industries: Method) -> Method:
    """A rule that forecasts industries, and staffs them as in the last wave of the history.

    Raises:
        BadInput: when it is used, there is no staffing for the last wave.

    Source: domain page outlook, section 4.11, N4.
    """

    def method(history: History, horizons: Floats) -> Forecast | NotProducible:
        last = float(history.years[-1])
        if last not in known.workers:
            raise BadInput(f"There is no staffing of industries for {last:g}, the last wave.")
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
