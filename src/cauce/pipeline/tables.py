"""Declared tables of a workbook, a CSV file or a folder of them, as text by line."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from cauce.assess.columns import Sheet
from cauce.model.errors import BadInput
from cauce.model.release import InputFile
from cauce.sources.books.book import Broken, Cell, Grid
from cauce.sources.books.reading import read_book
from cauce.sources.hashing import hash_file


def read_tables(
    path: Path, wanted: Sequence[str], optional: Sequence[str] = ()
) -> tuple[Mapping[str, Sheet], tuple[InputFile, ...]]:
    """Tables by name: the sheets of a workbook, or the CSV files of a folder.

    Raises:
        BadInput: the file cannot be opened, a table lacks, or a cell shows an error.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.csv"))
    if not files:
        raise BadInput(f"{path.name} is no workbook and no folder of CSV files.")
    found: dict[str, Sheet] = {}
    for file in files:
        book = read_book(file)
        for grid in book.grids:
            name = grid.name if path.is_file() and file.suffix != ".csv" else file.stem
            found[name.strip().casefold()] = sheet_of(name, grid)
    if len(wanted) == 1 and len(found) == 1:
        found = {wanted[0]: next(iter(found.values()))}
    if lacking := [name for name in wanted if name not in found]:
        raise BadInput(f"There is no table {', '.join(lacking)} in {path.name}.")
    found |= {name: Sheet(name, (), ()) for name in optional if name not in found}
    return found, tuple(_input(file) for file in files)


def _input(file: Path) -> InputFile:
    digest, size = hash_file(file)
    return InputFile(file.name, digest, size, "", 0)


def sheet_of(name: str, grid: Grid) -> Sheet:
    """A sheet with its header in the first row that holds something. Raises BadInput."""
    if not grid.rows:
        return Sheet(name, (), ())
    top, *rest = sorted(grid.rows)
    head = {at: said(name, top, cell).strip() for at, cell in grid.rows[top].items()}
    rows = (
        (
            row,
            {head[at]: said(name, row, cell) for at, cell in grid.rows[row].items() if at in head},
        )
        for row in rest
    )
    return Sheet(name, tuple(head.values()), tuple(rows))


def said(sheet: str, row: int, cell: Cell) -> str:
    """A cell as its column reads it. Raises BadInput for one that shows an error."""
    if isinstance(cell, Broken):
        raise BadInput(f"{sheet}, line {row}: a cell shows an error or a formula not computed.")
    if isinstance(cell, bool):
        return "YES" if cell else "NO"
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
