"""A judgement as a page lays it out, in one language, with links to the records it is of."""

from dataclasses import dataclass

from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.office.desk.visit import Visit


@dataclass(frozen=True)
class ShownCell:
    """Words, the light beside them, and where they lead."""

    text: str
    tone: Tone
    href: str


@dataclass(frozen=True)
class ShownTable:
    """A table in one language."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    none: str


@dataclass(frozen=True)
class Option:
    """An answer to choose."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class JudgementPage:
    """What templates/judge/judgement.html is given, and nothing else.

    `countries` are those it can be narrowed to, none if it cannot.
    """

    title: str
    back: str
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    tables: tuple[ShownTable, ...]
    day: str
    dated: bool
    countries: tuple[Option, ...] = ()


def shown_page(
    visit: Visit, judgement: Judgement, day: str, dated: bool = True, notes: tuple[str, ...] = ()
) -> JudgementPage:
    """A judgement as a page; `dated` offers another day."""
    return JudgementPage(
        title=visit.of(judgement.title),
        back=visit.address("judge"),
        warnings=tuple(visit.of(warning) for warning in judgement.warnings),
        notes=(*notes, *(visit.of(note) for note in judgement.notes)),
        tables=shown_tables(visit, judgement),
        day=day,
        dated=dated,
    )


def shown_tables(visit: Visit, judgement: Judgement) -> tuple[ShownTable, ...]:
    return tuple(_table(visit, table) for table in judgement.tables)


def _table(visit: Visit, table: Table) -> ShownTable:
    return ShownTable(
        name=visit.of(table.name),
        head=tuple(visit.of(name) for name in table.head),
        rows=tuple(tuple(_cell(visit, cell) for cell in row) for row in table.rows),
        none=visit.of(table.none),
    )


def _cell(visit: Visit, cell: Cell) -> ShownCell:
    mine = {register.id for register in visit.seat.registers()} if cell.register else set()
    linked = cell.register in mine
    href = visit.address("registers", cell.register, cell.key) if linked else ""
    return ShownCell(visit.of(cell.said), cell.tone, href)
