"""Classes of values for a map: about as many places in each, between round bounds."""

from bisect import bisect_right
from collections.abc import Sequence
from math import floor, log10

MOST = 5
ROUND = (5.0, 2.0, 1.0)


def bounds(values: Sequence[float], most: int = MOST) -> tuple[float, ...]:
    """The lowest value, the round bounds between classes, the highest value.

    A value belongs to the class whose lower bound it reaches. Equal values are never parted, so
    that there may be fewer classes than `most`.

    Raises:
        ValueError: there is no value.
    """
    found = sorted(values)
    kinds = sorted(set(found))
    count = min(most, len(kinds))
    between = []
    for i in range(1, count):
        at = bisect_right(kinds, found[len(found) * i // count]) - 1
        if at > 0:
            between.append(_roundest(kinds[at - 1], kinds[at]))
    return (kinds[0], *sorted(set(between)), kinds[-1])


def class_of(value: float, limits: tuple[float, ...]) -> int:
    """The number of the class a value belongs to, from 0."""
    return bisect_right(limits[1:-1], value)


def _roundest(low: float, high: float) -> float:
    """The roundest number above `low` and not above `high`."""
    power = floor(log10(max(abs(low), abs(high)))) + 1
    for digits in range(18):
        for step in ROUND:
            unit = step * 10.0 ** (power - digits)
            found = floor(high / unit) * unit
            if low < found <= high:
                return found
    return high
