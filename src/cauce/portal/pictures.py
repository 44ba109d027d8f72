"""The pictures of a table: side by side, over time, on a map, as corridors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cauce.model.dataflow import ADMITTED
from cauce.model.observation import Observations
from cauce.portal.asked import Asked
from cauce.portal.chart import axis_number, fitted
from cauce.portal.figures import dots_reading, leveled
from cauce.portal.view import (
    AREA,
    KINDS,
    MOST_ROWS,
    Kind,
    Naming,
    View,
    is_country,
    kinds,
)
from cauce.portal.words import Words
from cauce.publish.charts import (
    Drawing,
    Flow,
    Number,
    Point,
    Rest,
    Series,
    Terms,
    bars,
    choropleth,
    dots,
    embed,
    flows,
    line,
    on_map,
)
from cauce.publish.charts.flows import MOST as MOST_FLOWS
from cauce.publish.charts.line import MOST as MOST_LINES

__all__ = ["KINDS", "Kind", "Picture", "kinds_of", "overview", "picture"]


class InRows(Protocol):
    """Draws points one below the other."""

    def __call__(
        self, title: str, description: str, points: Sequence[Point], number: Number, *, width: float
    ) -> Drawing | None: ...


@dataclass(frozen=True)
class Picture:
    """SVG of ours for a page, its title, what is to be known to read it, and the drawing itself.

    `svg` fits every width; `drawing` is for a file or for paper.
    """

    title: str
    svg: str
    reading: str
    drawing: Drawing


def picture(
    observations: Observations,
    rows: Sequence[int],
    asked: Asked,
    words: Words,
    kind: Kind = "auto",
    naming: Naming | None = None,
) -> Picture | None:
    """The rows of a table drawn as a reader wants; None if they cannot be drawn like that.

    `naming` says how a code is labelled, by its words unless told. `asked` is what the rows answer.
    """
    view = _view(observations, rows, asked, words, naming)
    possible = kinds(view)
    if kind == "auto":
        return next(filter(None, (DRAWN[each](view) for each in possible)), None)
    return DRAWN[kind](view) if kind in possible else None


def kinds_of(
    observations: Observations, rows: Sequence[int], asked: Asked, words: Words
) -> tuple[Kind, ...]:
    """The kinds of picture a reader may ask for of these rows, the most fitting first."""
    return kinds(_view(observations, rows, asked, words))


def _view(
    observations: Observations,
    rows: Sequence[int],
    asked: Asked,
    words: Words,
    naming: Naming | None = None,
) -> View:
    opened = asked.opened(observations.dataflow)
    return View(observations, rows, opened, words, naming or (lambda code: words.of(code.name)))


def overview(
    observations: Observations, rows: list[int], asked: Asked, words: Words
) -> Picture | None:
    """The lines of a table side by side; None if there are too many or no numbers."""
    if not rows or len(rows) > MOST_ROWS:
        return None
    view = _view(observations, rows, asked, words)
    bare = all(each.interval is None for each in view.points)
    return _bars(view) if bare else _dots(view)


def _dots(view: View) -> Picture | None:
    reading = dots_reading(view.observations.dataflow, _weak(view))
    return _in_rows(dots, view, "dots_say", [reading])


def _bars(view: View) -> Picture | None:
    parts = ["bars_read"]
    if any(each.interval for each in view.points):
        parts.append("bars_interval")
    if view.observations.dataflow.method.var_method == ADMITTED:
        parts.append("bars_admitted")
    if _weak(view):
        parts.append("bars_weak")
    return _in_rows(bars, view, "bars_say", parts)


def _in_rows(draw: InRows, view: View, say: str, parts: Sequence[str]) -> Picture | None:
    said = leveled(view.words(say, count=len(view.points)), view.observations.dataflow)
    number = axis_number(view.points, view.words)
    svg, drawn = fitted(lambda wide: draw(view.title, said, view.points, number, width=wide))
    reading = leveled(_reading(view.words, parts), view.observations.dataflow)
    return Picture(view.title, svg, reading, drawn) if drawn else None


def _line(view: View) -> Picture | None:
    words, found = view.words, list(view.series.items())
    shown = [Series(name, points) for name, points in found[:MOST_LINES]]
    points = [point for each in shown for point in each.points]
    drawn = line(
        view.title,
        words("line_say", count=len(shown)),
        shown,
        axis_number(points, words),
        unit=view.unit,
        broken=words("break_in_series"),
    )
    told = {
        "line_band": any(each.interval for each in points),
        "line_scale": True,
        "line_gaps": len(shown) == 1 and any(each.value is None for each in points),
        "line_holes": len(shown) > 1 and any(each.value is None for each in points),
        "line_breaks": any(each.broken for each in points),
        "line_weak": any(each.weak for each in points),
        "line_forecast": any(each.forecast for each in points),
    }
    reading = _reading(words, [key for key, holds in told.items() if holds])
    reading = leveled(reading, view.observations.dataflow)
    if len(found) > len(shown):
        reading += " " + words("line_first", shown=len(shown), count=len(found))
    return Picture(view.title, embed(drawn), reading, drawn) if drawn else None


def _map(view: View) -> Picture | None:
    j, words = view.places, view.words
    if j is None:
        return None
    points = {view.code(row, j).id: view.points[i] for i, row in enumerate(view.rows)}
    terms = Terms(view.unit, words("map_withheld"), words("map_absent"), words("map_weak"))
    said = words("map_say", count=len(on_map(list(points))))
    drawn = choropleth(view.title, said, points, axis_number(points.values(), words), terms)
    off = sum(is_country(code) for code in points) - len(on_map(list(points)))
    reading = words("map_read")
    if off:
        reading += " " + words("map_off", count=off)
    return Picture(view.title, embed(drawn), reading, drawn) if drawn else None


def _flows(view: View) -> Picture | None:
    words, origin = view.words, view.corridors
    if origin is None:
        return None
    alone = [
        i for i, row in enumerate(view.rows)
        if is_country(view.code(row, origin).id) and is_country(view.code(row, AREA).id)
    ]  # fmt: skip
    found = [_flow(view, i, origin) for i in alone]
    rest = Rest(lambda n: words("flows_rest", count=n), lambda x: words.number(x, 0))
    said = words("flows_say", count=min(len(found), MOST_FLOWS))
    svg, drawn = fitted(lambda wide: flows(view.title, said, found, rest, width=wide))
    told = {
        "flows_together": sum(bool(each.value) for each in found) > MOST_FLOWS + 1,
        "flows_groups": len(alone) < len(view.rows),
        "flows_weak": any(each.weak for each in found),
    }
    parts = ["flows_read", *(key for key, holds in told.items() if holds)]
    reading = _reading(words, parts)
    missing = sum(each.value is None for each in found)
    if missing:
        reading += " " + words("flows_missing", count=missing)
    return Picture(view.title, svg, reading, drawn) if drawn else None


def _flow(view: View, i: int, origin: int) -> Flow:
    point, row = view.points[i], view.rows[i]
    return Flow(
        origin=view.naming(view.code(row, origin)),
        destination=view.naming(view.code(row, AREA)),
        value=point.value,
        weak=point.weak,
        shown=point.shown,
        said=point.said,
    )


def _weak(view: View) -> bool:
    return any(each.weak for each in view.points)


def _reading(words: Words, parts: Sequence[str]) -> str:
    return " ".join(words(part) for part in parts)


DRAWN: Mapping[Kind, Callable[[View], Picture | None]] = {
    "dots": _dots,
    "line": _line,
    "bars": _bars,
    "map": _map,
    "flows": _flows,
}
