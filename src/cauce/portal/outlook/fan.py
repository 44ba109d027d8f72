"""The fan: what was observed with its intervals, and what is expected, ever less surely."""

from dataclasses import dataclass

from cauce.portal.chart import axis_number, fitted
from cauce.portal.origins import Table
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Point, Series, line

EXPECTED, OBSERVED = "PRJ_EMP_NB", "EMP_TEMP"


@dataclass(frozen=True)
class Fan:
    """A picture that fits every width, and how to read it; `drawing` is for paper."""

    title: str
    svg: str
    reading: str
    drawing: Drawing


def fan(run: Run, ahead: Table, dimension: str, code: str, words: Words) -> Fan | None:
    """The course of one occupation; None where no number of it is published."""
    points = [*_observed(run, dimension, code, words), *_expected(ahead, dimension, code, words)]
    if not any(point.value is not None for point in points):
        return None
    name = next(words.of(c.name) for d in ahead.flow.dimensions if d.id == dimension
                for c in d.codes if c.id == code)  # fmt: skip
    title = words("o_fan", occupation=name)
    said = words("o_fan_say", first=points[0].name, last=points[-1].name)
    number = axis_number(points, words)
    unit = words.unit("PERSONS")

    def draw(width: float) -> Drawing | None:
        return line(title, said, [Series("", tuple(points))], number, unit=unit, width=width)

    svg, drawn = fitted(draw)
    return Fan(title, svg, words("o_fan_read"), drawn) if drawn else None


def _observed(run: Run, dimension: str, code: str, words: Words) -> list[Point]:
    table = run.observed(dimension, OBSERVED)
    if table is None:
        return []
    rows = table.rows({"INDICATOR": OBSERVED, dimension: code})
    return [table.point(row, table.period(row), words) for row in rows]


def _expected(table: Table, dimension: str, code: str, words: Words) -> list[Point]:
    rows = table.rows({"INDICATOR": EXPECTED, dimension: code})
    return [table.point(row, table.period(row), words) for row in rows]
