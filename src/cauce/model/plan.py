"""A plan of any levels, what it promises, and what is reported of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.text import Text

Direction = Literal["UP", "DOWN", "YESNO"]
Reported = Literal["VALUE", "NC", "NR"]
TaskState = Literal["YTS", "INP", "CMP", "DEL", "CAN", "NC", "NR"]


@dataclass(frozen=True)
class Node:
    """A place in the plan; `level` is what its users call it, `parent` "" at the top."""

    id: str
    parent: str
    level: Text
    name: Text
    weight: float = 1.0


@dataclass(frozen=True)
class Indicator:
    """What is to be reached. `targets` are by the day they are due.

    Of YESNO the baseline is 0 and the target 1. `baseline` None is unknown, and so is
    `baseline_on`: then no straight line begins at the baseline.
    """

    id: str
    node: str
    name: Text
    direction: Direction
    baseline: float | None
    baseline_on: date | None
    targets: Mapping[date, float]
    weight: float = 1.0


@dataclass(frozen=True)
class Report:
    """What a country reported of an indicator for the period that ends on `until`.

    NC says that nothing changed, which is data; NR that nobody reported, which is none.
    """

    indicator: str
    country: str
    until: date
    kind: Reported
    value: float | None = None


@dataclass(frozen=True)
class Task:
    """An activity, or a milestone if it has no start."""

    id: str
    node: str
    name: Text
    due: date | None
    start: date | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class TaskReport:
    """Where a country said a task stood on a day; CMP may say when it was done.

    Yet to start, in progress, completed, delayed, cancelled; NC no change, NR not reported.
    """

    task: str
    country: str
    on: date
    state: TaskState
    done_on: date | None = None
