"""Amounts side by side: a bar each, always from zero, with its 95 % interval at its end."""

from collections.abc import Iterator, Sequence

from cauce.publish.charts.drawing import Box, Drawing, Line, Mark
from cauce.publish.charts.point import Number, Point
from cauce.publish.charts.rows import WIDE, Layout, Row, layout, rows, ruler, words_of
from cauce.publish.charts.scale import Scale, scale_of

THICK, CAP = 14.0, 4.0


def bars(
    title: str,
    description: str,
    points: Sequence[Point],
    number: Number,
    *,
    width: float = WIDE,
) -> Drawing | None:
    """A row for each point, those without a number with the reason; None if none has one."""
    axis = scale_of(points, from_zero=True)
    if axis is None:
        return None
    lay = layout(width)
    placed, height = rows(points, lay)
    marks: list[Mark] = list(ruler(axis, lay, height - 4, number))
    for row in placed:
        marks += words_of(row, lay)
        marks += _bar(row, axis, lay)
    return Drawing(width, height, title, description, tuple(marks), elastic=True)


def _bar(row: Row, axis: Scale, lay: Layout) -> Iterator[Mark]:
    point = row.point
    if point.value is None:
        return
    start, end = sorted((lay.across(axis, 0.0), lay.across(axis, point.value)))
    kind = "bar weak" if point.weak else "bar"
    yield Box(start, row.y - THICK / 2, end - start, THICK, kind, point.told)
    if point.interval:
        low, high = (lay.across(axis, x) for x in point.interval)
        yield Line(low, row.y, high, row.y, "whisker")
        for x in (low, high):
            yield Line(x, row.y - CAP, x, row.y + CAP, "whisker")
