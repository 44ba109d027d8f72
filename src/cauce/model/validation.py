"""Validation of a wave: rules as data, what they are asked of, and what came out, in counts."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.place import Place
from cauce.model.text import Text

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class ValidationRule:
    """What should hold for every respondent, who says so, and how bad it is if it does not.

    `expression` is true, false or unknown over variables and the words of the design; `of` says
    whom the rule is about, everyone if empty.
    """

    id: str
    label: Text
    ground: str
    severity: Severity
    expression: str
    of: str
    place: Place


@dataclass(frozen=True)
class Acceptance:
    """That a pack knows of up to `at_most` respondents against a rule, and why they stay.

    `period` is the wave, every wave if empty.
    """

    rule: str
    at_most: int
    because: str
    period: str
    place: Place


@dataclass(frozen=True)
class Margin:
    """An official count of people by the codes of a variable, or of all (variable and code "").

    `tolerance` is a share; `because` explains a difference beyond it.
    """

    name: str
    period: str
    variable: str
    totals: dict[str, float]
    tolerance: float
    source: str
    because: str
    place: Place


@dataclass(frozen=True)
class Judgement:
    """A rule as conditions over the relation `judged`: who passes, who fails, who cannot tell."""

    rule: str
    passes: str
    fails: str
    unknown: str


@dataclass(frozen=True)
class Questions:
    """What validation asks of a harmonised wave.

    `judged` is a query over the relation `harmonised`, in its order; `margins` gives the column of
    codes by variable, "" standing for everyone; `weight` is the column of the weights. `rows` asks
    also which rows of the file fail: for the office's own eyes.
    """

    judged: str = ""
    judgements: tuple[Judgement, ...] = ()
    margins: tuple[tuple[str, str], ...] = ()
    weight: str = ""
    rows: bool = False


@dataclass(frozen=True)
class Outcome:
    """How many respondents pass a rule, fail it or cannot tell; the others it is not about."""

    rule: str
    passed: int
    failed: int
    unknown: int


@dataclass(frozen=True)
class Weighed:
    """Sum of weights and number of respondents of one code of a margin's variable."""

    variable: str
    code: str
    weighted: float
    respondents: int


@dataclass(frozen=True)
class Findings:
    """What validation found in one wave, not cleared for publication.

    `rows` are rule and row of the file, from 1, of all who fail; empty unless they were asked for.
    """

    outcomes: tuple[Outcome, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
