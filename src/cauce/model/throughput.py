"""How many a phase was meant for, let in and turned away."""

from dataclasses import dataclass
from datetime import date

from cauce.model.text import Text


@dataclass(frozen=True)
class Target:
    """How many people somebody said a phase was for; several may differ, and none is chosen."""

    low: int
    high: int | None
    source: str


@dataclass(frozen=True)
class Throughput:
    """Applications on a day, as one source counted them; None is unknown, never 0."""

    on: date
    source: str
    registered: int | None
    approved: int | None
    denied: int | None
    pending: int | None


@dataclass(frozen=True)
class Rate:
    """A share between a least and a most, with what it is of; None, None with the reason.

    `low` and `high` are the same unless the denominator is a range; `high` None has no bound.
    """

    name: Text
    denominator: Text
    low: float | None
    high: float | None
    because: Text | None = None
