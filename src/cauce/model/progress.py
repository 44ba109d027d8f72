"""How far something promised has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cauce.model.text import Text


class Status(StrEnum):
    """From what is done to what nobody knows; NO_DATA says nothing of progress."""

    DONE = "DONE"
    ON_TRACK = "ON_TRACK"
    AT_RISK = "AT_RISK"
    OVERDUE = "OVERDUE"
    NO_DATA = "NO_DATA"


STATUSES = {
    Status.DONE: Text("done", "cumplido"),
    Status.ON_TRACK: Text("on track", "en curso según lo previsto"),
    Status.AT_RISK: Text("at risk", "en riesgo"),
    Status.OVERDUE: Text("overdue", "vencido"),
    Status.NO_DATA: Text("no data", "sin datos"),
}


@dataclass(frozen=True)
class Progress:
    """One promise of one country on a day.

    `completion` is the share of the way from baseline to last target, None if it cannot be known;
    `as_of` is the end of the period last reported.
    """

    id: str
    node: str
    country: str
    status: Status
    completion: float | None
    as_of: date | None
    because: Text
    weight: float = 1.0


@dataclass(frozen=True)
class NodeProgress:
    """What lies below a place in the plan, counted and added up.

    `coverage` is the share, by weight, of what lies below of which there are data. `missing` are
    the countries of whom something is missing.
    """

    node: str
    status: Status
    completion: float | None
    coverage: float
    counts: Mapping[Status, int]
    missing: tuple[str, ...]
