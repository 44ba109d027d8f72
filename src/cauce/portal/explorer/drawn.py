"""The pictures of a view: its numbers side by side, and its series over time."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from cauce.portal.explorer.found import Found
from cauce.portal.explorer.layout import Layout
from cauce.portal.explorer.named import named
from cauce.portal.explorer.view import Kind
from cauce.portal.pictures import Picture, kinds_of, picture
from cauce.portal.view import MOST_ROWS
from cauce.portal.words import Words
from cauce.publish import in_time
from cauce.publish.charts import Drawing, svg
from cauce.store.series import fitting, rows_in

MOST_SERIES, MOST_PLACES = 6, 250


@dataclass(frozen=True)
class Drawn:
    """The pictures of a view: all its numbers side by side, and its series over time."""

    side_by_side: Picture | None
    over_time: Picture | None


def offered(found: Found, words: Words) -> tuple[Kind, ...]:
    """The kinds of picture a reader may ask for of a view."""
    rows = found.rows[:MOST_PLACES].tolist()
    some = list(kinds_of(found.observations, rows, found.view.asked, words))
    if len(found.dimensions[-1].codes) > 1 and "line" not in some:
        some.append("line")
    return ("auto", *some, "no")


def drawn_of(found: Found, laid: Layout, words: Words) -> Drawn:
    """The pictures a reader asked for. Numbers of several units stand on no common axis."""
    kind = found.view.chart
    if kind == "no" or len(np.unique(found.observations.key[found.rows, 2])) > 1:
        return Drawn(None, None)
    rows = [row for row in laid.grid.reshape(-1).tolist() if row >= 0]
    side = None if kind == "line" else _side_by_side(found, rows, words)
    over = _draw(found, _over_time(found), words, "line") if kind in ("auto", "line") else None
    return Drawn(side, over)


def _side_by_side(found: Found, rows: list[int], words: Words) -> Picture | None:
    kind = found.view.chart
    if kind == "auto":
        few = rows[:MOST_PLACES]
        some = kinds_of(found.observations, few, found.view.asked, words)
        fits: Kind = next((each for each in some if each != "line"), "no")
        return _draw(found, few, words, fits)
    most = MOST_ROWS if kind in ("dots", "bars") else MOST_PLACES
    drawn = _draw(found, rows[:most], words, kind)
    if drawn is None or len(rows) <= most:
        return drawn
    first = words("dots_first", shown=most, count=len(rows))
    return Picture(drawn.title, drawn.svg, f"{drawn.reading} {first}", drawn.drawing)


def _draw(found: Found, rows: list[int], words: Words, kind: Kind) -> Picture | None:
    if kind == "no":
        return None
    naming = partial(named, labels=found.view.labels, words=words)
    asked = found.view.asked
    return picture(found.observations, rows, asked, words, kind, naming) if rows else None


def _over_time(found: Found) -> list[int]:
    """The rows of the first series of a view; over all periods if only one is asked for."""
    view, key = found.view, found.observations.key[found.rows, :-1]
    if not len(key):
        return []
    wanted = np.flatnonzero(fitting(found.series, found.wanted))
    flags = np.zeros(len(found.series.key), dtype=np.bool_)
    flags[wanted[:MOST_SERIES]] = True
    rows = in_time(found.observations, rows_in(found.series, flags))
    if view.start or view.end or view.last:
        rows = rows[np.isin(rows, found.rows)]
    there: list[int] = rows.tolist()
    return there


def standalone(picture: Picture | None, title: str, nothing: str, source: str) -> str:
    """A picture as a file of its own; words that say so where there is none."""
    if picture is None:
        return svg(Drawing(480, 10, title, nothing, ()), [nothing, source])
    return svg(picture.drawing, [picture.reading, source])
