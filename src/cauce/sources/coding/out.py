"""Coded rows as CSV or as a workbook, written whole or not at all."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter.workbook import Workbook

from cauce.model.errors import BadInput
from cauce.sources.books.csv_out import STARTS

MOST_ROWS, MOST_LETTERS = 1_048_576, 32_767
"""What a sheet holds: rows with the header, letters of a cell."""
WriteRow = Callable[[Sequence[str]], None]


@contextmanager
def coded_rows(path: Path) -> Iterator[WriteRow]:
    """A function that writes the next row; the file is there once all of them are.

    Raises:
        BadInput: neither .csv nor .xlsx, no such folder, or more than a sheet holds.
    """
    if path.suffix not in (".csv", ".xlsx"):
        raise BadInput(f"{path.name}: write to a file that ends in .csv or .xlsx.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.")
    begun = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        with (_csv if path.suffix == ".csv" else _workbook)(begun) as write:
            yield write
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)


def neutral(cell: str) -> str:
    """A cell no spreadsheet runs: what looks like a formula and is no number gets an apostrophe."""
    return f"'{cell}" if cell.startswith(STARTS) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    digits = cell[1:].replace(".", "", 1).replace(",", "", 1)
    return cell[0] in "+-" and digits.isascii() and digits.isdecimal()


@contextmanager
def _csv(path: Path) -> Iterator[WriteRow]:
    # The mark at the start tells Excel that the letters are UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield csv.writer(file).writerow


@contextmanager
def _workbook(path: Path) -> Iterator[WriteRow]:
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(str(path), {**safe, "constant_memory": True})
    sheet = book.add_worksheet("coded")
    sheet.freeze_panes(1, 0)
    row = 0

    def write(cells: Sequence[str]) -> None:
        nonlocal row
        if row == MOST_ROWS:
            raise BadInput(f"A sheet holds {MOST_ROWS:,} rows and there are more: write .csv.")
        for column, cell in enumerate(cells):
            if len(cell) > MOST_LETTERS:
                raise BadInput(
                    f"Row {row + 1:,} has a cell of {len(cell):,} letters and a sheet holds "
                    f"{MOST_LETTERS:,}: write .csv."
                )
            sheet.write_string(row, column, cell)
        row += 1

    try:
        yield write
    finally:
        book.close()
