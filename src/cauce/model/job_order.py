"""What was offered and what was signed, in the same fields."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from cauce.model.text import Text

Compared = Literal["BETTER", "EQUAL", "WORSE", "NOT_COMPARABLE"]
COMPARED_AS: tuple[Compared, ...] = ("WORSE", "NOT_COMPARABLE", "EQUAL", "BETTER")


@dataclass(frozen=True)
class Offer:
    """The terms of a job order or of a contract; None and "" are not known.

    `pay` is in `currency` by `unit`; `pieces_hour` is the declared norm that lets pay by piece be
    compared. `overtime` is how many times ordinary pay an hour beyond `hours_week` brings;
    `deductions` are by month. Housing and the like are FREE, CHARGED or NONE.
    """

    number: str
    employer: str
    work_address: str
    occupation: str
    pay: Decimal | None
    unit: str | None
    currency: str | None
    hours_week: Decimal | None
    hours_day: Decimal | None
    pieces_hour: Decimal | None
    overtime: Decimal | None
    deductions: Decimal | None
    housing: str | None
    meals: str | None
    transport: str | None
    insurance: str | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class FieldCompared:
    """One field of a contract beside that of its order; what `differs` may not be ranked."""

    field: str
    found: Compared
    differs: bool
    because: Text


@dataclass(frozen=True)
class OrderFile:
    """How a producer names its columns and units, and how it marks an order listed again.

    `country` is where the work is.
    """

    id: str
    name: Text
    source: str
    country: str
    currency: str
    columns: dict[str, tuple[str, ...]]
    units: dict[str, str]
    duplicate: tuple[str, str] | None


@dataclass(frozen=True)
class OrdersRead:
    """Orders in the common columns, and what was left out: marked again, or of a number seen."""

    orders: tuple[dict[str, str], ...]
    marked: int
    repeated: int
    strange_units: int
