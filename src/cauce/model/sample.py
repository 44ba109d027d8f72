"""Person-level data, behind the confidentiality wall: nothing public imports this."""

from dataclasses import dataclass, field

from cauce.model.arrays import Codes, Flags, Floats
from cauce.model.auxiliary import Auxiliary
from cauce.model.design import Design
from cauce.model.indicator import Estimator
from cauce.model.raised import Raised
from cauce.model.validation import Findings


@dataclass(frozen=True)
class Score:
    """What every respondent adds to one indicator; all arrays have shape (n,).

    `inside` marks who is in the universe and answered; `missing` counts those of the universe who
    were asked and did not, and those of whom a missing answer leaves open whether they are in it;
    `missing_rows` marks them. Who was not asked is neither. `denominator` is None for totals, means
    and rates, whose denominator is 1. `magnitude` says that the numerator is an amount, for which
    dominance matters. `first` and `second` mark the two domains of a comparison: only who is in one
    of them is inside, and missing also who may be. `factors` are code positions that form groups,
    `across` those whose shares are compared; whoever lacks one of them is missing and not inside.
    """

    indicator: str
    inside: Flags
    numerator: Floats
    denominator: Floats | None
    missing: int
    magnitude: bool
    estimator: Estimator = "mean"
    missing_rows: Flags | None = None
    first: Flags | None = None
    second: Flags | None = None
    factors: tuple[Codes, ...] = ()
    across: Codes | None = None


@dataclass(frozen=True)
class Sample:
    """A harmonised wave: the design, a column of code positions per dimension, scores.

    A column holds the position of the respondent's code in the dimension's codelist,
    or a negative `Missing` reason. `auxiliary` is what weights are raised by, `raised` how far they
    were, None if they stand as in the file.
    """

    period: str
    design: Design
    columns: dict[str, Codes]
    scores: tuple[Score, ...]
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    auxiliary: Auxiliary = field(default_factory=Auxiliary)
    raised: Raised | None = None
