"""Figures as charts inside a page: each drawing twice where its layout depends on the width.

The style sheet shows the one that fits; a browser reads out and lays out only that.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cauce.portal.figures import Figure, aloud
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Number, Point, Scale, embed, numbers, scale_of
from cauce.publish.charts import dots as draw_dots
from cauce.publish.charts.drawing import Dot, Line
from cauce.publish.charts.drawing import Mark as Drawn
from cauce.publish.charts.line import Series, line
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


def dots(title: str, description: str, marks: Sequence[Mark], words: Words) -> str:
    """Dots with 95 % intervals; where one is withheld, the reason. "" if there is no number."""
    points = [point(mark) for mark in marks]
    number = axis_number(points, words)
    return fitted(lambda width: draw_dots(title, description, points, number, width=width))[0]


def course(title: str, marks: Sequence[Mark], axis: Scale, words: Words) -> str:
    """The course of one figure over its periods, with a band for the 95 % interval."""
    drawn = course_drawing(title, marks, axis, words)
    return embed(drawn, "course") if drawn else ""


def course_drawing(title: str, marks: Sequence[Mark], axis: Scale, words: Words) -> Drawing | None:
    """As `course`, before it is put on a page. Marks without a place in time stand evenly."""
    placed = marks if any(mark.at for mark in marks) else _evenly(marks)
    points = tuple(point(mark) for mark in placed)
    said = "; ".join(each.told for each in points)
    number = axis_number(points, words)
    broken = words("break_in_series")
    return line(title, said, [Series("", points)], number, broken=broken, axis=axis, height=200.0)


def _evenly(marks: Sequence[Mark]) -> list[Mark]:
    return [Mark(mark.label, mark.figure, float(i)) for i, mark in enumerate(marks)]


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
