"""What posts and farms record of a card, and where it leaves the card."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What happened. HEALTH says that a service was used, and not where or which."""

    ENTRY = "ENTRY"
    FARM_IN = "FARM_IN"
    FARM_OUT = "FARM_OUT"
    EMPLOYER_CHANGE = "EMPLOYER_CHANGE"
    HEALTH = "HEALTH"
    EXIT = "EXIT"


@dataclass(frozen=True)
class Event:
    """One event, named by its device and that device's own count.

    `place` and `employer` are codes, "" where there is none; there are no coordinates.
    `recorded_at` is by the device's clock, in UTC, and is never put right.
    """

    device: str
    counter: int
    card: str
    kind: Kind
    place: str
    employer: str
    recorded_at: datetime


@dataclass(frozen=True)
class Batch:
    """What a device sent at `sent_at` by its own clock; `refused` is by count, with why."""

    device: str
    sent_at: datetime
    events: tuple[Event, ...]
    refused: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What the house answers once a batch is on disk; the device then forgets what was kept.

    `again` were here before and `clashing` are others under a count that was here, kept as well.
    `upto` is the highest count here, `missing` the first and last count of each gap before it.
    `skew` is by how many seconds the device's clock was behind ours; `clock` whether that is wrong.
    """

    device: str
    new: int
    again: int
    clashing: int
    refused: tuple[tuple[int, str], ...]
    upto: int
    missing: tuple[tuple[int, int], ...]
    skew: int
    clock: bool


class Standing(StrEnum):
    """Where a card is: abroad, in the country, or at a farm."""

    ABROAD = "ABROAD"
    INSIDE = "INSIDE"
    AT_FARM = "AT_FARM"


class Clash(StrEnum):
    """What cannot all be true. A forgotten scan, a copied card and a wrong clock look alike."""

    SAME_COUNT = "SAME_COUNT"
    TWO_PLACES = "TWO_PLACES"
    ENTERED_TWICE = "ENTERED_TWICE"
    NOT_ENTERED = "NOT_ENTERED"
    NOT_OUT = "NOT_OUT"
    NOT_IN = "NOT_IN"
    EMPLOYER_DIFFERS = "EMPLOYER_DIFFERS"
    NOT_ISSUED = "NOT_ISSUED"
    OTHER_COUNTRY = "OTHER_COUNTRY"
    REVOKED = "REVOKED"
    OUT_OF_DAYS = "OUT_OF_DAYS"
    CHANGE_NOT_ALLOWED = "CHANGE_NOT_ALLOWED"


@dataclass(frozen=True)
class Issued:
    """What the house knows of a card it issued: whose it is, its days, when it was revoked."""

    country: str
    valid_from: date
    valid_to: date
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class Conflict:
    """Events that do not fit; `id` is the same however often they are replayed."""

    id: str
    clash: Clash
    card: str
    events: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CardState:
    """Where the events of a card leave it; `unsure` if one is by a clock known to be wrong."""

    card: str
    standing: Standing
    place: str
    employer: str
    entries: int
    health: int
    last: datetime
    unsure: bool
    conflicts: tuple[Conflict, ...]
