"""A project that will be built: its money, its phases, whom it needs, and how sure that is."""

from dataclasses import dataclass

from cauce.model.text import Text


@dataclass(frozen=True)
class Range:
    """The least, the likeliest and the most of something, as somebody who knows puts it."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Phase:
    """A part of a project: when it begins, in years after the project, and how long it lasts.

    `work` is its part of all the work; those of a project add up to 1. `mix` are the parts of the
    phase's workers by code of occupation, adding up to 1.
    """

    begins: float
    lasts: float
    work: float
    mix: dict[str, float]


@dataclass(frozen=True)
class Project:
    """Money times labour is work, and phases say when it is done and by whom.

    `starts` is a moment in years (2027.5 is the middle of 2027) and `delay` the years by which it
    may come later. `millions` is the money, of `currency`, and `labour` the workers that a million
    employs for a year. `source` is who says so; without one there is no project. `industry` is the
    code of the one its workers are counted in.
    """

    id: str
    name: Text
    starts: float
    delay: Range
    millions: Range
    currency: str
    labour: Range
    phases: tuple[Phase, ...]
    source: Text
    industry: str = ""
