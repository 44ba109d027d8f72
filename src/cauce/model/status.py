"""How the system is, in lines an administrator can read."""

from dataclasses import dataclass
from enum import StrEnum

from cauce.model.text import Text


class Health(StrEnum):
    """Whether somebody has to do something: no, soon, now."""

    WELL = "well"
    LOOK = "look"
    ACT = "act"


@dataclass(frozen=True)
class Line:
    """One thing, how it is, and what to do about it if anything."""

    id: str
    name: Text
    health: Health
    said: Text


@dataclass(frozen=True)
class Status:
    """Everything that was looked at, and when; moments are ISO 8601 in UTC."""

    at: str
    program: str
    lines: tuple[Line, ...]
