"""Rows of a CSV file one after the other, every cell as it is written."""

import csv
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.sources.csv_guess import guess_delimiter, guess_encoding
from cauce.sources.csv_text import known_encoding
from cauce.sources.limits import MIB

LONGEST = 16 * MIB
"""Letters of a cell that is read at all."""
MOST_LINES = 200
"""Lines a quoted cell may span: beyond, a quote was lost and the cell holds other rows."""


@contextmanager
def opened_rows(
    path: Path, encoding: str = "utf-8"
) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
    """The header of a file, packed as .gz or not, and its rows, each as wide as the header.

    Raises:
        BadInput: no file, no rows, another encoding, rows of another width, a lost quote. A fault
            far down is raised when its row is reached.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    name = "utf-8-sig" if known_encoding(encoding) == "utf-8" else encoding
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    packed = path.suffix == ".gz"
    _refuse_others(path, name)
    sign = _delimiter(path, name, packed)
    with (gzip.open if packed else open)(path, "rt", encoding=name, newline="") as file:
        rows = _rows(csv.reader(file, delimiter=sign, strict=True), path, name)
        header = [cell.strip() for cell in next(rows, [])]
        if not any(header):
            raise BadInput(f"{path.name}, line 1: no header. The first line names the columns.")
        yield header, _even(rows, len(header), path, sign)


def place_of(header: list[str], column: str, path: Path) -> int:
    """Where a column is. Raises BadInput if it is not there, or twice."""
    count = header.count(column)
    if count != 1:
        known = ", ".join(header[:40])
        many = "no column" if not count else f"{count} columns"
        raise BadInput(f"{path.name} has {many} {column!r}. It has: {known}.")
    return header.index(column)


def _refuse_others(path: Path, encoding: str) -> None:
    """Raises BadInput for workbooks and files of statistical programs."""
    if path.suffix == ".gz":
        return
    with path.open("rb") as file:
        head = file.read(4_096)
    if head.startswith(b"PK\x03\x04") or (b"\0" in head and not encoding.startswith("utf-16")):
        raise BadInput(
            f"{path.name} is no text: a workbook, or a file of another program. Save the table as "
            "CSV in UTF-8, and give that (of UTF-16 say --encoding utf-16)."
        )


def _delimiter(path: Path, encoding: str, packed: bool) -> str:
    with (gzip.open if packed else open)(path, "rb") as file:
        top = file.read(MIB).decode(encoding, errors="replace")
    return guess_delimiter([line[:10_000] for line in top.splitlines()[:100]])


def _rows(reader: "Iterator[list[str]]", path: Path, encoding: str) -> Iterator[list[str]]:
    """The rows of a reader, its errors in words."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            better = guess_encoding(path) if path.suffix != ".gz" else "windows-1252"
            raise BadInput(
                f"{path.name}, after line {_line(reader):,}: bytes that are not {encoding}. Say "
                f"how it is written, such as --encoding {better}."
            ) from error
        except (csv.Error, OSError, EOFError) as error:
            raise BadInput(
                f"{path.name}, line {_line(reader):,}: this is no CSV ({error}). Is a quote lost? "
                'Inside a cell it is written twice: "".'
            ) from error


def _line(reader: object) -> int:
    return int(getattr(reader, "line_num", 0))


def _even(rows: Iterator[list[str]], width: int, path: Path, sign: str) -> Iterator[list[str]]:
    """Rows that have the width of the header; lines with nothing at all are none."""
    number = 1
    for row in rows:
        number += 1
        if not row and width > 1:
            continue
        if not row:
            row = [""]
        if len(row) != width:
            raise BadInput(
                f"{path.name}, row {number:,}: {len(row)} cells, and the header has {width} "
                f"(parted by {sign!r}). Nothing was written."
            )
        if any(cell.count("\n") > MOST_LINES for cell in row):
            raise BadInput(
                f"{path.name}, row {number:,}: a cell of more than {MOST_LINES} lines. Is a quote "
                'lost? Inside a cell it is written twice: "".'
            )
        yield row
