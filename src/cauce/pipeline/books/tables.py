"""Plain tables from outside: one line of names, then lines of text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat, Format, Wave
from cauce.sources import stage
from cauce.sources.books.book import Broken, Cell, Grid
from cauce.sources.books.reading import read_book
from cauce.sources.limits import Limits

STATISTICAL: Mapping[str, Format] = {
    ".dta": "dta", ".sav": "sav", ".zsav": "sav", ".sas7bdat": "sas7bdat", ".xpt": "xpt",
    ".parquet": "parquet",
}  # fmt: skip
MOST_LINES = 200_000


@dataclass(frozen=True)
class Table:
    """A table of texts by the name of their column; "" is nothing. `sha256` is of its file."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Mapping[str, str], ...]
    sha256: str


def read_table(path: Path, limits: Limits) -> Table:
    """A CSV file, the first sheet of a workbook, or the file of a statistical package.

    Raises BadInput if it cannot be read.
    """
    format_ = STATISTICAL.get(path.suffix.lower())
    if format_ is not None:
        return _staged(path, format_, limits)
    book = read_book(path)
    return _gridded(path.name, book.grids[0], book.sha256)


def _staged(path: Path, format_: Format, limits: Limits) -> Table:
    wave = Wave("", path.name, "", format_, CsvFormat())
    with stage(path, wave, None, limits) as staged:
        if staged.rows > MOST_LINES:
            raise BadInput(f"{path.name} has {staged.rows:,} lines; at most {MOST_LINES:,}.")
        rows = pq.read_table(staged.path).to_pylist()
        columns, sha256 = tuple(staged.columns), staged.sha256
    return Table(
        path.name,
        columns,
        tuple({name: text_of(row[name]) for name in columns} for row in rows),
        sha256,
    )


def _gridded(name: str, grid: Grid, sha256: str) -> Table:
    """The lines under the first one, which names the columns."""
    rows = [grid.rows[number] for number in sorted(grid.rows)]
    names = {at: text_of(cell).strip() for at, cell in rows[0].items()} if rows else {}
    if len(set(names.values())) < len(names) or not names:
        raise BadInput(f"{name}: the first line must name the columns, each differently.")
    lines = tuple(
        {column: text_of(row.get(at)) for at, column in names.items()} for row in rows[1:]
    )
    return Table(name, tuple(names.values()), lines, sha256)


def text_of(value: Cell | None) -> str:
    """A value as text; a whole number has no point."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case Broken():
            return value.shown
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)
