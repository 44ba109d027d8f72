"""Two groups side by side: in each row a dot and a diamond on the lines of their 95 % intervals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.publish.charts.drawing import Dot, Drawing, Label, Line, Mark, Shape
from cauce.publish.charts.point import Number, Point
from cauce.publish.charts.rows import WIDE, Layout, Row, cut, layout, rows, ruler
from cauce.publish.charts.scale import Scale, scale_of

APART, HALF, KEY = 5.5, 5.5, 24.0


@dataclass(frozen=True)
class Both:
    """One figure of the two groups."""

    name: str
    first: Point
    second: Point


def pairs(
    title: str,
    description: str,
    groups: tuple[str, str],
    found: Sequence[Both],
    number: Number,
    *,
    width: float = WIDE,
) -> Drawing | None:
    """A row for each figure, from zero, below a key of the two groups; None if there is no number.

    Where a group has no number the reason stands in its place.
    """
    axis = scale_of([point for each in found for point in (each.first, each.second)], True)
    if axis is None:
        return None
    lay = layout(width)
    down = 2 * KEY if lay.above else KEY
    placed, height = rows([Point(each.name, None) for each in found], lay)
    marks: list[Mark] = [*_key(groups, lay)]
    below = [*ruler(axis, lay, height - 4, number)]
    for row, each in zip(placed, found, strict=True):
        below += _name(row, lay)
        below += _dot(each.first, axis, lay, row.y - APART)
        below += _diamond(each.second, axis, lay, row.y + APART)
    marks += (_lowered(mark, down) for mark in below)
    return Drawing(width, height + down, title, description, tuple(marks), elastic=True)


def _key(groups: tuple[str, str], lay: Layout) -> Iterator[Mark]:
    """The two signs with the names of the groups, one below the other where it is narrow."""
    wide = lay.width
    x, y = (0.0, KEY) if lay.above else (0.5 * wide, 0.0)
    letters = int(wide / (9 if lay.above else 18))
    yield Dot(0.02 * wide, 9, HALF, "dot s1")
    yield Label(0.05 * wide, 13.5, cut(groups[0], letters, 1)[0], "key")
    yield Shape((_corners(x + 0.02 * wide, y + 9, wide),), "dot s2", closed=True)
    yield Label(x + 0.05 * wide, y + 13.5, cut(groups[1], letters, 1)[0], "key")


def _name(row: Row, lay: Layout) -> Iterator[Mark]:
    first = row.top + 14 if lay.above else row.y + 4.5 - (len(row.name) - 1) * 17 / 2
    for i, text in enumerate(row.name):
        yield Label(0, first + i * 17, text, "name")


def _dot(point: Point, axis: Scale, lay: Layout, y: float) -> Iterator[Mark]:
    if point.value is None:
        yield from _why(point, lay, y)
        return
    if point.interval:
        low, high = (lay.across(axis, x) for x in point.interval)
        yield Line(low, y, high, y, "post s1")
    yield Dot(lay.across(axis, point.value), y, HALF, _kind("dot s1", point), point.told)


def _diamond(point: Point, axis: Scale, lay: Layout, y: float) -> Iterator[Mark]:
    if point.value is None:
        yield from _why(point, lay, y)
        return
    if point.interval:
        low, high = (lay.across(axis, x) for x in point.interval)
        yield Line(low, y, high, y, "post s2")
    corners = _corners(lay.across(axis, point.value), y, lay.width)
    yield Shape((corners,), _kind("dot s2", point), closed=True, told=point.told)


def _why(point: Point, lay: Layout, y: float) -> Iterator[Mark]:
    if point.why:
        yield Label(lay.width, y + 4.5, cut(point.why, 44, 1)[0], "none", "end")


def _kind(kind: str, point: Point) -> str:
    return f"{kind} weak" if point.weak else kind


def _corners(x: float, y: float, width: float) -> tuple[tuple[float, float], ...]:
    """A diamond; where the drawing is stretched it is, too, and stays one."""
    wide, high = HALF * min(width / 720, 1.0) + 1, HALF + 1
    return ((x - wide, y), (x, y - high), (x + wide, y), (x, y + high))


def _lowered(mark: Mark, down: float) -> Mark:
    """A mark below the key."""
    match mark:
        case Line(x1, y1, x2, y2, kind):
            return Line(x1, y1 + down, x2, y2 + down, kind)
        case Dot(x, y, radius, kind, told):
            return Dot(x, y + down, radius, kind, told)
        case Shape(rings, kind, closed, told):
            lower = tuple(tuple((x, y + down) for x, y in ring) for ring in rings)
            return Shape(lower, kind, closed, told)
        case Label(x, y, text, kind, anchor):
            return Label(x, y + down, text, kind, anchor)
        case _:
            return mark
