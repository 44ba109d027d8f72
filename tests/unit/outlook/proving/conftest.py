"""Histories and methods small enough for a pencil."""

import numpy as np

from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text


def history(value, se=None, years=None, standards=None) -> History:
    """Of cells A, B, …; no error unless said."""
    number = np.array(value, dtype=float)
    waves, cells = number.shape
    return History(
        ("OCU",),
        tuple((chr(ord("A") + at),) for at in range(cells)),
        np.arange(2015.0, 2015 + waves) if years is None else np.array(years, dtype=float),
        number,
        np.zeros(number.shape) if se is None else np.array(se, dtype=float),
        np.full(number.shape, 100, dtype=np.int32),
        standards or ("08",) * waves,
    )


def times(factor: float, variance: float = 0.01) -> Method:
    """A method that says the last numbers times a factor a year."""

    def method(past: History, horizons):
        value = past.value[-1] * factor ** horizons[:, None]
        return Forecast(horizons, value, np.full(value.shape, variance))

    return method


def after(waves: int, then: Method) -> Method:
    """A method that declines a history of fewer waves."""

    def method(past: History, horizons):
        if len(past.years) < waves:
            return NotProducible("shares", Text("Too few.", "Muy pocas."))
        return then(past, horizons)

    return method
