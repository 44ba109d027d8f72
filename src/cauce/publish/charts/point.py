"""What is drawn: a number with its interval, or the reason there is none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isfinite

Number = Callable[[float], str]
"""Writes a number of an axis as the reader's language does."""


@dataclass(frozen=True)
class Point:
    """One number of a chart, and what it is of.

    Where there is none `value` is None and `why` the reason; `withheld` says that there is a number
    that we may not or should not tell, unlike where none exists. `low` and `high` bound the 95 %
    interval, None if it is unknown. `shown` is the number as it stands beside its mark, `said`
    all of it in words, for who points at the mark. `at` is its place in time, in years. A `broken`
    number cannot be compared with those before it; a `forecast` was not observed.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    weak: bool = False
    withheld: bool = False
    why: str = ""
    shown: str = ""
    said: str = ""
    at: float = 0.0
    broken: bool = False
    forecast: bool = False

    @property
    def told(self) -> str:
        """The point in one line."""
        return f"{self.name}: {self.said or self.shown or self.why}"

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval, None if an end of it is unknown."""
        if self.low is None or self.high is None:
            return None
        return self.low, self.high


def numbers(points: Iterable[Point]) -> list[float]:
    """Every finite value and bound, in no order that matters."""
    found = (x for point in points for x in (point.value, point.low, point.high))
    return [x for x in found if x is not None and isfinite(x)]
