"""What an application costs one applicant."""

from dataclasses import dataclass
from decimal import Decimal

from cauce.model.fee import CostPart
from cauce.model.text import Text


@dataclass(frozen=True)
class CostItem:
    """At least `low` and at most `high`; `high` is None where the amount is unknown."""

    id: str
    name: Text
    part: CostPart
    currency: str
    low: Decimal
    high: Decimal | None
    because: Text


@dataclass(frozen=True)
class CostTotal:
    """The items of one currency added up; `unknown` of them have no upper bound."""

    currency: str
    low: Decimal
    high: Decimal | None
    unknown: int
    words: Text


@dataclass(frozen=True)
class Cost:
    """Every item, and a total for each currency: currencies are never added."""

    items: tuple[CostItem, ...]
    totals: tuple[CostTotal, ...]
