"""How much of a projection the base year bears: the number, its class alone, or nothing."""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.text import Text
from cauce.outlook.gaps.tables import Row
from cauce.outlook.proving import Borne, borne

MISSING = Text("Not known: an input is missing.", "No se sabe: falta un insumo.")
LOW, MIDDLE, HIGH = 10, 50, 90
"""Percentiles of the draws: the ends of an interval of 80 %, and its middle."""


@dataclass(frozen=True)
class Span:
    """Middle and interval of draws, each (h, o); NaN where a draw is."""

    middle: Floats
    low: Floats
    high: Floats


def medians(draws: Floats) -> Span:
    """The median of the draws, (d, h, o), in their interval of 80 %.

    Source: domain page outlook, section 4.9.
    """
    low, middle, high = np.percentile(draws, (LOW, MIDDLE, HIGH), axis=0)
    return Span(middle, low, high)


def means(draws: Floats) -> Span:
    """The mean of the draws, so that what adds up in every draw adds up in the table.

    The interval of 80 % is widened to the mean where it lies outside, as with rare large values.

    Source: domain page outlook, sections 4.8 and 4.9.
    """
    low, high = np.percentile(draws, (LOW, HIGH), axis=0)
    middle = draws.mean(axis=0)
    return Span(middle, np.minimum(low, middle), np.maximum(high, middle))


def judged(row: Row, cv: float, classed: bool = False) -> Row:
    """A row as far as the coefficient of variation of its base year allows.

    Args:
        cv: a fraction; NaN where the base year's number or its error is withheld.
        classed: the row tells the class, which a coarse base still bears.

    Source: `proving.borne`.
    """
    found = borne(cv)
    if np.isnan(row.value):
        return _without(row, Borne(ObsStatus.MISSING, Reliability.NOT_JUDGED, None))
    if found.because is None:
        return replace(row, reliability=found.reliability)
    if classed and found.reliability is Reliability.WEAK:
        return replace(row, reliability=found.reliability, because=(*row.because, found.because))
    return _without(row, found)


def _without(row: Row, found: Borne) -> Row:
    words = (found.because,) if found.because else row.because or (MISSING,)
    return replace(row, value=np.nan, low=np.nan, high=np.nan, status=found.status,
                   reliability=found.reliability, because=words)  # fmt: skip
