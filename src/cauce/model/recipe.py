"""A pack turned into checked SQL: what an engine runs to harmonise one wave."""

from dataclasses import dataclass, field

from cauce.model.design import PsuScope, SinglePsu, Unit
from cauce.model.indicator import Estimator
from cauce.model.replication import Replicates
from cauce.model.stage_columns import StageColumns
from cauce.model.validation import Questions


@dataclass(frozen=True)
class Check:
    """A question to the data whose answer must be empty.

    `sql` is a whole query over the relation `harmonised` that yields rows (code, count); `message`
    says what is wrong and what to do, with `{codes}`, `{first}` and `{count}` to be filled in.
    `known` are the codes that would have been right. Where nobody meets the `condition`, the answer
    is empty; it is "" where the question is about more than single respondents.
    """

    sql: str
    message: str
    known: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True)
class CodedColumn:
    """An output column that holds positions in a codelist or negative `Missing` reasons."""

    variable: str
    sql: str


@dataclass(frozen=True)
class ReasonColumn:
    """An output column with the negative `Missing` reason of a variable, 0 if it has a value."""

    variable: str
    sql: str


@dataclass(frozen=True)
class ScoreColumns:
    """The output expressions of one indicator: universe, numerator, denominator ("" if 1).

    `first` and `second` are the two domains of a comparison, "" if it is none; `factors` and
    `across` give positions in code lists or negative `Missing` reasons. `unknown` says of whom it
    is not known whether they belong to the universe, or to which of the two domains, because an
    answer is missing; `not_asked` of whom the numerator or denominator has no value because what it
    needs does not apply to them.
    """

    indicator: str
    universe: str
    numerator: str
    denominator: str
    magnitude: bool
    estimator: Estimator = "mean"
    first: str = ""
    second: str = ""
    factors: tuple[str, ...] = ()
    across: str = ""
    unknown: str = "FALSE"
    not_asked: str = "FALSE"


@dataclass(frozen=True)
class AuxiliaryColumns:
    """Output expressions of what weights are raised by; "" where the pack does not ask.

    `ended` gives how the interview ended, as in `Auxiliary`.
    """

    codes: tuple[CodedColumn, ...] = ()
    amounts: tuple[CodedColumn, ...] = ()
    household: str = ""
    ended: str = ""


@dataclass(frozen=True)
class Recipe:
    """Everything an engine needs to turn the relation `source` into a `Sample`.

    `with_sql` (WITH …) defines the relation `harmonised` on top of `source`, one row per source
    row and in no order; all other expressions are over `harmonised`. The expressions of the design
    are empty where the pack says there is none. `doubts` say where text meets numbers: they are
    told if the engine cannot do it. `order` are the columns of `source` by which the respondents of
    a stratum and of a PSU come together. Columns of `replicates` are not harmonised: `row` gives
    the place of a harmonised row in the file, from 0, to find them; "" where there are none.
    """

    used_columns: tuple[str, ...]
    with_sql: str
    stratum: str
    psu: str
    weight: str
    fpc: str
    psu_scope: PsuScope
    single_psu: SinglePsu
    columns: tuple[CodedColumn, ...]
    scores: tuple[ScoreColumns, ...]
    checks: tuple[Check, ...]
    reasons: tuple[ReasonColumn, ...] = ()
    doubts: tuple[str, ...] = ()
    questions: Questions = field(default_factory=Questions)
    unit: Unit = "row"
    order: tuple[str, ...] = ()
    auxiliary: AuxiliaryColumns = field(default_factory=AuxiliaryColumns)
    stages: tuple[StageColumns, ...] = ()
    certainty: str = ""
    replicates: Replicates | None = None
    row: str = ""
