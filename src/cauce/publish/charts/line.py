"""The course of numbers over time: a line in the band of its 95 % interval, honest about gaps.

Places along the axis are places in time. Nothing joins what has a gap or a break between it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor

from cauce.publish.charts.drawing import Box, Dot, Drawing, Label, Line, Mark, Shape
from cauce.publish.charts.point import Number, Point
from cauce.publish.charts.scale import Scale, scale_of

WIDE = 720.0
HEAD, FOOT, ENTRY = 16.0, 24.0, 20.0
LEFT, RIGHT = 0.13, 0.93
"""Shares of the width where the courses begin and end."""
FEW = 40
"""Up to so many points in a course each has a dot; in a longer one only those that need one."""
MOST = 5
"""Courses in one drawing: as many as can be told apart without colour."""
YEARS = (1, 2, 5, 10, 20, 50, 100)
LETTERS = "ABCDE"

Runs = Sequence[Sequence[Point]]


@dataclass(frozen=True)
class Series:
    """One course: its name, "" if it is alone, and its points in the order of time."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Field:
    """Where the courses are drawn, and what places stand for in time and value.

    A year is `year` units wide, `first` at `left`; a unit of the value is `unit` units high, the
    first tick at `bottom`.
    """

    width: float
    top: float
    bottom: float
    left: float
    first: float
    last: float
    year: float
    unit: float
    axis: Scale

    def along(self, at: float) -> float:
        return self.left + (at - self.first) * self.year

    def up(self, x: float | None) -> float:
        return self.bottom - ((x or 0.0) - self.axis.ticks[0]) * self.unit


def _field(points: Sequence[Point], axis: Scale, width: float, top: float, tall: float) -> Field:
    times = [point.at for point in points]
    first, last = min(times), max(times)
    room = (RIGHT - LEFT) * width
    alone = last <= first
    return Field(
        width=width,
        top=top,
        bottom=top + tall,
        left=LEFT * width + (room / 2 if alone else 0.0),
        first=first,
        last=last,
        year=0.0 if alone else room / (last - first),
        unit=tall / (axis.ticks[-1] - axis.ticks[0]),
        axis=axis,
    )


def line(
    title: str,
    description: str,
    courses: Sequence[Series],
    number: Number,
    *,
    unit: str = "",
    broken: str = "",
    axis: Scale | None = None,
    width: float = WIDE,
    height: float = 280.0,
) -> Drawing | None:
    """At most five courses on one scale; None if none has a number.

    `unit` is written at the head of the axis, `broken` at a break in the series. An `axis` given
    is shared with other drawings. More than one course has letters at their ends, and a key.

    Raises:
        ValueError: there are more courses than can be told apart.
    """
    if len(courses) > MOST:
        raise ValueError(f"{len(courses)} courses cannot be told apart; draw {MOST} at most.")
    points = [point for each in courses for point in each.points]
    axis = axis or scale_of(points, from_zero=False)
    if axis is None:
        return None
    many = len(courses) > 1
    top = HEAD + (ENTRY * len(courses) if many else 0) + (16 if unit else 0)
    field = _field(points, axis, width, top, height - HEAD - FOOT)
    marks = [*_ruler(field, number, unit), *_stops(points, field), *_key(courses, many)]
    marks += _gaps(courses[0].points, field) if not many else ()
    marks += [Line(x, field.top, x, field.bottom, "break") for x in _breaks(points, field)]
    marks += _broken_words(points, field, broken)
    stretches = [runs(each.points) for each in courses]
    for layer in (_bands, _lines, _dots):
        for i, found in enumerate(stretches):
            marks += layer(found, field, f" s{i + 1}" if many else "")
    marks += _ends(courses, field, many)
    return Drawing(width, field.bottom + FOOT, title, description, tuple(marks), elastic=True)


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """Stretches that may be joined: without a missing number, a missing period or a break."""
    step = _step(points)
    found: list[list[Point]] = [[]]
    before: Point | None = None
    for point in points:
        if point.value is None:
            before = None
            continue
        far = before is not None and point.at - before.at > 1.5 * step
        if before is None or far or point.broken:
            found.append([])
        found[-1].append(point)
        before = point
    return [run for run in found if run]


