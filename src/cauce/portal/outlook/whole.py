"""Employment of a region as a whole and of its countries: the answer, a picture, and the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.portal.chart import axis_number, fitted
from cauce.portal.links import table_path
from cauce.portal.origins import AREA, Table
from cauce.portal.outlook.rows import Cell, cell, own_dimension
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Point, bars

EXPECTED, CHANGE = "PRJ_EMP_NB", "PRJ_EXP_NB"
TOTAL, UNSTATED = "_T", "_U"


@dataclass(frozen=True)
class Line:
    """An occupation, or all of them: the region's change, and people of each area, it first."""

    name: str
    change: Cell | None
    people: tuple[Cell | None, ...]
    sum: bool = False


@dataclass(frozen=True)
class Whole:
    """What a region employs at the horizon, and its countries with it."""

    answer: str
    svg: str
    areas: tuple[str, ...]
    lines: tuple[Line, ...]
    href: str

    @property
    def cells(self) -> tuple[Cell | None, ...]:
        return tuple(each for one in self.lines for each in (one.change, *one.people))


def whole(run: Run, words: Words) -> Whole | None:
    """The employment of a region, None if it is not told."""
    table = run.table("EMPLOYMENT")
    if table is None:
        return None
    areas = next(d.codes for d in table.flow.dimensions if d.id == AREA)
    lines = tuple(_lines(table, [code.id for code in areas], run.years[-1], words))
    return Whole(
        answer=_answer(lines[0], run.years[-1], words),
        svg=_drawn(lines[1:], run.years[-1], words),
        areas=(
            words("o_whole_region"),
            *(words.of(code.name).partition(" (")[0] for code in areas[1:]),
        ),
        lines=lines,
        href=table_path(words.language, table.flow.id),
    )


def _lines(table: Table, areas: Sequence[str], year: str, words: Words) -> list[Line]:
    """The total, then each occupation; who did not say is in the total alone."""
    dimension = own_dimension(table)
    codes = next(d.codes for d in table.flow.dimensions if d.id == dimension)
    there = [one for one in codes if one.id not in (TOTAL, UNSTATED)]
    found = [_line(table, areas, TOTAL, words("o_whole_total"), year, words)]
    lines = (_line(table, areas, one.id, words.of(one.name), year, words) for one in there)
    return [*found, *(one for one in lines if any(one.people))]


def _line(
    table: Table, areas: Sequence[str], code: str, name: str, year: str, words: Words
) -> Line:
    def at(indicator: str, area: str) -> Cell | None:
        time = table.flow.dimensions[-1].id
        wanted = {"INDICATOR": indicator, AREA: area, own_dimension(table): code, time: year}
        rows = table.rows(wanted)
        return cell(table, rows[0], words) if rows else None

    people = tuple(at(EXPECTED, area) for area in areas)
    return Line(name, at(CHANGE, areas[0]), people, code == TOTAL)


def _answer(total: Line, horizon: str, words: Words) -> str:
    people = total.people[0]
    if people is None or not people.there:
        return words("o_whole_none")
    return words(
        "o_whole_answer", horizon=horizon, count=f"{people.told} (80 %: {people.interval})"
    )


def _drawn(lines: Sequence[Line], horizon: str, words: Words) -> str:
    """The change of each occupation in the region, with its interval."""
    points = [_point(one, words) for one in lines]
    title, number = words("o_whole_drawn", horizon=horizon), axis_number(points, words)

    def draw(width: float) -> Drawing | None:
        return bars(title, words("o_side_say"), points, number, width=width)

    return fitted(draw)[0]


def _point(line: Line, words: Words) -> Point:
    one = line.change
    if one is None or not one.there:
        return Point(line.name, None, why=words("o_not_told"))
    weak = one.low is not None and one.high is not None and one.low < 0 < one.high
    said = f"{one.told} (80 %: {one.interval})"
    return Point(line.name, one.raw, one.low, one.high, weak, shown=one.told, said=said)
