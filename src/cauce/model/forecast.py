"""A forecast of some cells, and what every method of forecasting takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cauce.model.arrays import Floats
from cauce.model.history import History
from cauce.model.projected import NotProducible


@dataclass(frozen=True)
class Forecast:
    """What a method expects of the c cells of a history at h moments after its last wave.

    `horizons` are years after the last wave, shape (h,), ascending, above 0. `value` is the median,
    in the unit of the history, and `variance` that of its logarithm, both of shape (h, c): the
    interval that belongs to z is value × exp(±z √variance), before calibration. The variance is
    NaN for a rule that has no notion of its error; a value is NaN where the history does not bear
    one, and 0, with a variance of 0, where nobody was ever counted. Shares are value divided by its
    sum over the cells.
    """

    horizons: Floats
    value: Floats
    variance: Floats


Method: TypeAlias = Callable[[History, Floats], Forecast | NotProducible]
"""Forecasts a history at horizons, in years after its last wave, or says what it would need."""