def _step(points: Sequence[Point]) -> float:
    """The usual distance of two periods, in years: the lower median."""
    steps = sorted(b.at - a.at for a, b in pairwise(points))
    return steps[(len(steps) - 1) // 2] if steps else 1.0


def _ruler(field: Field, number: Number, unit: str) -> Iterator[Mark]:
    for tick in field.axis.ticks:
        y = field.up(tick)
        yield Line(0, y, field.width, y, "zero" if tick == 0 else "grid")
        yield Label(0, y - 4, number(tick), "tick")
    if unit:
        yield Label(0, field.top - 22, unit, "tick")


def _stops(points: Iterable[Point], field: Field) -> Iterator[Mark]:
    """Names along the foot: every period if they are few, else round years."""
    names = {point.at: point.name for point in points}
    if len(names) > 5 and field.last - field.first >= 2:
        names = {float(year): str(year) for year in _years(field.first, field.last)}
    elif len(names) > 5:
        places = sorted(names)
        names = {at: names[at] for at in (places[0], places[len(places) // 2], places[-1])}
    for at, name in names.items():
        x = field.along(at)
        yield Line(x, field.bottom, x, field.bottom + 5, "axis")
        yield Label(x, field.bottom + 19, name, "tick", "middle")


def _years(first: float, last: float) -> Iterator[int]:
    """Round years between two places in time, at most seven."""
    begin, end = ceil(first), floor(last)
    step = next((s for s in YEARS if (end - begin) / s <= 6), YEARS[-1])
    return iter(range(ceil(begin / step) * step, end + 1, step))


def _key(courses: Sequence[Series], many: bool) -> Iterator[Mark]:
    for i, each in enumerate(courses if many else ()):
        y = 12 + ENTRY * i
        yield Label(0, y, LETTERS[i], "key")
        yield Line(0.05 * WIDE, y - 4.5, 0.13 * WIDE, y - 4.5, f"course s{i + 1}")
        yield Label(0.145 * WIDE, y, each.name, "value")


def _gaps(points: Sequence[Point], field: Field) -> Iterator[Mark]:
    """A stretch over the periods that should have a number and have none, with the reasons."""
    half = _step(points) / 2
    for missing, run in groupby(points, lambda point: point.value is None):
        if missing:
            some = list(run)
            a = field.along(max(some[0].at - half, field.first))
            b = field.along(min(some[-1].at + half, field.last))
            told = "; ".join(point.told for point in some)
            yield Box(a, field.top, max(b - a, 1.0), field.bottom - field.top, "gap", told)


def _breaks(points: Iterable[Point], field: Field) -> list[float]:
    """Where a series breaks: halfway to the period before, or at the first."""
    broken = sorted({point.at for point in points if point.broken and point.at > field.first})
    times = sorted({point.at for point in points})
    return [field.along((at + max(t for t in times if t < at)) / 2) for at in broken]


def _broken_words(points: Iterable[Point], field: Field, word: str) -> Iterator[Mark]:
    for x in _breaks(points, field) if word else ():
        right = x > 0.7 * field.width
        place = x + (-0.01 if right else 0.01) * field.width
        yield Label(place, field.top + 10, word, "tick", "end" if right else "start")


def _bands(found: Runs, field: Field, of: str) -> Iterator[Mark]:
    """The band of what was observed, and the band of what is ahead, which begins at its last end.

    They hold intervals of two kinds (95 and 80 %), so that no band runs through both.
    """
    for run in found:
        known = [p for p in run if p.interval]
        ahead = [i for i, p in enumerate(known) if p.forecast]
        first = ahead[0] if ahead else len(known)
        yield from _band(known[:first], field, of)
        yield from _band(known[max(first - 1, 0) :] if ahead else [], field, f"{of} ahead")


def _band(known: Sequence[Point], field: Field, of: str) -> Iterator[Mark]:
    bounds = [(p.at, *p.interval) for p in known if p.interval]
    if len(bounds) == 1:
        x = field.along(bounds[0][0])
        yield Line(x, field.up(bounds[0][1]), x, field.up(bounds[0][2]), f"post{of}")
    if len(bounds) > 1:
        upper = [(field.along(at), field.up(high)) for at, _, high in bounds]
        lower = [(field.along(at), field.up(low)) for at, low, _ in reversed(bounds)]
        yield Shape((tuple(upper + lower),), f"band{of}", closed=True)


def _lines(found: Runs, field: Field, of: str) -> Iterator[Mark]:
    for run in found:
        seen = [p for p in run if not p.forecast]
        ahead = [p for p in run if p.forecast]
        # The first step into what is ahead is a forecast too.
        for part, word in ((seen, ""), ([*seen[-1:], *ahead] if ahead else [], " forecast")):
            if len(part) > 1:
                ring = tuple((field.along(p.at), field.up(p.value)) for p in part)
                yield Shape((ring,), f"course{of}{word}")


def _dots(found: Runs, field: Field, of: str) -> Iterator[Mark]:
    """A dot for each number of a short course; in a long one for weak and lonely ones."""
    few = sum(len(run) for run in found) <= FEW
    for run in found:
        for p in run:
            if few or p.weak or len(run) == 1:
                kind = f"dot{of} weak" if p.weak else f"dot{of}"
                yield Dot(field.along(p.at), field.up(p.value), 4.5 if few else 3.0, kind, p.told)


def _ends(courses: Sequence[Series], field: Field, many: bool) -> Iterator[Mark]:
    """Letters at the ends of courses; alone, the last number in figures."""
    taken: list[float] = []
    for i, each in enumerate(courses):
        last = next((p for p in reversed(each.points) if p.value is not None), None)
        if last is None or last.value is None:
            continue
        x, y = field.along(last.at), field.up(last.value)
        if not many:
            up = max(y - 10, field.top - 2)
            yield Label(min(x + 0.02 * WIDE, field.width), up, last.shown, "key", "end")
            continue
        while any(abs(y - other) < 13 for other in taken):
            y += 4
        taken.append(y)
        yield Label(x + 0.025 * field.width, y + 4.5, LETTERS[i], "key")
