"""Draws within a range somebody states, and what is told of draws."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.outlook.chance import stream

ENDS = (0.1, 0.5, 0.9)
"""The interval of 80 % that the method of every derived dataflow names, and its middle."""


@dataclass(frozen=True)
class Interval:
    """The ends of an interval and its middle, all of one shape."""

    low: Floats
    central: Floats
    high: Floats


def triangular(low: Floats, central: Floats, high: Floats, uniform: Floats) -> Floats:
    """Draws of triangles by inversion: `uniform` in [0, 1) and the ends broadcast together.

    A triangle without width gives its one number, and one with an unknown corner gives NaN. One
    uniform number may be used for many triangles: what is uncertain of a hazard is so everywhere
    at once.

    Source: Kotz and van Dorp (2004), Beyond Beta, section 1.1.
    """
    low, central, high = (np.asarray(each, dtype=float) for each in (low, central, high))
    width = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = np.where(width > 0, (central - low) / width, 0.0)
        left = low + np.sqrt(np.maximum(uniform * width * (central - low), 0))
        right = high - np.sqrt(np.maximum((1 - uniform) * width * (high - central), 0))
        found = np.where(uniform < turn, left, right)
    return np.where(width == 0, central, found) + 0 * (low + central + high)


def uniform(seed: int, name: str, draws: int) -> Floats:
    """One uniform number a draw, by purpose (`chance.stream`)."""
    return stream(seed, name).random(draws)


def interval(draws: Floats) -> Interval:
    """Low, middle and high of draws along their first axis; NaN where any draw is."""
    low, central, high = np.quantile(draws, ENDS, axis=0)
    return Interval(low, central, high)
