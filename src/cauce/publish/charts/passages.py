"""Who could pass from where to where: arrows between places, as thick as the people on them.

Places that the map of the Americas knows stand where they lie. Others, as invented ones, stand
around a ring in the order given: nobody may read a place into it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from cauce.publish.charts.drawing import Box, Dot, Drawing, Label, Mark, Shape
from cauce.publish.charts.outlines import Outline, outlines
from cauce.publish.charts.rows import TALL, cut

WIDTH, HEIGHT = 360.0, 322.0
MIDDLE, ROUND = (180.0, 158.0), (124.0, 104.0)
"""Of the ring, in units: where its middle is, and how far it reaches across and down."""
THICKEST, THINNEST, CLOSED = 15.0, 1.5, 2.4
STEPS, HEAD, CLEAR, BEND = 18, 11.0, 9.0, 0.22
"""Points of an arrow, length of its head, room kept from both places, and how far it bows out."""
LETTERS = 17
ROOM, LEAST = 1.7, 8.0
"""How much wider than its places a map is, and how far these are apart at least, for its scale."""
Spot = tuple[float, float]


@dataclass(frozen=True)
class Move:
    """People who could pass from one place to another; `value` None where a new way would help.

    `shown` is the number in figures, `said` all of it in words.
    """

    origin: str
    destination: str
    value: float | None
    shown: str = ""
    said: str = ""


def passages(
    title: str, description: str, names: Mapping[str, str], moves: Sequence[Move]
) -> Drawing | None:
    """The moves between places, each by its code in `names`; None if nobody could pass anywhere."""
    known = [one for one in moves if one.value]
    if not known:
        return None
    codes = [code for code in names if any(code in (m.origin, m.destination) for m in moves)]
    spots, ground = _places(codes)
    most = max(one.value or 0.0 for one in known)
    marks: list[Mark] = [*ground]
    for one in sorted(moves, key=lambda each: (each.value is not None, -(each.value or 0.0))):
        marks += _arrow(one, spots[one.origin], spots[one.destination], most)
    for code in codes:
        marks.append(Dot(*spots[code], 5.5, "node", names[code]))
    for code in codes:
        marks += _name(names[code], spots[code], spots)
    marks += [_number(one, spots[one.origin], spots[one.destination]) for one in known]
    return Drawing(WIDTH, HEIGHT, title, description, tuple(marks))


def _places(codes: Sequence[str]) -> tuple[dict[str, Spot], list[Mark]]:
    """Where each place is, and the land beneath, within the drawing."""
    land = outlines()
    for scene in (land.near, land.whole):
        if all(code in scene for code in codes):
            return _on_land(codes, scene)
    turn = 2 * pi / len(codes)
    ring = {
        code: (MIDDLE[0] + ROUND[0] * sin(turn * at), MIDDLE[1] - ROUND[1] * cos(turn * at))
        for at, code in enumerate(codes)
    }
    return ring, []


def _on_land(
    codes: Sequence[str], scene: Mapping[str, Outline]
) -> tuple[dict[str, Spot], list[Mark]]:
    """The part of a map that holds the places, as large as fits."""
    xs, ys = ([getattr(scene[code], axis) for code in codes] for axis in ("x", "y"))
    wide = max(max(xs) - min(xs), (max(ys) - min(ys)) * WIDTH / HEIGHT, LEAST) * ROOM
    factor = WIDTH / wide
    left = (max(xs) + min(xs)) / 2 - wide / 2
    top = (max(ys) + min(ys)) / 2 - HEIGHT / factor / 2

    def moved(x: float, y: float) -> Spot:
        return (x - left) * factor, (y - top) * factor

    rings = (tuple(moved(*at) for at in ring) for one in scene.values() for ring in one.rings)
    shown = (cropped(ring, WIDTH, HEIGHT) for ring in rings)
    ground: list[Mark] = [Shape((ring,), "place absent", closed=True) for ring in shown if ring]
    ground.append(Box(0, 0, WIDTH, HEIGHT, "frame"))
    return {code: moved(scene[code].x, scene[code].y) for code in codes}, ground


def cropped(ring: Sequence[Spot], wide: float, high: float) -> tuple[Spot, ...]:
    """The part of an area that lies within a frame from 0, 0; empty if none does.

    Source: Sutherland & Hodgman (1974), Reentrant polygon clipping, CACM 17(1).
    """
    found = list(ring)
    for axis, limit, sign in ((0, 0.0, 1), (0, wide, -1), (1, 0.0, 1), (1, high, -1)):
        before, found = found, []
        for at, one in enumerate(before):
            last = before[at - 1]
            inside, was = (sign * (each[axis] - limit) >= 0 for each in (one, last))
            if inside != was:
                part = (limit - last[axis]) / (one[axis] - last[axis])
                cut_at = [a + (b - a) * part for a, b in zip(last, one, strict=True)]
                found.append((cut_at[0], cut_at[1]))
            if inside:
                found.append(one)
    return tuple(found)


def _arrow(one: Move, start: Spot, end: Spot, most: float) -> Iterator[Mark]:
    thick = CLOSED if one.value is None else max(one.value / most * THICKEST, THINNEST)
    course = _course(start, end)
    shaft, tip = course[:-1], course[-1]
    sides: list[list[Spot]] = [[], []]
    for at, (x, y) in enumerate(shaft):
        across, down = _along(shaft, at)
        for side, sign in zip(sides, (1, -1), strict=True):
            side.append((x - sign * down * thick / 2, y + sign * across * thick / 2))
    across, down = _along(shaft, len(shaft) - 1)
    (x, y), wing = shaft[-1], thick / 2 + 4
    head = [(x - down * wing, y + across * wing), tip, (x + down * wing, y - across * wing)]
    ring = (*sides[0], *head, *reversed(sides[1]))
    yield Shape((ring,), "flow weak" if one.value is None else "flow", True, one.said)


def _course(start: Spot, end: Spot) -> list[Spot]:
    """Points of a bow from one place to another, clear of both; the last one is its tip."""
    far = max(hypot(end[0] - start[0], end[1] - start[1]), 1.0)
    first, last = CLEAR / far, 1 - CLEAR / far
    neck = max(last - HEAD / far, first)
    parts = [first + (neck - first) * at / STEPS for at in range(STEPS + 1)]
    return [_at(start, end, part) for part in (*parts, last)]


def _at(start: Spot, end: Spot, part: float) -> Spot:
    """A point of the bow, which leans to the left of who goes: two ways lie apart."""
    wide, high = end[0] - start[0], end[1] - start[1]
    bow = 4 * BEND * part * (1 - part)
    return start[0] + wide * part + high * bow, start[1] + high * part - wide * bow


def _along(course: Sequence[Spot], at: int) -> Spot:
    before, after = course[max(at - 1, 0)], course[min(at + 1, len(course) - 1)]
    far = max(hypot(after[0] - before[0], after[1] - before[1]), 1e-9)
    return (after[0] - before[0]) / far, (after[1] - before[1]) / far


def _number(one: Move, start: Spot, end: Spot) -> Label:
    x, y = _at(start, end, 0.5)
    return Label(x, y + 4.5, one.shown, "value", "middle")


def _name(name: str, spot: Spot, spots: Mapping[str, Spot]) -> Iterator[Label]:
    """The words of a place above the highest one and below all others."""
    lines = cut(name, LETTERS, 2)
    highest = spot[1] <= min(y for _, y in spots.values())
    top = spot[1] - 12 - (len(lines) - 1) * TALL if highest else spot[1] + 21
    for at, line in enumerate(lines):
        yield Label(spot[0], top + at * TALL, line, "name", "middle")
