"""A scenario: what is assumed to change, by how much, when, and who says so."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

LeverKind = Literal[
    "sector",
    "project",
    "participation",
    "graduates",
    "quota",
    "returns",
    "exits",
    "staffing",
    "crisis",
    "conditions",
    "training",
    "recognition",
]
Change = Literal["set", "add", "times"]

BASELINE = "BASELINE"
"""The id of the scenario without levers; no other one may have it."""


@dataclass(frozen=True)
class Lever:
    """One typed change on what it names, from a year to a year.

    `target` are the codes it applies to, by dimension; an empty one means everything. `amounts` are
    by year; `change` says whether they replace, are added to, or multiply what the baseline has.
    `source` is where the assumption comes from; without one there is no lever.
    """

    kind: LeverKind
    target: dict[str, str]
    change: Change
    unit: str
    amounts: dict[int, float]
    source: Text


@dataclass(frozen=True)
class Scenario:
    """A name, its levers, and what makes its draws the same as the baseline's.

    The scenario without levers is the baseline. `seed` and `draws` are shared by all scenarios of
    a run, so that the difference of two comes from their levers and not from chance.
    """

    id: str
    name: Text
    about: Text
    levers: tuple[Lever, ...]
    base_year: int
    horizon: int
    draws: int
    seed: int
