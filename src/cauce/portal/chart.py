"""Figures as charts inside a page: each drawing twice where its layout depends on the width.

The style sheet shows the one that fits; a browser reads out and lays out only that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cauce.portal.figures import Figure, aloud
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Number, Point, Scale, embed, numbers, scale_of
from cauce.publish.charts.drawing import Dot, Line
from cauce.publish.charts.drawing import Mark as Drawn
from cauce.publish.charts.rows import NARROW, WIDE

STRIP, LONG = 22.0, 100.0
LARGE = 100_000


@dataclass(frozen=True)
class Mark:
    """One estimate in a chart, what it is of, and its place in time in years."""

    label: str
    figure: Figure
    at: float = 0.0


def point(mark: Mark) -> Point:
    told = mark.figure
    return Point(
        name=mark.label,
        value=told.raw,
        low=told.low,
        high=told.high,
        weak=told.weak,
        withheld=told.raw is None and "impossible" not in told.flags,
        why=told.why,
        shown=told.value,
        said=aloud(told),
        at=mark.at,
        broken="break" in told.flags,
        forecast="forecast" in told.flags,
    )


def axis_number(points: Iterable[Point], words: Words) -> Number:
    """Writes the numbers of an axis: short where they are large, 1.5M."""
    large = max((abs(x) for x in numbers(points)), default=0.0) >= LARGE
    return words.short if large else words.plain


def fitted(draw: Callable[[float], Drawing | None]) -> tuple[str, Drawing | None]:
    """A drawing for narrow and for wide places, and the wide one; "" and None without a number."""
    narrow, wide = draw(NARROW), draw(WIDE)
    if narrow is None or wide is None:
        return "", None
    return embed(narrow, "narrow") + embed(wide, "wide"), wide


def common_scale(figures: Iterable[Figure], from_zero: bool = True) -> Scale | None:
    """One axis for all figures and their intervals; None if there is no number among them."""
    return scale_of([point(Mark("", told)) for told in figures], from_zero)


def strip(told: Figure, axis: Scale | None) -> str:
    """One interval on the axis it shares with the other lines of a table; for the eye only."""
    if axis is None or told.raw is None:
        return ""
    y = STRIP / 2
    marks: list[Drawn] = []
    if told.low is not None and told.high is not None:
        marks.append(Line(_across(axis, told.low), y, _across(axis, told.high), y, "span"))
    marks.append(Dot(_across(axis, told.raw), y, 5, "dot weak" if told.weak else "dot"))
    return embed(Drawing(LONG, STRIP, "", "", tuple(marks), elastic=True), "strip", hidden=True)


def _across(axis: Scale, x: float) -> float:
    return 2 + axis.share(x) * (LONG - 4)
