"""How weights are raised: to which totals, by which distance, and for whom who did not answer."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.place import Place

Method = Literal["raking", "linear", "logit"]
"""The distance between weights before and after: multiplicative, quadratic, or between bounds."""

NO_BOUND = float("inf")


@dataclass(frozen=True)
class Distance:
    """How far weights may go, and how exactly they must meet their totals.

    `low` and `high` bound the factor of every weight; raking has no bounds and logit needs both.
    `tolerance` is the largest distance from a total, as a share of it, that is no fault.

    Source: Deville & Särndal (1992), Calibration estimators in survey sampling, JASA 87.
    """

    method: Method = "raking"
    low: float = -NO_BOUND
    high: float = NO_BOUND
    tolerance: float = 1e-6


@dataclass(frozen=True)
class CalibrationMargin:
    """Official totals of one wave by the codes of some variables, of people or of an amount.

    `totals` are by codes, in the order of the variables; of everyone, who has none, by ().
    """

    name: str
    period: str
    variables: tuple[str, ...]
    amount: str
    totals: dict[tuple[str, ...], float]
    source: str
    day: date
    place: Place


@dataclass(frozen=True)
class Calibration:
    """What a pack says of calibration: `household` is the column that names one, "" for people."""

    distance: Distance
    household: str
    margins: tuple[CalibrationMargin, ...]
    place: Place


@dataclass(frozen=True)
class Nonresponse:
    """Whose answers stand for whose silence: those of the same cell, by some variables.

    `column` says how the interview ended, by its codes: with answers, without, or with somebody
    who is not asked at all, as of an empty dwelling.
    """

    column: str
    answered: tuple[str, ...]
    silent: tuple[str, ...]
    outside: tuple[str, ...]
    cells: tuple[str, ...]
    place: Place
