"""Rows of a chart: the name of each number, the room for its mark, the number in figures.

A narrow drawing has the names above the marks, a wide one beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from cauce.publish.charts.drawing import Anchor, Label, Line, Mark
from cauce.publish.charts.point import Number, Point
from cauce.publish.charts.scale import Scale

NARROW, WIDE = 320.0, 720.0
HEAD, TALL = 26.0, 17.0
LINES = 3
"""Of a name, at most; the table has it whole."""


@dataclass(frozen=True)
class Layout:
    """Where the parts of a row stand: `left` to `right` is for marks, `letters` fit a line."""

    width: float
    left: float
    right: float
    letters: int
    above: bool

    def across(self, axis: Scale, x: float) -> float:
        return self.left + axis.share(x) * (self.right - self.left)


@dataclass(frozen=True)
class Row:
    """One point in its row: the lines of its name, the top of the row, the height of its mark."""

    point: Point
    name: tuple[str, ...]
    top: float
    y: float


def layout(width: float) -> Layout:
    """The layout for a width; below 480 units the names stand above the marks."""
    if width < 480:
        return Layout(width, 0.02 * width, 0.98 * width, 29, above=True)
    return Layout(width, 0.35 * width, 0.87 * width, int(width / 24), above=False)


def rows(points: Sequence[Point], lay: Layout) -> tuple[tuple[Row, ...], float]:
    """Each point in its row, and the height of all."""
    found, top = [], HEAD
    for point in points:
        name = cut(point.name, lay.letters, LINES)
        words = TALL * len(name)
        height = words + 28 if lay.above else max(words + 13, 32.0)
        y = top + words + 13 if lay.above else top + height / 2
        found.append(Row(point, name, top, y))
        top += height
    return tuple(found), top + 4


def words_of(row: Row, lay: Layout) -> Iterator[Mark]:
    """The name, the number in figures or why there is none."""
    first = row.top + 14 if lay.above else row.y + 4.5 - (len(row.name) - 1) * TALL / 2
    for i, text in enumerate(row.name):
        yield Label(0, first + i * TALL, text, "name")
    if row.point.value is None:
        why = cut(row.point.why, 44 if lay.above else 60, 1)
        yield Label(0 if lay.above else lay.left + 7, row.y + 4.5, why[0], "none")
    elif row.point.shown:
        last = first + (len(row.name) - 1) * TALL if lay.above else row.y + 4.5
        yield Label(lay.width, last, row.point.shown, "value", "end")


def ruler(axis: Scale, lay: Layout, height: float, number: Number) -> Iterator[Mark]:
    """The grid and its numbers above it, a stronger line at zero if it is on the way."""
    last = len(axis.ticks) - 1
    for place, tick in enumerate(axis.ticks):
        x = lay.across(axis, tick)
        anchor: Anchor = "middle"
        if lay.above and place in (0, last):
            anchor = "start" if place == 0 else "end"
        yield Line(x, 18, x, height, "zero" if tick == 0 else "grid")
        yield Label(x, 12, number(tick), "tick", anchor)


def cut(text: str, letters: int, lines: int) -> tuple[str, ...]:
    """A text in lines that fit; the last ends in … if there is more."""
    found = wrap(text, letters) or [""]
    if len(found) > lines:
        rest = " ".join(found[lines - 1 :])
        found = [*found[: lines - 1], f"{rest[: letters - 1].rstrip()}…"]
    return tuple(found)
