"""The quality of a release, wave by wave, as it may be published.

Counts of respondents are rounded: a multiple of the fewest that may be told apart, 0 where there is
nobody, and FEW where there are fewer than that.
"""

from dataclasses import dataclass

from cauce.model.raised import Raised
from cauce.model.text import Text
from cauce.model.validation import Severity

FEW = -1
"""Stands for a count from 1 to one below the fewest that may be told."""


@dataclass(frozen=True)
class RuleSaid:
    """A validation rule in words; `lacks` are the variables it asks for and the survey has not."""

    id: str
    label: Text
    ground: str
    severity: Severity
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleResult:
    """How a rule came out in a wave; `accepted` says why those who fail stay."""

    rule: str
    passed: int
    failed: int
    unknown: int
    accepted: str = ""


@dataclass(frozen=True)
class Answers:
    """How many respondents have a value of a variable, and why the others have none."""

    variable: str
    name: Text
    answered: int
    not_stated: int
    refused: int
    dont_know: int
    not_applicable: int


@dataclass(frozen=True)
class MarginRow:
    """Official count and sum of weights of one code."""

    code: str
    name: Text
    official: float
    weighted: float


@dataclass(frozen=True)
class MarginResult:
    """Weights against an official count. `largest` is the largest relative difference of a code.

    `rows` are empty where a code has fewer respondents than may be told.
    """

    name: str
    source: str
    tolerance: float
    largest: float
    met: bool
    because: str = ""
    rows: tuple[MarginRow, ...] = ()


@dataclass(frozen=True)
class OutlierResult:
    """How far single respondents move a number, in its standard errors.

    `over` counts those who move it by more than 0.1, 0.5 and 1; `joint` is how far the `group` most
    influential move it together, NaN where one or two of them dominate.
    """

    indicator: str
    name: Text
    n: int
    over: tuple[int, ...]
    group: int
    joint: float


@dataclass(frozen=True)
class TableResult:
    """The verdicts of the cells of a table, and the median and 90th percentile of published CVs."""

    flow: str
    name: Text
    cells: int
    reliable: int
    weak: int
    imprecise: int
    confidential: int
    none: int
    breaks: int
    cv_median: float
    cv_high: float


@dataclass(frozen=True)
class WaveQuality:
    """What is said of one wave; fields as in `WaveFacts`, cleared."""

    period: str
    respondents: int
    strata: int
    psus: int
    lonely: int
    weighted: float
    kish: float
    quantiles: tuple[tuple[float, float], ...]
    results: tuple[RuleResult, ...]
    answers: tuple[Answers, ...]
    margins: tuple[MarginResult, ...]
    outliers: tuple[OutlierResult, ...]
    tables: tuple[TableResult, ...]
    raised: Raised | None = None


@dataclass(frozen=True)
class Quality:
    """The quality of every wave of a release.

    `fewest` is the smallest number of respondents that is told. `contradictions` and `undecided`
    count pairs of rules.
    """

    fewest: int
    rules: tuple[RuleSaid, ...]
    waves: tuple[WaveQuality, ...]
    contradictions: int = 0
    undecided: int = 0
