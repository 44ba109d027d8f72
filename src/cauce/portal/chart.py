"""Charts as SVG made on the server: estimates with their intervals, read without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH, ROW, LEFT, RIGHT, TOP = 720, 30, 230, 24, 34


@dataclass(frozen=True)
class Mark:
    """One estimate in a chart: its words, value, interval and whether it is weak; None withheld."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    shown: str
    weak: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture and what it says to those who cannot see it."""

    title: str
    description: str
    marks: Sequence[Mark]
    withheld: str


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from below `low` to above `high`."""
    if high <= low:
        high = low + 1
    raw = (high - low) / about
    power = 10 ** floor(log10(raw))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= raw * 0.999)
    first, last = floor(low / step), ceil(high / step)
    return [n * step for n in range(first, last + 1)]


def dots(chart: Chart, axis: Sequence[str] | None = None) -> str:
    """Dots with 95 % intervals, one row each; withheld rows say so in words."""
    ends = [x for m in chart.marks for x in (m.value, m.low, m.high) if x is not None]
    scale = ticks(min([0.0, *ends]), max(ends, default=1.0))
    height = TOP + ROW * len(chart.marks) + 16
    span = scale[-1] - scale[0]

    def across(x: float) -> float:
        return LEFT + (x - scale[0]) / span * (WIDTH - LEFT - RIGHT)

    parts = [_head(chart, height)]
    shown = axis or [f"{tick:,.10g}" for tick in scale]
    for tick, words in zip(scale, shown, strict=False):
        x = across(tick)
        parts.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 12}"/>'
        )
        parts.append(f'<text class="tick" x="{x:.1f}" y="{TOP - 14}">{escape(words)}</text>')
    for row, mark in enumerate(chart.marks):
        y = TOP + ROW * row + ROW / 2
        parts += _row(mark, y, across, chart.withheld)
    parts.append("</svg>")
    return "".join(parts)


def _row(mark: Mark, y: float, across, withheld: str) -> list[str]:  # type: ignore[no-untyped-def]
    label = mark.label if len(mark.label) <= 34 else f"{mark.label[:33]}…"
    parts = [f'<text class="name" x="{LEFT - 12}" y="{y + 4:.1f}">{escape(label)}</text>']
    if mark.value is None:
        parts.append(f'<text class="none" x="{LEFT + 6}" y="{y + 4:.1f}">{escape(withheld)}</text>')
        return parts
    if mark.low is not None and mark.high is not None:
        a, b = across(mark.low), across(mark.high)
        parts.append(f'<line class="span" x1="{a:.1f}" x2="{b:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        for x in (a, b):
            parts.append(
                f'<line class="span" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 5:.1f}" y2="{y + 5:.1f}"/>'
            )
    kind = "dot weak" if mark.weak else "dot"
    parts.append(
        f'<circle class="{kind}" cx="{across(mark.value):.1f}" cy="{y:.1f}" r="5.5">'
        f"<title>{escape(mark.label)}: {escape(mark.shown)}</title></circle>"
    )
    return parts


def course(chart: Chart) -> str:
    """The course of one figure over its periods, with a band for the 95 % interval."""
    known = [(i, m) for i, m in enumerate(chart.marks) if m.value is not None]
    ends = [x for _, m in known for x in (m.value, m.low, m.high) if x is not None]
    scale = ticks(min(ends, default=0.0) * 0.9, max(ends, default=1.0))
    height, left, bottom = 260, 72, 222
    span = scale[-1] - scale[0]
    step = (WIDTH - left - RIGHT) / max(len(chart.marks) - 1, 1)

    def at(i: int, x: float) -> str:
        return f"{left + i * step:.1f},{bottom - (x - scale[0]) / span * (bottom - 20):.1f}"

    parts = [_head(chart, height)]
    for tick in scale:
        y = bottom - (tick - scale[0]) / span * (bottom - 20)
        parts.append(
            f'<line class="grid" x1="{left}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(f'<text class="side" x="{left - 10}" y="{y + 4:.1f}">{tick:,.10g}</text>')
    band = [(i, m) for i, m in known if m.low is not None and m.high is not None]
    if len(band) > 1:
        up = " ".join(at(i, m.high or 0.0) for i, m in band)
        down = " ".join(at(i, m.low or 0.0) for i, m in reversed(band))
        parts.append(f'<polygon class="band" points="{up} {down}"/>')
    parts.append(
        f'<polyline class="line" points="{" ".join(at(i, m.value or 0.0) for i, m in known)}"/>'
    )
    for i, mark in enumerate(chart.marks):
        x = left + i * step
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{height - 14}">{escape(mark.label)}</text>'
        )
        if mark.value is not None:
            where = at(i, mark.value).split(",")
            kind = "dot weak" if mark.weak else "dot"
            parts.append(
                f'<circle class="{kind}" cx="{where[0]}" cy="{where[1]}" r="5">'
                f"<title>{escape(mark.label)}: {escape(mark.shown)}</title></circle>"
            )
    parts.append("</svg>")
    return "".join(parts)


def _head(chart: Chart, height: float) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(chart.title)}</title>'
        f"<desc>{escape(chart.description)}</desc>"
    )
