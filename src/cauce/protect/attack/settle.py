"""What single numbers say at once, before any programme is solved: zeros, remainders and bounds."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from math import inf

from cauce.protect.span import Vector
from cauce.protect.told import System, Told


@dataclass
class Settled:
    """A system after what each number says by itself.

    `known` are unknowns with their value. `floor` and `ceiling` bound others (0 and infinite where
    not named). `rows` are what is left of each number told, by its position, as (sum, low, high);
    numbers that say nothing more are left out. `because` names for an unknown the numbers told
    that made it known or bounded it; what made others known in those is not repeated. `beside`
    names the numbers that were taken from another.
    """

    known: dict[int, float] = field(default_factory=dict)
    floor: dict[int, float] = field(default_factory=dict)
    ceiling: dict[int, float] = field(default_factory=dict)
    rows: dict[int, tuple[Vector, float, float]] = field(default_factory=dict)
    because: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    beside: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


NOISE = 1e-9
"""How far off a printed amount may be, relative to it, as a sum of numbers with a point is."""


def loosened(system: System) -> System:
    """The system with room around its amounts, since sums of them agree to some digits only.

    Without it a reader would be told what cannot be true, by the last digit of a float.
    """
    return replace(system, told=tuple(_loose(system, one) for one in system.told))


def _loose(system: System, one: Told) -> Told:
    if all(system.whole[unknown] for unknown in one.sum):
        return one
    return replace(one, low=one.low - NOISE * abs(one.low), high=one.high + NOISE * abs(one.high))


def settle(system: System) -> Settled:
    """Take out of the system whatever one number after the other makes known.

    A sum of 0 is 0 in all its parts; a sum of one unknown bounds it.
    """
    found = Settled()
    rows = [(dict(one.sum), one.low, one.high) for one in system.told]
    users: dict[int, list[int]] = defaultdict(list)
    for row, (vector, _, _) in enumerate(rows):
        for unknown in vector:
            users[unknown].append(row)
    waiting = list(range(len(rows) - 1, -1, -1))
    while waiting:
        row = waiting.pop()
        vector, low, high = rows[row]
        if len(vector) != 1 and low != 0 and high != 0:
            continue  # it says nothing by itself: most do not
        for unknown, value in _said(found, row, vector, low, high):
            found.known[unknown] = value
            for other in users[unknown]:
                rows[other] = _without(rows[other], unknown, value)
                waiting.append(other)
    found.rows = {row: rest for row, rest in enumerate(rows) if len(rest[0]) > 1}
    return found


def _without(
    rest: tuple[Vector, float, float], unknown: int, value: float
) -> tuple[Vector, float, float]:
    vector, low, high = rest
    gone = vector.pop(unknown) * value
    return vector, low - gone, high - gone


def _said(
    found: Settled, row: int, vector: Vector, low: float, high: float
) -> list[tuple[int, float]]:
    """The unknowns that what is left of one number makes known; bounds are noted on the way."""
    if len(vector) == 1:
        ((unknown, factor),) = vector.items()
        ends = sorted((low / factor, high / factor))
        return _bounded(found, row, unknown, *ends)
    if (high == 0 and min(vector.values(), default=0) > 0) or (
        low == 0 and max(vector.values(), default=0) < 0
    ):
        for unknown in vector:
            found.because[unknown].add(row)
        return [(unknown, 0.0) for unknown in vector]
    return []


def _bounded(
    found: Settled, row: int, unknown: int, low: float, high: float
) -> list[tuple[int, float]]:
    if low > found.floor.get(unknown, 0.0):
        found.floor[unknown] = low
        found.because[unknown].add(row)
    if high < found.ceiling.get(unknown, inf):
        found.ceiling[unknown] = high
        found.because[unknown].add(row)
    floor = found.floor.get(unknown, 0.0)
    return [(unknown, floor)] if floor == found.ceiling.get(unknown, inf) else []
