"""One change to a register, as the log keeps it for good."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cauce.model.record import Record


class Action(StrEnum):
    """What an entry does.

    A change says that the world changed: from `valid_from` on the record is another, and before it
    remains. A correction says that we were wrong: in the period it names the record always was what
    it now says. An end says that from `valid_from` on there is no such record.
    """

    OPEN = "OPEN"
    CHANGE = "CHANGE"
    CORRECTION = "CORRECTION"
    END = "END"


@dataclass(frozen=True)
class Draft:
    """A change somebody wants to make; `base` is the number of the entry they had before them.

    `base` is 0 for a new record. `valid_to` is the first day on which it is no longer true.
    """

    register: str
    key: str
    country: str
    action: Action
    record: Record | None
    valid_from: date | None
    valid_to: date | None
    actor: str
    reason: str
    base: int


@dataclass(frozen=True)
class Entry:
    """A row of the log. Numbers have no gaps; `hash` covers everything and the hash before it.

    `valid_from` None is "since ever", `valid_to` None "until further notice"; `recorded_at` is in
    UTC. Entries are never altered: the next one corrects the last.
    """

    number: int
    register: str
    key: str
    country: str
    action: Action
    record: Record | None
    valid_from: date | None
    valid_to: date | None
    recorded_at: datetime
    actor: str
    reason: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Period:
    """A stretch of time over which a record says the same, and the entry that says so."""

    start: date | None
    end: date | None
    record: Record
    entry: int
