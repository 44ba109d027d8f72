"""Frames, samples and answers of employers: small CSV files, as rows of text."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cauce.model.errors import BadInput

MOST_ROWS = 2_000_000
MOST_BYTES = 512 << 20
Row = Mapping[str, str]


def read_rows(file: Path, wanted: Sequence[str]) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """The columns of a CSV file (comma or semicolon, UTF-8) and its rows.

    Raises:
        BadInput: there is no such file, it is no CSV in UTF-8, too large, has no rows, a row is
            longer or shorter than the heading, a wanted column is missing or named twice.
    """
    if not file.is_file():
        raise BadInput(f"There is no file {file}.")
    if file.stat().st_size > MOST_BYTES:
        raise BadInput(f"{file.name} is larger than {MOST_BYTES >> 20} MiB.")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file.name} is not UTF-8. Save it as CSV UTF-8.") from error
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    lines = csv.reader(text.splitlines(), delimiter=delimiter, strict=True)
    try:
        columns = tuple(name.strip() for name in next(lines, []))
        rows = [row for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadInput(f"{file.name} is no CSV file: {error}.") from error
    _check(file.name, columns, rows, wanted)
    return columns, [
        dict(zip(columns, (cell.strip() for cell in row), strict=True)) for row in rows
    ]


def _check(name: str, columns: Sequence[str], rows: list[list[str]], wanted: Sequence[str]) -> None:
    if lacking := [one for one in wanted if one not in columns]:
        raise BadInput(
            f"{name} has no column {', '.join(lacking)}. It needs {', '.join(wanted)}; it has "
            f"{', '.join(columns) or 'none'}."
        )
    if len(set(columns)) < len(columns):
        raise BadInput(f"{name} names a column twice.")
    if not rows:
        raise BadInput(f"{name} has no rows.")
    if len(rows) > MOST_ROWS:
        raise BadInput(f"{name} has more than {MOST_ROWS:,} rows.")
    if uneven := sum(len(row) != len(columns) for row in rows):
        raise BadInput(f"{name}: {uneven:,} rows are longer or shorter than the heading.")


def write_rows(file: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows as CSV; a column a row does not have stays empty."""
    try:
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise BadInput(f"{file} cannot be written ({error.strerror}).") from error
