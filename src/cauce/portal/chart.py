"""Charts as SVG made on the server: estimates with their intervals, read without scripts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from cauce.portal.words import Words

WIDTH, ROW, LEFT, RIGHT, TOP = 480, 46, 16, 28, 34


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


def dots(chart: Chart, words: Words) -> str:
    """Dots with 95 % intervals, each below its name; withheld ones say so in words."""
    ends = [x for m in chart.marks for x in (m.value, m.low, m.high) if x is not None]
    scale = ticks(min([0.0, *ends]), max(ends, default=1.0))
    height = TOP + ROW * len(chart.marks) + 10
    span = scale[-1] - scale[0]

    def across(x: float) -> float:
        return LEFT + (x - scale[0]) / span * (WIDTH - LEFT - RIGHT)

    parts = [_head(chart, height)]
    for tick in scale:
        x, told = across(tick), words.plain(tick)
        parts.append(_line("grid", x, x, TOP - 8, height - 8))
        parts.append(f'<text class="tick" x="{x:.1f}" y="{TOP - 14}">{told}</text>')
    for row, mark in enumerate(chart.marks):
        parts += _row(mark, TOP + ROW * row, across, chart.withheld)
    return "".join((*parts, "</svg>"))


def _row(mark: Mark, top: float, across: Callable[[float], float], withheld: str) -> list[str]:
    name = mark.label if len(mark.label) <= 62 else f"{mark.label[:61]}…"
    parts = [f'<text class="name" x="{LEFT + 4}" y="{top + 15:.1f}">{escape(name)}</text>']
    y = top + 30
    if mark.value is None:
        parts.append(f'<text class="none" x="{LEFT + 4}" y="{y + 4:.1f}">{escape(withheld)}</text>')
        return parts
    if mark.low is not None and mark.high is not None:
        a, b = across(mark.low), across(mark.high)
        parts += [_line("span", a, b, y, y), *(_line("span", x, x, y - 5, y + 5) for x in (a, b))]
    return [*parts, _dot(mark, across(mark.value), y)]


def _line(kind: str, x1: float, x2: float, y1: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:.1f}" y2="{y2:.1f}"/>'


def _dot(mark: Mark, x: float, y: float) -> str:
    kind = "dot weak" if mark.weak else "dot"
    told = escape(f"{mark.label}: {mark.shown}")
    return (
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5.5"><title>{told}</title></circle>'
    )


def course(chart: Chart, words: Words) -> str:
    """The course of one figure over its periods, with a band for the 95 % interval."""
    known = [(i, m) for i, m in enumerate(chart.marks) if m.value is not None]
    ends = [x for _, m in known for x in (m.value, m.low, m.high) if x is not None]
    scale = ticks(min(ends, default=0.0) * 0.9, max(ends, default=1.0))
    height, left, bottom = 230, 70, 194
    span = scale[-1] - scale[0]
    step = (WIDTH - left - RIGHT) / max(len(chart.marks) - 1, 1)

    def up(x: float) -> float:
        return bottom - (x - scale[0]) / span * (bottom - 16)

    parts = [_head(chart, height)]
    for tick in scale:
        y = up(tick)
        parts.append(_line("grid", left, WIDTH - RIGHT, y, y))
        parts.append(
            f'<text class="side" x="{left - 10}" y="{y + 4:.1f}">{words.plain(tick)}</text>'
        )
    band = [(i, m.low, m.high) for i, m in known if m.low is not None and m.high is not None]
    edge = [f"{left + i * step:.1f},{up(high):.1f}" for i, _, high in band]
    edge += [f"{left + i * step:.1f},{up(low):.1f}" for i, low, _ in reversed(band)]
    line = [f"{left + i * step:.1f},{up(m.value or 0.0):.1f}" for i, m in known]
    parts.append(f'<polygon class="band" points="{" ".join(edge)}"/>')
    parts.append(f'<polyline class="line" points="{" ".join(line)}"/>')
    for i, mark in enumerate(chart.marks):
        x = left + i * step
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{height - 12}">{escape(mark.label)}</text>'
        )
        if mark.value is not None:
            parts.append(_dot(mark, x, up(mark.value)))
    return "".join((*parts, "</svg>"))


def _head(chart: Chart, height: float) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(chart.title)}</title>'
        f"<desc>{escape(chart.description)}</desc>"
    )
