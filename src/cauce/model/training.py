"""A course, who took part, and whom they taught in turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cauce.model.fact import Day
from cauce.model.record import Absent, Record, Records
from cauce.model.text import Text
from cauce.model.truth import Truth


@dataclass(frozen=True)
class CompletionRule:
    """What a participant must reach: a share of the hours, a score afterwards, or both."""

    min_attendance: float | None = None
    min_post: float | None = None


@dataclass(frozen=True)
class Attendance:
    """One session and whether somebody was there; Absent if nobody wrote it down."""

    hours: float
    present: bool | Absent


@dataclass(frozen=True)
class Participant:
    """Somebody in a course, by a token that says nothing of them. Scores are on one scale."""

    token: str
    sessions: tuple[Attendance, ...] = ()
    pre: float | Absent = Absent.NOT_STATED
    post: float | Absent = Absent.NOT_STATED


@dataclass(frozen=True)
class Completion:
    """Whether somebody completed a course, and why."""

    token: str
    truth: Truth
    because: Text


@dataclass(frozen=True)
class Gain:
    """Scores after less scores before, of those who have both.

    `mean`, `sd` and `improved` (a share) are None with the reason if too few have both.
    """

    participants: int
    both: int
    mean_pre: float | None
    mean_post: float | None
    mean: float | None
    sd: float | None
    improved: float | None
    because: Text | None = None


@dataclass(frozen=True)
class Taught:
    """In an edition, the trainers and whom they trained, by token.

    `more` counts participants without a token, whom nobody can tell apart from others. `follows` is
    the edition its trainers were trained in, where only that is known; "" if it is not.
    """

    edition: str
    trainers: tuple[str, ...]
    trained: tuple[str, ...]
    more: int = 0
    follows: str = ""


@dataclass(frozen=True)
class Cascade:
    """Whom a course reached. `generations[0]` are its own participants, each person counted once.

    With participants known only by number the reach lies between `low` and `high`. `again` counts
    those met more than once.
    """

    generations: tuple[int, ...]
    again: int
    uncounted: int
    low: int
    high: int


@dataclass(frozen=True)
class Posting:
    """Where somebody works; `until` None is "still", as was `confirmed` on a day."""

    token: str
    institution: str
    since: date
    confirmed: date
    until: Day | Absent | None = None


@dataclass(frozen=True)
class InPost:
    """One trained person: still in the post they were trained for, and due for a refresher."""

    token: str
    institution: str
    in_post: Truth
    refresher_due: Truth
    because: Text


@dataclass(frozen=True)
class Roster:
    """The trained people and, by institution, how many are in post, gone, or not known."""

    people: tuple[InPost, ...]
    institutions: Mapping[str, Mapping[Truth, int]]


@dataclass(frozen=True)
class CourseRecords:
    """Everything the registers hold that bears on an edition; records of others may be there."""

    key: str
    edition: Record
    course: Record
    editions: Records
    sessions: Records
    participants: Records


@dataclass(frozen=True)
class EditionReport:
    """An edition on a day. `reported` is the number its source gives, None if it gives none.

    `completions` are by the course's rule; without one, what the office wrote down. `differ` counts
    those of whom the two disagree. `roster` is None where the day of completion is not known.
    """

    edition: str
    on: date
    title: Text
    registered: int
    reported: int | None
    completions: tuple[Completion, ...]
    by_rule: bool
    differ: int
    gain: Gain
    cascade: Cascade
    roster: Roster | None
