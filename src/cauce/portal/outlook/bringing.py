"""What each cause of a scenario brings: projects, paths of output, and all together."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.model.codelist import TOTAL
from cauce.portal.chart import axis_number, fitted
from cauce.portal.links import table_path
from cauce.portal.origins import Table
from cauce.portal.outlook.rows import Cell, cell
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Point, bars

CAUSE, MORE = "CAUSE", "PRJ_DIF_NB"


@dataclass(frozen=True)
class Line:
    """One cause, with what it brings in each year; `whole` marks that of all together."""

    name: str
    cells: tuple[Cell | None, ...]
    whole: bool


@dataclass(frozen=True)
class Brings:
    """All causes year by year, and drawn in the year in which they bring most."""

    years: tuple[str, ...]
    lines: tuple[Line, ...]
    year: str
    svg: str
    href: str

    @property
    def cells(self) -> tuple[Cell | None, ...]:
        return tuple(cell for line in self.lines for cell in line.cells)


def brings(run: Run, words: Words, code: str = TOTAL) -> Brings | None:
    """What the scenario brings to all occupations or to one; None where it tells no causes."""
    table = run.table("BRINGS")
    if table is None or not table.has(_occupations(table), code):
        return None
    causes = table.flow.dimensions[4].codes
    lines = tuple(
        Line(
            words.of(cause.name),
            tuple(_cell(table, cause.id, code, year, words) for year in run.years),
            cause.id == TOTAL,
        )
        for cause in causes
    )
    most = max(range(len(run.years)), key=lambda year: abs(_raw(lines[-1].cells[year])))
    svg = _drawn(lines, most, run.years[most], words)
    href = table_path(words.language, table.flow.id)
    return Brings(run.years, lines, run.years[most], svg, href) if svg else None


def _occupations(table: Table) -> str:
    return table.flow.dimensions[5].id


def _cell(table: Table, cause: str, code: str, year: str, words: Words) -> Cell | None:
    wanted = {"INDICATOR": MORE, CAUSE: cause, _occupations(table): code,
              table.flow.dimensions[-1].id: year}  # fmt: skip
    rows = table.rows(wanted)
    return cell(table, rows[0], words) if rows else None


def _raw(found: Cell | None) -> float:
    return found.raw or 0.0 if found else 0.0


def _drawn(lines: Sequence[Line], at: int, year: str, words: Words) -> str:
    points = [_point(one, at, words) for one in lines]
    number = axis_number(points, words)

    def draw(width: float) -> Drawing | None:
        return bars(words("o_brings_in", year=year), words("o_brings_say"), points, number,
                    width=width)  # fmt: skip

    return fitted(draw)[0]


def _point(line: Line, at: int, words: Words) -> Point:
    found = line.cells[at]
    if found is None or not found.there:
        return Point(line.name, None, why=words("o_not_told"))
    said = f"{found.told} (80 %: {found.interval})" if found.interval else found.told
    return Point(line.name, found.raw, found.low, found.high, line.whole, shown=found.told,
                 said=said)  # fmt: skip
