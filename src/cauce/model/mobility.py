"""Work abroad under a mechanism: what is left of a quota, how long steps take, who may be one."""

from dataclasses import dataclass
from datetime import date

from cauce.model.text import Text


@dataclass(frozen=True)
class QuotaUse:
    """What was taken of a quota, in the quota's own unit; `part` is "" for the whole.

    `used` None: it is not counted in permits or requests, and `why` says so. `ceiling` None is
    unknown, and so is what is left.
    """

    part: str
    unit: str
    ceiling: float | None
    used: int | None
    why: Text | None = None

    @property
    def left(self) -> float | None:
        return None if self.ceiling is None or self.used is None else self.ceiling - self.used


@dataclass(frozen=True)
class Passage:
    """One thing on its way through a step: since when, until when, and when it left otherwise."""

    since: date | None
    until: date | None
    left: date | None = None


@dataclass(frozen=True)
class Wait:
    """How many days a step takes: the median with its interval, of those done and those waiting.

    `done` are through; `waiting` are not, or left, and count for as long as they waited; `unknown`
    have no day to count from. `median` None: fewer than half are through. `low` and `high` bound
    it at 95 %; None where nothing does yet.
    """

    step: str
    done: int
    waiting: int
    unknown: int
    median: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Holder:
    """Whom a permit is for, as opened for a comparison and forgotten after it."""

    permit: str
    worker: str
    name: str
    document: str
    born: date | None


@dataclass(frozen=True)
class Alike:
    """Two permits that may be one person's under two codes, or two people's under one; and why."""

    one: str
    other: str
    why: Text
