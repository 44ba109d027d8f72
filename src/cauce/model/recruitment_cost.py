"""What it cost somebody to be recruited, who bore it, and against which earnings."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from cauce.model.fact import Day
from cauce.model.text import Text
from cauce.model.truth import Truth

Series = Literal["SDG1071", "RCI_SEASONAL", "RCI_OTHER"]
SERIES: tuple[Series, ...] = ("SDG1071", "RCI_SEASONAL", "RCI_OTHER")
CostKind = Literal["FEE", "RELATED", "ILLEGITIMATE"]
COST_KINDS: tuple[CostKind, ...] = ("FEE", "RELATED", "ILLEGITIMATE")


@dataclass(frozen=True)
class LedgerItem:
    """One payment of one recruitment; None is unknown, and never zero.

    `reimbursed` counts only with a document: `documented` says whether there is one.
    """

    person: str
    category: str
    payer: str | None
    payee: str | None
    channel: str | None
    amount: Decimal | None
    currency: str | None
    on: date | None
    reimbursed: Decimal | None
    documented: Truth


@dataclass(frozen=True)
class Recruited:
    """Somebody who was recruited, by a token, as a survey asked; `columns` are to break down by.

    `all_told` says whether every cost was asked and answered: without it a sum is a lower bound.
    `received` is take-home pay of the last month of the first job abroad, after taxes and social
    security; `withheld` is what was kept from it that month to recover costs of recruitment.
    """

    token: str
    area: str
    stratum: str
    psu: str
    weight: float
    wage_earner: Truth
    changed_residence: Truth
    moved_for_work: Truth
    seasonal: Truth
    first_job: Day | None
    interviewed: date
    all_told: Truth
    received: Decimal | None
    withheld: Decimal | None
    currency: str | None
    earned_on: date | None
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rate:
    """One unit of `currency` was so many units of the one counted in, from `first` to `last`."""

    currency: str
    first: date
    last: date
    value: Decimal
    source: str


@dataclass(frozen=True)
class Borne:
    """What a worker bore: at least `low`; `exact` says that it is no more than that either.

    `kinds` are the lower bounds apart, of fees, related costs and illegitimate ones. `because` says
    what is not known.
    """

    low: Decimal
    exact: bool
    kinds: dict[CostKind, Decimal]
    because: tuple[Text, ...] = ()


@dataclass(frozen=True)
class EmployerPays:
    """Whether nothing was borne by the worker, and what tells so."""

    held: Truth
    because: tuple[Text, ...]


@dataclass(frozen=True)
class CostRatio:
    """Months of earnings one recruitment cost; `series` None if it cannot be told which it is of.

    `ratio` is None unless both sides are known to a point; `at_least` is the least it can be.
    """

    series: Series | None
    ratio: float | None
    at_least: float | None
    because: tuple[Text, ...] = ()
