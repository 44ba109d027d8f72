"""What the text of an agreement says of a protection."""

from dataclasses import dataclass
from enum import StrEnum


class Coding(StrEnum):
    """Explicit and enforceable, mentioned, absent; NSEEN: nobody has seen the text."""

    ENFORCEABLE = "2"
    MENTIONED = "1"
    ABSENT = "0"
    NOT_SEEN = "NSEEN"


@dataclass(frozen=True)
class Provision:
    """One text on one theme."""

    text: str
    theme: str
    coding: Coding


@dataclass(frozen=True)
class Mention:
    """How many texts mention a theme, of those that were read.

    `share` is None if none was read. `low` and `high` are what it would be of all texts if no
    unread one, or every unread one, mentioned it.
    """

    theme: str
    enforceable: int
    mentioned: int
    absent: int
    not_seen: int
    share: float | None
    low: float | None
    high: float | None
