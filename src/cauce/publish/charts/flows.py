"""Corridors: bands from origins to destinations, as thick as what flows in them.

The largest are drawn one by one and the rest together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cauce.publish.charts.drawing import Anchor, Box, Drawing, Label, Mark, Shape
from cauce.publish.charts.rows import TALL, WIDE, cut

MOST = 10
TALLEST, THIN, GAP = 230.0, 1.0, 10.0
"""Units: all bands together, the thinnest band that can be seen, the room between two."""
STEPS = 24


@dataclass(frozen=True)
class Flow:
    """What goes from an origin to a destination; `value` None if there is no number.

    `shown` is the number in figures, `said` all of it in words. `rest` is several flows together.
    """

    origin: str
    destination: str
    value: float | None
    weak: bool = False
    shown: str = ""
    said: str = ""
    rest: bool = False

    @property
    def told(self) -> str:
        return f"{self.origin} → {self.destination}: {self.said or self.shown}"

    @property
    def kind(self) -> str:
        return "flow rest" if self.rest else "flow weak" if self.weak else "flow"


@dataclass(frozen=True)
class Rest:
    """Words for flows taken together: their name by how many they are, and a sum in figures."""

    name: Callable[[int], str]
    shown: Callable[[float], str]


@dataclass(frozen=True)
class _Node:
    """A place at one side: its words, the top of its bar and how thick it is."""

    name: str
    lines: tuple[str, ...]
    shown: str
    top: float
    thick: float


@dataclass(frozen=True)
class _Side:
    """The bars of one side at `x`; their words at `words`, the numbers ending at `figures`.

    Without `figures` the number stands in the words. The words are `above` the bars or beside.
    """

    x: float
    words: float
    figures: float | None
    letters: int
    left: bool
    above: bool = False


def flows(
    title: str,
    description: str,
    found: Sequence[Flow],
    rest: Rest,
    *,
    most: int = MOST,
    width: float = WIDE,
) -> Drawing | None:
    """The `most` largest flows and the rest together; None if no flow is above zero.

    What is withheld has no thickness: say beside the drawing how many there are.
    """
    shown = largest(found, rest, most)
    if not shown:
        return None
    lefts = _named(shown, rest, left=True)
    rights = _named(shown, rest, left=False)
    sides = _sides(width, len(lefts) >= len(rights))
    total = sum(each.value or 0.0 for each in shown)
    both = [_nodes(of, side, total) for of, side in zip((lefts, rights), sides, strict=True)]
    height = max(bottom for _, bottom in both)
    placed = [_moved(nodes, (height - bottom) / 2) for nodes, bottom in both]
    marks: list[Mark] = list(_bands(shown, placed, sides, total))
    for nodes, side in zip(placed, sides, strict=True):
        for node in nodes:
            marks.append(Box(side.x - 2, node.top, 4, node.thick, "node"))
            marks += _words(node, side)
    return Drawing(width, height, title, description, tuple(marks), elastic=True)


def largest(found: Sequence[Flow], rest: Rest, most: int = MOST) -> list[Flow]:
    """The largest flows, and what is left as one; an end that all of those share keeps its name."""
    known = sorted(
        (each for each in found if each.value is not None and each.value > 0),
        key=lambda each: (-(each.value or 0.0), each.origin, each.destination),
    )
    kept, others = known[:most], known[most:]
    if len(others) < 2:
        return known
    origins = {each.origin for each in others}
    destinations = {each.destination for each in others}
    name = rest.name(len(others))
    shown = rest.shown(sum(each.value or 0.0 for each in others))
    together = Flow(
        origin=name if len(origins) > 1 else others[0].origin,
        destination=name if len(destinations) > 1 else others[0].destination,
        value=sum(each.value or 0.0 for each in others),
        shown=shown,
        rest=True,
    )
    return [*kept, together]


def _named(shown: Sequence[Flow], rest: Rest, left: bool) -> dict[str, tuple[float, str]]:
    """The places of one side in order, each with its sum and the sum in figures."""
    found: dict[str, tuple[float, str]] = {}
    for each in shown:
        name, value = each.origin if left else each.destination, each.value or 0.0
        if name in found:
            value += found[name][0]
            found[name] = (value, rest.shown(value))
        else:
            found[name] = (value, each.shown)
    return found


def _sides(width: float, many_left: bool) -> tuple[_Side, _Side]:
    """Where the bars stand; the side with more places gets the room for a column of numbers."""
    if width < 480:
        return (
            _Side(2, 0, None, 23, left=True, above=True),
            _Side(width - 2, width, None, 18, left=False, above=True),
        )
    if many_left:
        return (
            _Side(0.365 * width, 0.255 * width, 0.35 * width, 23, left=True),
            _Side(0.82 * width, 0.84 * width, None, 13, left=False),
        )
    return (
        _Side(0.18 * width, 0.16 * width, None, 13, left=True),
        _Side(0.635 * width, 0.65 * width, width, 26, left=False),
    )


def _nodes(
    of: dict[str, tuple[float, str]], side: _Side, total: float
) -> tuple[tuple[_Node, ...], float]:
    """The bars of a side from the top down, and where they end."""
    found, top = [], 0.0
    for name, (value, shown) in of.items():
        text = name if side.figures else f"{name} {shown}"
        lines = cut(text, side.letters, 3)
        thick = max(value / total * TALLEST, THIN)
        words = TALL * len(lines) + 2
        place = top + words + 3 if side.above else top + max(words - thick, 0.0) / 2
        found.append(_Node(name, lines, shown, place, thick))
        top += words + 3 + thick + GAP if side.above else max(words, thick) + GAP
    return tuple(found), top - GAP + 4


def _moved(nodes: tuple[_Node, ...], down: float) -> tuple[_Node, ...]:
    return tuple(_Node(n.name, n.lines, n.shown, n.top + down, n.thick) for n in nodes)


def _words(node: _Node, side: _Side) -> Iterator[Mark]:
    middle = node.top + node.thick / 2 + 4.5
    more = (len(node.lines) - 1) * TALL
    first = node.top - 5 - more if side.above else middle - more / 2
    anchor: Anchor = "end" if side.left != side.above else "start"
    for i, text in enumerate(node.lines):
        yield Label(side.words, first + i * TALL, text, "name", anchor)
    if side.figures is not None:
        yield Label(side.figures, middle, node.shown, "value", "end")


def _bands(
    shown: Sequence[Flow],
    placed: Sequence[tuple[_Node, ...]],
    sides: tuple[_Side, _Side],
    total: float,
) -> Iterator[Mark]:
    """Each band from its place in the bar at the left to its place in the bar at the right."""
    tops = [{node.name: node.top for node in nodes} for nodes in placed]
    for each in shown:
        thick = max((each.value or 0.0) / total * TALLEST, THIN)
        a, b = tops[0][each.origin], tops[1][each.destination]
        tops[0][each.origin] += thick
        tops[1][each.destination] += thick
        yield Shape((_band(sides[0].x, a, sides[1].x, b, thick),), each.kind, True, each.told)


def _band(
    x1: float, y1: float, x2: float, y2: float, thick: float
) -> tuple[tuple[float, float], ...]:
    """An even band that leaves and arrives level."""
    upper = []
    for i in range(STEPS + 1):
        t = i / STEPS
        bend = t * t * (3 - 2 * t)
        upper.append((x1 + (x2 - x1) * t, y1 + (y2 - y1) * bend))
    return (*upper, *((x, y + thick) for x, y in reversed(upper)))
