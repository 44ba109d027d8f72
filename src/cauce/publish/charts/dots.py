"""Estimates side by side: a dot each, on the line of its 95 % interval."""

from collections.abc import Iterator, Sequence

from cauce.publish.charts.drawing import Dot, Drawing, Line, Mark
from cauce.publish.charts.point import Number, Point
from cauce.publish.charts.rows import WIDE, Layout, Row, layout, rows, ruler, words_of
from cauce.publish.charts.scale import Scale, scale_of


def dots(
    title: str,
    description: str,
    points: Sequence[Point],
    number: Number,
    *,
    width: float = WIDE,
    from_zero: bool = True,
) -> Drawing | None:
    """A row for each point, those without a number with the reason; None if none has one."""
    axis = scale_of(points, from_zero)
    if axis is None:
        return None
    lay = layout(width)
    placed, height = rows(points, lay)
    marks: list[Mark] = list(ruler(axis, lay, height - 4, number))
    for row in placed:
        marks += words_of(row, lay)
        marks += _estimate(row, axis, lay)
    return Drawing(width, height, title, description, tuple(marks), elastic=True)


def _estimate(row: Row, axis: Scale, lay: Layout) -> Iterator[Mark]:
    point = row.point
    if point.value is None:
        return
    if point.interval:
        low, high = (lay.across(axis, x) for x in point.interval)
        yield Line(low, row.y, high, row.y, "span")
    kind = "dot weak" if point.weak else "dot"
    yield Dot(lay.across(axis, point.value), row.y, 5.5, kind, point.told)
