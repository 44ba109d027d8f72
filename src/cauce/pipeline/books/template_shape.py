"""From the cells of a workbook made by us to raw records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cauce.model.register import Register
from cauce.model.text import Text
from cauce.pipeline.books.raw import Line, Place, RawRecord
from cauce.sources.books.book import Book, Cell, Grid, Mark, Refused
from cauce.sources.books.shape import (
    AFTER,
    FIRST_ROW,
    NUMBER,
    OWN,
    RECORDS,
    Meta,
    meta_in,
    sheets,
)


@dataclass(frozen=True)
class RawBook:
    """The records of a workbook, what is wrong with their lines, and what it says of itself.

    `shown` holds, for each sheet it has, the fields that have a column.
    """

    records: tuple[RawRecord, ...]
    marks: tuple[Mark, ...]
    meta: Meta
    shown: Mapping[str, frozenset[str]]


def raw_book(register: Register, book: Book) -> RawBook:
    """Raises Refused if it is not a workbook of this register, or one that was taken apart."""
    found = _grids(register, book)
    columns = {sheet: _columns(register, sheet, grid) for sheet, (grid, _) in found.items()}
    grid, meta = found[RECORDS]
    marks: list[Mark] = []
    records = list(_records(grid, columns[RECORDS], marks))
    by_number = {record.number: record for record in records}
    for sheet, (rows, _) in found.items():
        if sheet != RECORDS:
            marks += _rows(register, sheet, rows, columns[sheet], by_number)
    return RawBook(
        tuple(records), tuple(marks), meta,
        {sheet: frozenset(at) - frozenset(OWN) for sheet, at in columns.items()},
    )  # fmt: skip


def _grids(register: Register, book: Book) -> dict[str, tuple[Grid, Meta]]:
    """Our sheets by what they hold."""
    found: dict[str, tuple[Grid, Meta]] = {}
    for grid in book.grids:
        meta = meta_in(grid.rows.get(1, {}).get(0))
        if meta is None:
            continue
        if meta.register != register.id or meta.version != 1:
            raise Refused(
                Text(
                    f"This is a workbook of the register {meta.register}, not of {register.id}.",
                    f"Este es un libro del registro {meta.register}, no de {register.id}.",
                )
            )
        if meta.sheet in found:
            raise Refused(
                Text(
                    f"Sheets {found[meta.sheet][0].name} and {grid.name} are copies of one. "
                    "Put their lines into one of them and delete the other.",
                    f"Las hojas {found[meta.sheet][0].name} y {grid.name} son copias de una. "
                    "Ponga sus líneas en una y borre la otra.",
                )
            )
        found[meta.sheet] = (grid, meta)
    if RECORDS not in found:
        raise Refused(
            Text(
                f"This is no workbook of {register.name.en}: its hidden first rows are missing. "
                f"Begin with the template, from the register's page or by cauce register template "
                f"{register.id}.",
                f"Este no es un libro de {register.name.es}: faltan las primeras filas ocultas. "
                f"Empiece con la plantilla, de la página del registro o con cauce register "
                f"template {register.id}.",
            )
        )
    return found


def _columns(register: Register, sheet: str, grid: Grid) -> dict[str, int]:
    """The column of each field on a sheet; columns without an id are the user's own."""
    shape = next((s for s in sheets(register) if s.id == sheet), None)
    fields = {field.id for field in shape.fields} if shape else set()
    known = {*fields, *(AFTER if sheet == RECORDS else ())}
    found = {NUMBER: 0}
    for column, cell in sorted(grid.rows[1].items()):
        name = str(cell)
        if column == 0:
            continue
        if name not in known or name in found:
            raise Refused(
                Text(
                    f"Sheet {grid.name}: the register has no field {name}, or it stands twice. "
                    "Take a new template, or an export, and copy the lines over.",
                    f"Hoja {grid.name}: el registro no tiene el campo {name}, o está dos veces. "
                    "Tome una plantilla nueva, o una exportación, y copie las líneas.",
                )
            )
        found[name] = column
    return found


def _lines(grid: Grid, columns: Mapping[str, int]) -> Iterator[tuple[Place, Line]]:
    """The lines that hold more than a number."""
    places = {column: name for name, column in columns.items()}
    for row in sorted(grid.rows):
        if row < FIRST_ROW:
            continue
        cells: dict[str, Cell] = {
            places[column]: cell
            for column, cell in grid.rows[row].items()
            if column in places and cell != ""
        }
        if any(name != NUMBER for name in cells):
            yield Place(grid.name, row, columns), cells


def _records(grid: Grid, columns: Mapping[str, int], marks: list[Mark]) -> Iterator[RawRecord]:
    seen: dict[str, int] = {}
    for place, cells in _lines(grid, columns):
        number = _number(cells)
        if number and number in seen:
            text = Text(
                f"line {seen[number]} has this number already", f"la línea {seen[number]} ya tiene "
                "este número",
            )  # fmt: skip
            marks.append(Mark(place.sheet, place.row, 0, OWN[NUMBER], text))
        seen.setdefault(number, place.row)
        yield RawRecord(
            number or f"line {place.row}",
            place,
            {name: cell for name, cell in cells.items() if name not in OWN},
            {name: cell for name, cell in cells.items() if name in OWN},
            {},
        )


def _number(cells: Line) -> str:
    """The number as people read it: 3, whether it was typed as a number or as text."""
    cell = cells.get(NUMBER, "")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip().removeprefix("#")


def _rows(
    register: Register,
    sheet: str,
    grid: Grid,
    columns: Mapping[str, int],
    by_number: Mapping[str, RawRecord],
) -> Sequence[Mark]:
    """Give each line of a sheet of rows to its record; the lines that name none."""
    del register
    marks = []
    for place, cells in _lines(grid, columns):
        number = _number(cells)
        record = by_number.get(number)
        if record is None:
            text = Text(
                f"there is no record {number}: write the number of one"
                if number
                else "write the number of the record this belongs to",
                f"no hay registro {number}: escriba el número de uno"
                if number
                else "escriba el número del registro al que pertenece",
            )
            marks.append(Mark(place.sheet, place.row, 0, OWN[NUMBER], text))
            continue
        line = {name: cell for name, cell in cells.items() if name != NUMBER}
        record.rows.setdefault(sheet, []).append((place, line))
    return marks
