"""Frames with what they count, the unknowns of which are not chosen yet."""

from dataclasses import dataclass

from cauce.model.arrays import Floats
from cauce.protect.span import Vector
from cauce.protect.system.frames import Crossing, Name


@dataclass(frozen=True)
class Columns:
    """The counts of frames of the same axes, over all of their places.

    `vectors` gives each as a sum of independent ones, times whole numbers, by position in `own`.
    `below` names those that are nowhere larger: the unemployed are 0 wherever the labour force is.
    `loose` are those whose margins are no sums. `rows` is in how many domains it holds.
    """

    vectors: dict[Name, Vector]
    own: tuple[Name, ...]
    below: dict[Name, tuple[Name, ...]]
    loose: frozenset[Name]
    rows: int


@dataclass(frozen=True)
class Part:
    """A frame, its counts, and what each is in every innermost domain, shape (domains,).

    Of an amount that is the weighted sum, NaN where it cannot be said. `waves` are those a year is
    the mean of.
    """

    frame: Crossing
    columns: Columns
    true: dict[Name, Floats]
    waves: int = 1
