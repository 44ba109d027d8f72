"""What is computed: an indicator of the catalogue."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

Estimator = Literal["total", "mean", "rate", "ratio"]


@dataclass(frozen=True)
class Indicator:
    """A figure that can be estimated for any domain.

    `universe`, `numerator` and `denominator` are expressions over dictionary variables.
    A total is sum(w * numerator) over the universe. A mean is sum(w * numerator) / sum(w) over
    those of the universe who answered. A rate is a mean of a true/false numerator, published in
    `unit` (percent: `scale` 100). A ratio is sum(w * numerator) / sum(w * denominator).
    """

    id: str
    name: Text
    definition: Text
    estimator: Estimator
    universe: str
    numerator: str
    denominator: str
    unit: str
    scale: float
    decimals: int
    standard: str
    ilostat: str = ""
