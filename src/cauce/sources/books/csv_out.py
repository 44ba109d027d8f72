"""The records of a register as CSV that no spreadsheet takes for formulas."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from cauce.model.record import Sealed, Value
from cauce.model.register import Field, Register
from cauce.sources.books.shape import BASE, KEY, NUMBER, RECORDS, SEALED, Sheet, sheets
from cauce.sources.books.writing import Filled

STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a value as a formula (OWASP, CSV Injection)."""


def write_csv(
    register: Register,
    out: Path,
    records: Iterable[Filled],
    shown: frozenset[str] | None = None,
) -> int:
    """Write a zip of CSV files in UTF-8, one for each sheet the workbook has; count the records.

    Codes are codes, several parted by semicolons; numbers have a point and no other mark.
    """
    parts = sheets(register, shown)
    texts = {sheet.id: io.StringIO(newline="") for sheet in parts}
    writers = {name: csv.writer(text) for name, text in texts.items()}
    for sheet in parts:
        own = (NUMBER, KEY, BASE) if sheet.id == RECORDS else (NUMBER,)
        writers[sheet.id].writerow((*own, *(field.id for field in sheet.fields)))
    count = 0
    for count, filled in enumerate(records, start=1):  # noqa: B007 - counted, and used below
        for sheet in parts:
            writers[sheet.id].writerows(_lines(sheet, filled))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in parts:
            # The mark at the start tells Excel that the letters are UTF-8.
            data = texts[sheet.id].getvalue().encode("utf-8-sig")
            archive.writestr(f"{register.id}.{sheet.id}.csv", data)
    return count


def _lines(sheet: Sheet, filled: Filled) -> Iterable[list[str]]:
    if sheet.id == RECORDS:
        values = [_text(f, filled.record.get(f.id)) for f in sheet.fields]
        yield [str(filled.number), filled.key, str(filled.base), *values]
        return
    rows = filled.record.get(sheet.id)
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Mapping):
            yield [str(filled.number), *(_text(f, row.get(f.id)) for f in sheet.fields)]


def _text(field: Field, value: Value | None) -> str:
    """A value as CSV has it; text that looks like a formula gets an apostrophe before it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Sealed():
            return f"{SEALED}{value}"
        case date():
            return value.isoformat()
        case int() | float():
            return f"{value:.{field.decimals}f}"
        case tuple():
            return "; ".join(str(part) for part in value)
        case _:
            return f"'{value}" if value.startswith(STARTS) else str(value)
