"""How weights are calibrated: the distance, its bounds, and what may be missed."""

from dataclasses import dataclass
from typing import Literal

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
