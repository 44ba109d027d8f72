"""IRIS: what a recruiter did towards it, how far that goes, and what is due by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.checklist import Checklist
from cauce.model.text import Text

DueState = Literal["DONE", "DONE_LATE", "DUE", "OVERDUE", "UNKNOWN"]


@dataclass(frozen=True)
class CapacityLevel:
    """A level, reached once every step of `steps` was taken; `assessed`: a whole assessment is one.

    `mark` is how sure the name of the level is. What a level takes is ours.
    """

    id: str
    name: Text
    step: str
    assessed: bool
    mark: str


@dataclass(frozen=True)
class Clock:
    """What runs from a state of an application (`state`), or from the training (""), and how long.

    `about` says that the time is not exact. `mark` is how sure it is.
    """

    id: str
    name: Text
    state: str
    days: int
    months: int
    about: bool
    mark: str


@dataclass(frozen=True, kw_only=True)
class IrisFrame(Checklist):
    """The checklist with the levels of capacity, lowest first, and the clocks."""

    levels: tuple[CapacityLevel, ...]
    clocks: tuple[Clock, ...]


@dataclass(frozen=True)
class Taken:
    """A step, a follow-up or a state of an application, on a day; None if the day is not known."""

    id: str
    on: date | None
    evidence: str = ""


@dataclass(frozen=True)
class Progress:
    """What a recruiter is recorded to have done. `trained_on` starts the clocks of follow-up.

    `followed` are follow-ups by the clock they answer to, `states` those of the application.
    """

    trained_on: date | None
    steps: tuple[Taken, ...]
    followed: tuple[Taken, ...]
    states: tuple[Taken, ...]


@dataclass(frozen=True)
class Reached:
    """The highest level reached with everything below it; None if not even the first.

    `because` says on what ground, by level; `lacking` what the next level takes, None for nothing.
    """

    level: CapacityLevel | None
    because: Mapping[str, Text]
    lacking: Text | None


@dataclass(frozen=True)
class Due:
    """One clock on a day. `days` are those late if overdue or done late, else those to go."""

    clock: Clock
    state: DueState
    due: date | None
    days: int


@dataclass(frozen=True)
class Certified:
    """What a certifying body recorded, as it stands on a day; `state` "" where nothing holds."""

    body: str
    number: str
    state: str
    since: date | None
    until: date | None
    source: str
