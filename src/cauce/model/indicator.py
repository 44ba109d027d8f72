"""What is computed: an indicator of the catalogue."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

Estimator = Literal[
    "total",
    "mean",
    "rate",
    "ratio",
    "share",
    "quantile",
    "quantile_ratio",
    "gini",
    "low",
    "difference",
    "relative_gap",
    "quotient",
    "factor_gap",
    "dissimilarity",
]
IndicatorSource = Literal["survey", "import", "register", "outlook"]

LINEAR: tuple[Estimator, ...] = ("total", "mean", "rate", "ratio")
"""Estimators whose error needs only the moments of their two sums."""

COMPARED: tuple[Estimator, ...] = (
    "difference",
    "relative_gap",
    "quotient",
    "factor_gap",
    "dissimilarity",
)
"""Estimators that compare two domains, `first` and `second`."""

GAPS: tuple[Estimator, ...] = ("difference", "relative_gap", "factor_gap")
"""Estimators whose value may be 0 without anything being scarce: their CV says nothing."""

OF_AMOUNTS: tuple[Estimator, ...] = ("quantile", "quantile_ratio", "gini", "low", "factor_gap")
"""Estimators that ask how an amount is distributed, or what it is on average."""

PROPORTIONS: tuple[Estimator, ...] = ("rate", "share", "low")
"""Estimators whose value is a part of people, between 0 and 1."""

FORMULA = (
    "universe",
    "numerator",
    "denominator",
    "p",
    "fraction",
    "first",
    "second",
    "factors",
    "across",
    "within",
    "of_all",
)
"""What an indicator's number comes from: where one of these differs, it is another figure."""


@dataclass(frozen=True)
class Indicator:
    """A figure that can be estimated for any domain.

    `universe`, `numerator` and `denominator` are expressions over dictionary variables.
    A total is sum(w * numerator) over the universe. A mean is sum(w * numerator) / sum(w) over
    those of the universe who answered. A rate is a mean of a true/false numerator, published in
    `unit` (percent: `scale` 100). A ratio is sum(w * numerator) / sum(w * denominator).

    A share is the part of a code of the dimension `within` in the sum over its codes, those who are
    not stated included only if `of_all`. A quantile is of order p[0]; a quantile_ratio is that of
    order p[0] over that of p[1]. Low is the part of the universe whose amount lies below `fraction`
    times the quantile p[0] of the whole universe. A difference, relative_gap ((first - second) /
    first) and quotient (first / second) compare the same mean, rate or ratio in two domains, the
    true/false expressions `first` and `second`. A factor_gap is a relative gap of means within the
    groups that `factors` form, weighted by the groups' shares of `second`. Dissimilarity is half
    the sum of differences of the two domains' shares over the codes of `across`.

    `icls`, `criterion` (birth or citizenship) and `age` (bounds, such as Y_GE15) say what a figure
    can stand in one series with. `dimensions` and `tables`, sets of dimensions, are the breakdowns
    the catalogue declares for it. `because` says why Cauce cannot compute what is declared all the
    same; it then has no expressions.
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
    p: tuple[float, ...] = ()
    fraction: float = 0.0
    first: str = ""
    second: str = ""
    factors: tuple[str, ...] = ()
    across: str = ""
    within: str = ""
    of_all: bool = False
    icls: str = ""
    criterion: str = ""
    age: str = ""
    source: IndicatorSource = "survey"
    dimensions: tuple[str, ...] = ()
    tables: tuple[tuple[str, ...], ...] = ()
    because: Text | None = None
