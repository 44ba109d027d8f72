"""Names in a list of somebody else, counted; and the workbook in which a person reviews them."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xlsxwriter.workbook import Workbook

from cauce.model.errors import BadInput

MOST_BYTES, MOST_NAMES, MOST_LETTERS = 512 << 20, 50_000, 500


def read_spellings(path: Path, column: str) -> Mapping[str, int]:
    """How often each name stands in a column of a CSV file, which may be packed as .gz.

    Raises:
        BadInput: it cannot be read, has no such column, or is too much.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if column not in (reader.fieldnames or ()):
                known = ", ".join(reader.fieldnames or ())
                raise BadInput(f"{path.name} has no column {column}. It has: {known}.")
            return _counted(path, (row[column] or "" for row in reader))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path.name} cannot be read as CSV in UTF-8: {error}") from error


def _counted(path: Path, names: Iterable[str]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    size = 0
    for name in names:
        size += len(name) + 1
        found[name] += 1
        if size > MOST_BYTES or len(found) > MOST_NAMES or len(name) > MOST_LETTERS:
            raise BadInput(
                f"{path.name} has a name of more than {MOST_LETTERS} letters, more than "
                f"{MOST_NAMES:,} names, or is too long. Is this the column of names?"
            )
    return found


def write_sheets(
    path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[str | int]]]]
) -> None:
    """A workbook of sheets by name, each with its headings and rows; nothing in it is a formula."""
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(str(path), safe)
    head = book.add_format({"bold": True})
    for name, (headings, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, headings, head)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 18)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
    book.close()
