"""How a plan stands on a day, country by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.plan import Node
from cauce.model.progress import NodeProgress, Progress
from cauce.model.record import Record, Records
from cauce.model.text import Text


@dataclass(frozen=True)
class PlanRecords:
    """Everything the registers hold that bears on a plan; records of other plans may be there."""

    key: str
    plan: Record
    nodes: Records
    indicators: Records
    milestones: Records
    reports: Records
    memberships: Records


@dataclass(frozen=True)
class Leaf:
    """An indicator or a milestone of one country, "" if it is the region's own."""

    name: Text
    kind: Literal["indicator", "milestone"]
    progress: Progress


@dataclass(frozen=True)
class Standing:
    """A plan on a day: its places, what lies below each, and every leaf.

    `silent` are the countries that have never reported anything; `cancelled` counts milestones
    that were given up, which are in no sum.
    """

    plan: str
    on: date
    nodes: tuple[Node, ...]
    below: Mapping[str, NodeProgress]
    leaves: tuple[Leaf, ...]
    silent: tuple[str, ...]
    cancelled: int


@dataclass(frozen=True)
class HandOver:
    """One presidency gives a plan to the next; None and "" are not known."""

    year: int
    country: str
    next_country: str = ""
    since: date | None = None
    until: date | None = None
