"""The pictures of a view: the one place that knows which kind of chart is drawn by what."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

from cauce.model.arrays import Ints
from cauce.model.indicator import Indicator
from cauce.portal.chart import Mark, common_scale, course, dots
from cauce.portal.explorer.found import Found
from cauce.portal.explorer.layout import Layout
from cauce.portal.explorer.named import named
from cauce.portal.explorer.view import Kind
from cauce.portal.figures import figure
from cauce.portal.pictures import Picture
from cauce.portal.words import Words
from cauce.publish import fitting, rows_of

MOST_DOTS, MOST_COURSES = 24, 6
OFFERED: tuple[Kind, ...] = ("auto", "dots", "line", "no")
"""The kinds that are drawn; what is not among them is drawn as what fits."""
STYLE = (
    "svg{font-family:sans-serif;background:#fffdf7}text{fill:#16282c;font-size:13.5px}"
    ".name{font-weight:600}.none{font-style:italic}.tick{text-anchor:middle;font-size:12.5px}"
    ".tick.first{text-anchor:start}.tick.last{text-anchor:end}.side{font-size:12.5px}"
    ".grid{stroke:#dcd3c0}.span{stroke:#0b5563;stroke-width:4;opacity:.5}.dot{fill:#a2411a}"
    ".dot.weak{fill:#fffdf7;stroke:#a2411a;stroke-width:2.5}.band{fill:#cde3e3}"
    ".post{stroke:#0b5563;stroke-width:2;opacity:.35}"
    ".line{fill:none;stroke:#0b5563;stroke-width:2.5;vector-effect:non-scaling-stroke}"
)


@dataclass(frozen=True)
class Drawn:
    """The pictures of a view: all its numbers side by side, and its series over time."""

    side_by_side: Picture | None
    over_time: tuple[Picture, ...]


def drawn_of(found: Found, laid: Layout, words: Words) -> Drawn:
    """The pictures a reader asked for. Numbers of several units stand on no common axis."""
    kind = found.view.chart
    if kind == "no" or len(np.unique(found.observations.key[found.rows, 2])) > 1:
        return Drawn(None, ())
    rows = [row for row in laid.grid.reshape(-1).tolist() if row >= 0]
    few = kind == "dots" or (kind != "line" and len(rows) <= MOST_DOTS)
    side = _dots(found, rows[:MOST_DOTS], len(rows), words) if few else None
    return Drawn(side, _courses(found, words) if kind != "dots" else ())


def _dots(found: Found, rows: list[int], count: int, words: Words) -> Picture | None:
    dims = _differing(found)
    marks = [
        Mark(_label(found, row, dims, words), figure(found.observations, row, words))
        for row in rows
    ]
    title = words.of(_indicator(found).name)
    svg = dots(title, words("dots_say", count=len(marks)), marks, words)
    weak = any(mark.figure.weak for mark in marks)
    reading = words("dots_read_weak") if weak else words("dots_read")
    if count > len(rows):
        reading += " " + words("dots_first", shown=len(rows), count=count)
    return Picture(title, svg, reading) if svg else None


def _courses(found: Found, words: Words) -> tuple[Picture, ...]:
    """The first series of a view over the periods that are kept, on one scale."""
    told = []
    dims = tuple(j for j in _differing(found) if j != found.observations.key.shape[1] - 1)
    for rows in _series(found):
        marks = [_period(found, row, words) for row in rows]
        if sum(mark.figure.raw is not None for mark in marks) > 1:
            told.append((_label(found, rows[0], dims, words) or words("total"), marks))
    axis = common_scale((m.figure for _, marks in told for m in marks), from_zero=False)
    if axis is None:
        return ()
    reading = words("course_reads")
    return tuple(
        Picture(label, course(label, marks, axis, words), reading) for label, marks in told
    )


def _series(found: Found) -> list[list[int]]:
    """The rows of the first series of a view; over all periods if only one is asked for."""
    view, key = found.view, found.observations.key[found.rows, :-1]
    if not len(key):
        return []
    each = fitting(found.series, view.asked.chosen)
    wanted = np.flatnonzero(np.logical_and.reduce(each))
    ranged = bool(view.start or view.end or view.last)
    lists = []
    for one in wanted[:MOST_COURSES].tolist():
        flags = np.zeros(len(found.series.key), dtype=np.bool_)
        flags[one] = True
        rows: Ints = rows_of(found.series, flags)
        lists.append((rows[np.isin(rows, found.rows)] if ranged else rows).tolist())
    return [rows for rows in lists if rows]


def _period(found: Found, row: int, words: Words) -> Mark:
    code = found.series.dimensions[-1].codes[int(found.observations.key[row, -1])]
    return Mark(code.id, figure(found.observations, row, words))


def _differing(found: Found) -> tuple[int, ...]:
    return found.differing()


def _indicator(found: Found) -> Indicator:
    at = int(found.observations.key[found.rows[0], 2]) if len(found.rows) else 0
    return found.observations.dataflow.indicators[at]


def _label(found: Found, row: int, dims: tuple[int, ...], words: Words) -> str:
    position = found.observations.key[row].tolist()
    codes = (found.series.dimensions[j].codes[position[j]] for j in dims)
    return " · ".join(named(code, found.view.labels, words) for code in codes)


def standalone(picture: Picture | None, title: str, nothing: str) -> str:
    """A picture as a file of its own, with its style; words that say so where there is none."""
    if picture is None:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="60" role="img">'
            f"<title>{escape(title)}</title><style>{STYLE}</style>"
            f'<text x="10" y="35">{escape(nothing)}</text></svg>\n'
        )
    head, _, rest = picture.svg.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg" width="760"><style>{STYLE}</style>{rest}\n'
