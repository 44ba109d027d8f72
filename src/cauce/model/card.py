"""A worker's card: what it says, whose signature is on it, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cauce.model.text import Text

Signed = Callable[[bytes, bytes, bytes], bool]
"""Whether public key, signature and message fit; floor 1 is given it and knows no algorithm."""


@dataclass(frozen=True)
class Card:
    """Everything a card says of its holder: that somebody may work until a day.

    `token` is 16 random hexadecimal digits, `key` the 8 digits by which a ring names the key that
    signs. `valid_to` is the last day on which the card is good.
    """

    token: str
    key: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class CardKey:
    """A public key. It signs for one mechanism only, so that no card need say which."""

    id: str
    public: bytes
    mechanism: str
    country: str
    issuer: Text
    withdrawn: bool = False


Ring = Mapping[str, CardKey]
"""Public keys by id: today's and the earlier ones whose cards are still good."""


@dataclass(frozen=True)
class Revocations:
    """Which cards of a mechanism are no longer good, as of a moment.

    `number` grows by one with each list; one that is older than `fresh_days` says little.
    """

    key: str
    number: int
    issued_at: datetime
    fresh_days: int
    tokens: frozenset[str]


class Verdict(StrEnum):
    """What a check says of a code. CLOCK: it hangs on a date that this device may have wrong."""

    VALID = "VALID"
    NOT_YET = "NOT_YET"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    WITHDRAWN = "WITHDRAWN"
    FORGED = "FORGED"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    UNREADABLE = "UNREADABLE"
    CLOCK = "CLOCK"


class Freshness(StrEnum):
    """How much the list of revoked cards says: NONE where there is no list to ask."""

    FRESH = "FRESH"
    OLD = "OLD"
    NONE = "NONE"


@dataclass(frozen=True)
class Check:
    """A verdict, with what it rests on. `card` is None where nothing could be read or believed."""

    verdict: Verdict
    freshness: Freshness = Freshness.NONE
    card: Card | None = None
    key: CardKey | None = None
    listed: Revocations | None = None
