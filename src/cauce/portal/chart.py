"""Charts as SVG made on the server: estimates with their intervals, read without scripts.

Horizontal places are percentages of the width, so that words keep their size on every screen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from cauce.portal.figures import Figure, aloud
from cauce.portal.scale import Scale, scale
from cauce.portal.words import Words

ROW, TOP, EDGE = 44, 30, 2.0
COURSE, ABOVE, BELOW = 150, 12, 26
STRIP = 22
LONGEST = 40


@dataclass(frozen=True)
class Mark:
    """One estimate in a chart, and what it is of."""

    label: str
    figure: Figure


def common_scale(figures: Iterable[Figure], from_zero: bool = True) -> Scale | None:
    """One axis for all figures and their intervals; None if there is no number among them."""
    told = [x for f in figures for x in (f.raw, f.low, f.high) if x is not None]
    if not told:
        return None
    low, high = min(told), max(told)
    return scale(min(0.0, low) if from_zero else low - (high - low) * 0.1, high)


def dots(title: str, description: str, marks: Sequence[Mark], words: Words) -> str:
    """Dots with 95 % intervals, each below its name; where one is withheld, the reason.

    Returns "" if there is no number to draw.
    """
    axis = common_scale(mark.figure for mark in marks)
    if axis is None:
        return ""
    height = TOP + ROW * len(marks)
    parts = [_open("dots", height, title, description), _ticks(axis, height, words)]
    for row, mark in enumerate(marks):
        top = TOP + ROW * row
        name = escape(shortened(mark.label))
        parts.append(f'<text class="name" x="{EDGE}%" y="{top + 15}">{name}</text>')
        parts.append(_estimate(mark, axis, top + 30))
    return "".join((*parts, "</svg>"))


def shortened(label: str) -> str:
    """A label that fits into a telephone's width; the table has it whole."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"


def strip(told: Figure, axis: Scale | None) -> str:
    """One interval on the axis it shares with the other lines of a table; for the eye only."""
    if axis is None or told.raw is None:
        return ""
    mark = _span(told, axis, STRIP / 2) + _dot(told, axis, STRIP / 2, "")
    return f'<svg class="strip" height="{STRIP}" aria-hidden="true">{mark}</svg>'


def course(title: str, marks: Sequence[Mark], axis: Scale, words: Words) -> str:
    """The course of one figure over its periods, with a band for the 95 % interval."""
    said = "; ".join(f"{mark.label}: {aloud(mark.figure)}" for mark in marks)
    height = ABOVE + COURSE + BELOW
    parts = [_open("course", height, title, said)]
    for tick in axis.ticks:
        y = _up(axis, tick)
        parts.append(_line("grid", 0, 100, y, y))
        parts.append(f'<text class="side" x="0" y="{y - 3:.1f}">{words.plain(tick)}</text>')
    parts.append(
        f'<svg x="0" y="0" width="100%" height="{height}" viewBox="0 0 100 {height}" '
        f'preserveAspectRatio="none">{_band(marks, axis)}</svg>'
    )
    for i, mark in enumerate(marks):
        parts.append(_period(i, mark, len(marks), axis))
    return "".join((*parts, "</svg>"))


def _period(i: int, mark: Mark, count: int, axis: Scale) -> str:
    x = _along(i, count)
    y = ABOVE + COURSE + BELOW - 6
    word = f'<text class="tick" x="{x:.2f}%" y="{y}">{escape(mark.label)}</text>'
    if mark.figure.raw is None:
        return word
    told = escape(f"{mark.label}: {aloud(mark.figure)}")
    up = _up(axis, mark.figure.raw)
    return f"{word}{_post(mark.figure, x, axis)}{_circle(mark.figure, x, up, 4, told)}"


def _post(told: Figure, x: float, axis: Scale) -> str:
    """The interval of one period, which a period that stands alone would not show as a band."""
    if told.low is None or told.high is None:
        return ""
    return _line("post", x, x, _up(axis, told.low), _up(axis, told.high))


def _band(marks: Sequence[Mark], axis: Scale) -> str:
    """The band and the line; where a period has no number, both are broken."""
    return "".join(_stretch(run, len(marks), axis) for run in runs(marks))


def runs(marks: Sequence[Mark]) -> list[list[tuple[int, Figure]]]:
    """Stretches of periods that have a number, each with its place."""
    found: list[list[tuple[int, Figure]]] = [[]]
    for i, mark in enumerate(marks):
        if mark.figure.raw is not None:
            found[-1].append((i, mark.figure))
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def _stretch(run: Sequence[tuple[int, Figure]], count: int, axis: Scale) -> str:
    line = [f"{_along(i, count):.2f},{_up(axis, f.raw or 0.0):.1f}" for i, f in run]
    ends = [(i, f.low, f.high) for i, f in run if f.low is not None and f.high is not None]
    upper = [f"{_along(i, count):.2f},{_up(axis, high):.1f}" for i, _, high in ends]
    lower = [f"{_along(i, count):.2f},{_up(axis, low):.1f}" for i, low, _ in reversed(ends)]
    return (
        f'<polygon class="band" points="{" ".join((*upper, *lower))}"/>'
        f'<polyline class="line" points="{" ".join(line)}"/>'
    )


def _along(i: int, count: int) -> float:
    """Per cent of the width, with room for the ticks at the left and the labels at the ends."""
    return 16 + (i / (count - 1) if count > 1 else 0.5) * 76


def _up(axis: Scale, x: float) -> float:
    return ABOVE + (1 - axis.share(x)) * COURSE


def _across(axis: Scale, x: float) -> float:
    return EDGE + axis.share(x) * (100 - 2 * EDGE)


def _ticks(axis: Scale, height: float, words: Words) -> str:
    parts = []
    last = len(axis.ticks) - 1
    for place, tick in enumerate(axis.ticks):
        x = _across(axis, tick)
        kind = {0: "tick first", last: "tick last"}.get(place, "tick")
        parts.append(_line("grid", x, x, 22, height))
        parts.append(f'<text class="{kind}" x="{x:.2f}%" y="14">{words.plain(tick)}</text>')
    return "".join(parts)


def _estimate(mark: Mark, axis: Scale, y: float) -> str:
    if mark.figure.raw is None:
        return f'<text class="none" x="{EDGE}%" y="{y + 2}">{escape(mark.figure.why)}</text>'
    told = escape(f"{mark.label}: {aloud(mark.figure)}")
    return _span(mark.figure, axis, y) + _dot(mark.figure, axis, y, told)


def _span(told: Figure, axis: Scale, y: float) -> str:
    if told.low is None or told.high is None:
        return ""
    return _line("span", _across(axis, told.low), _across(axis, told.high), y, y)


def _dot(told: Figure, axis: Scale, y: float, said: str) -> str:
    return _circle(told, _across(axis, told.raw or 0.0), y, 5, said)


def _circle(told: Figure, x: float, y: float, radius: int, said: str) -> str:
    kind = "dot weak" if told.weak else "dot"
    inside = f"<title>{said}</title>" if said else ""
    return f'<circle class="{kind}" cx="{x:.2f}%" cy="{y:.1f}" r="{radius}">{inside}</circle>'


def _line(kind: str, x1: float, x2: float, y1: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.2f}%" x2="{x2:.2f}%" y1="{y1:.1f}" y2="{y2:.1f}"/>'


def _open(kind: str, height: float, title: str, description: str) -> str:
    return (
        f'<svg class="chart {kind}" height="{height:.0f}" role="img" aria-label={quoteattr(title)}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    )
