"""Round numbers along an axis, and where a value stands among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

from cauce.publish.charts.point import Point, numbers

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """An axis from its first to its last tick."""

    ticks: tuple[float, ...]

    def share(self, x: float) -> float:
        """Where a value stands: 0 at the first tick, 1 at the last."""
        first, last = self.ticks[0], self.ticks[-1]
        return min(max((x - first) / (last - first), 0.0), 1.0)


def scale(low: float, high: float, about: int = 5) -> Scale:
    """Some `about` round steps from at or below `low` to at or above `high`."""
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-100):  # nothing an axis could show
        high = low + (abs(low) if abs(low) > 1e-100 else 1.0)
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(s * power for s in STEPS if s * power >= raw * 0.999)
    first, last = floor(low / step), ceil(high / step)
    return Scale(tuple(n * step for n in range(first, last + 1)))


def scale_of(points: Iterable[Point], from_zero: bool) -> Scale | None:
    """One axis for all points and their intervals; None if there is no number among them.

    Not `from_zero` still begins there where zero is near: cutting it off would gain nothing.
    """
    told = numbers(points)
    if not told:
        return None
    low, high = min(told), max(told)
    if from_zero or 0 <= low < 0.35 * high:
        return scale(min(0.0, low), max(0.0, high))
    return scale(low - (high - low) * 0.08, high)
