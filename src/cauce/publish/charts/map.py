"""A map of the Americas: places shaded by classes of their value, the withheld hatched.

Where there is no figure at all the place is only outlined, so that nobody reads it as a low one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from cauce.publish.charts.classes import bounds, class_of
from cauce.publish.charts.drawing import Box, Dot, Drawing, Label, Line, Mark, Shape
from cauce.publish.charts.outlines import Outline, Ring, outlines
from cauce.publish.charts.point import Number, Point

ISLAND, WEAK = 2.8, 2.2
"""The radius of a place too small for an outline, and of the sign on a weak figure."""
HATCH = 4.0
ENTRY, SAMPLE = 21.0, 24.0
SHORT = 18
"""Letters of a class in a key of two columns."""
ABSENT, WITHHELD = "place absent", "place withheld"


@dataclass(frozen=True)
class Terms:
    """Words of the key: the unit, then for what is withheld, absent or weak."""

    unit: str
    withheld: str
    absent: str
    weak: str


def on_map(codes: Sequence[str]) -> list[str]:
    """Those of some alpha-3 codes that the map knows."""
    return [code for code in codes if code in outlines().whole]


def choropleth(
    title: str, description: str, points: Mapping[str, Point], number: Number, terms: Terms
) -> Drawing | None:
    """The places of the Americas by alpha-3 code; None if none of them has a number.

    A place without a point is absent, as one whose point has no number and is not withheld.
    """
    known = outlines()
    values = [p.value for code, p in points.items() if code in known.whole and p.value is not None]
    if not values:
        return None
    limits = bounds(values)
    kinds = {code: _kind(points.get(code), limits) for code in known.whole}
    # What is only outlined is drawn first: a border belongs to the neighbour that has a figure.
    order = sorted(known.whole, key=lambda code: (kinds[code] != ABSENT, kinds[code], code))
    marks: list[Mark] = []
    for scene in (known.whole, known.near):
        for code in order:
            # Small islands of the larger window would be one blot in the other.
            if code in scene and not (scene is known.whole and _better(code)):
                marks += _place(scene[code], kinds[code], points.get(code))
        marks += _signs(scene, points)
    marks.append(Box(*known.inset, "frame"))
    key, height = _key(limits, kinds, points, number, terms, known.height + 14)
    return Drawing(known.width, height, title, description, (*marks, *key))


def _better(code: str) -> bool:
    """Whether a place without outline is seen in the larger window."""
    known = outlines()
    return not known.whole[code].rings and code in known.near


def _kind(point: Point | None, limits: tuple[float, ...]) -> str:
    if point is None or (point.value is None and not point.withheld):
        return ABSENT
    return WITHHELD if point.value is None else _shade(class_of(point.value, limits), limits)


def _shade(place: int, limits: tuple[float, ...]) -> str:
    """The shade of a class: few classes are spread over all five shades."""
    last = len(limits) - 2
    return f"place c{1 + (round(place * 4 / last) if last else 2)}"


def _place(outline: Outline, kind: str, point: Point | None) -> Iterator[Mark]:
    told = point.told if point else ""
    if not outline.rings:
        yield Dot(outline.x, outline.y, ISLAND, kind, told)
        if kind == WITHHELD:
            x, y, r = outline.x, outline.y, ISLAND
            yield Line(x - r, y + r, x + r, y - r, "hatch")
        return
    yield Shape(outline.rings, kind, closed=True, told=told)
    if kind == WITHHELD:
        yield from hatched(outline.rings)


def _signs(scene: Mapping[str, Outline], points: Mapping[str, Point]) -> Iterator[Mark]:
    """A hollow dot on each weak figure."""
    for code, point in points.items():
        seen = code in scene and not (scene is outlines().whole and _better(code))
        if seen and point.weak and point.value is not None:
            yield Dot(scene[code].x, scene[code].y, WEAK, "dot weak", point.told)


def hatched(rings: Sequence[Ring], far: float = HATCH) -> Iterator[Line]:
    """Lines upwards to the right, so far apart, over an area with its holes left out."""
    edges = [edge for ring in rings for edge in zip(ring, (*ring[1:], ring[0]), strict=True)]
    sums = [x + y for ring in rings for x, y in ring]
    for i in range(ceil(min(sums) / far), ceil(max(sums) / far)):
        level, xs = i * far, []
        for (ax, ay), (bx, by) in edges:
            a, b = ax + ay - level, bx + by - level
            if (a > 0) != (b > 0):
                xs.append(ax + (bx - ax) * a / (a - b))
        xs.sort()
        for left, right in zip(xs[::2], xs[1::2], strict=True):
            yield Line(left, level - left, right, level - right, "hatch")


def _key(
    limits: tuple[float, ...],
    kinds: Mapping[str, str],
    points: Mapping[str, Point],
    number: Number,
    terms: Terms,
    top: float,
) -> tuple[list[Mark], float]:
    """What the shades stand for, and the height of all."""
    classes = [
        (_shade(i, limits), f"{number(low)} – {number(high)}" if low != high else number(low))
        for i, (low, high) in enumerate(pairwise(limits))
    ]
    others = [(kind, word) for kind, word in ((WITHHELD, terms.withheld), (ABSENT, terms.absent))
              if kind in kinds.values()]  # fmt: skip
    if any(point.weak and code in kinds for code, point in points.items()):
        others.append(("dot weak", terms.weak))
    beside = all(len(text) <= SHORT for _, text in classes)
    marks: list[Mark] = [Label(0, top + 12, terms.unit, "tick")]
    x, y, lowest = 0.0, top + ENTRY, top
    for column in (classes, others):
        if column is others and beside:
            x, y = 0.5 * outlines().width, top + ENTRY
        for kind, text in column:
            marks += _entry(x, y, kind, text)
            y += ENTRY
        lowest = max(lowest, y)
    return marks, lowest


def _entry(x: float, y: float, kind: str, text: str) -> Iterator[Mark]:
    if kind.startswith("dot"):
        yield Dot(x + SAMPLE / 2, y + 7, WEAK + 1, kind)
    else:
        yield Box(x + 1, y, SAMPLE, 14, kind)
    if kind == WITHHELD:
        corners = ((x + 1, y), (x + 1 + SAMPLE, y), (x + 1 + SAMPLE, y + 14), (x + 1, y + 14))
        yield from hatched((corners,))
    yield Label(x + SAMPLE + 8, y + 11.5, text, "value")
