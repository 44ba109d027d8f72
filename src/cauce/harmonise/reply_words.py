"""Cells as words, and the faults found in them."""

from datetime import date

from cauce.model.reply import CellFault, RawSheet
from cauce.model.text import Text


class Faults:
    """A growing list of what is wrong in which cell."""

    def __init__(self) -> None:
        self._found: list[CellFault] = []

    def add(self, raw: RawSheet, row: int, column: int, en: str, es: str) -> None:
        mark = word_of(raw, 1, 0)[:40]
        self._found.append(CellFault(raw.name, row, column, Text(mark, mark), Text(en, es)))

    def found(self) -> tuple[CellFault, ...]:
        """The faults by sheet, as they were found."""
        return tuple(self._found)


def word_of(raw: RawSheet, row: int, column: int) -> str:
    """What stands in a cell as text, "" if nothing; a code typed as a number is a code."""
    cell = raw.rows.get(row, {}).get(column)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, str | int | float) else ""


def cell_name(row: int, column: int) -> str:
    """D9 for row 9 and column 3."""
    letters = ""
    left = column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row}"
