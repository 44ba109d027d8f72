"""Opening a workbook from outside in a process of its own."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.sources.books.book import Book, Broken, Cell, Grid, Mark, Refused
from cauce.sources.hashing import hash_file
from cauce.sources.limits import GIB, MIB, Limits
from cauce.sources.process import Progress, Request, ask, private_folder
from cauce.sources.staging import identity, refuse_change

BOOK_LIMITS = Limits(
    memory_bytes=3 * GIB,
    cpu_seconds=120,
    wall_seconds=180.0,
    unpacked_bytes=256 * MIB,
    answer_bytes=512 * MIB,
)
READ, MARK = "read", "mark"
WORKER = "cauce.sources.books.worker"
MARKS, MARKED = "marks.json", "marked.xlsx"


def read_book(path: Path, limits: Limits = BOOK_LIMITS, progress: Progress | None = None) -> Book:
    """The cells of an .xlsx workbook or a CSV file.

    Raises:
        Refused: it is something else, damaged, encrypted, dangerous or too much, in both languages.
    """
    with private_folder() as folder:
        found, sha256 = _ask(READ, path, folder, limits, progress)
    return Book(tuple(grid_of(sheet) for sheet in found["sheets"]), sha256)


def mark_book(
    path: Path,
    marks: Sequence[Mark],
    out: Path,
    limits: Limits = BOOK_LIMITS,
    progress: Progress | None = None,
) -> None:
    """Write the same workbook to `out` with every mark at its cell and a sheet that lists them.

    Marks of an earlier time are taken away. Whatever else the workbook holds stays as it is.

    Raises Refused as `read_book` does.
    """
    told = [
        [k.sheet, k.row, k.column, k.field.en, k.field.es, k.message.en, k.message.es, k.warning]
        for k in marks
    ]
    with private_folder() as folder:
        (folder / MARKS).write_text(json.dumps(told), "utf-8")
        _ask(MARK, path, folder, limits, progress)
        out.write_bytes((folder / MARKED).read_bytes())


def _ask(
    task: str, path: Path, folder: Path, limits: Limits, progress: Progress | None
) -> tuple[dict[str, Any], str]:
    """The worker's answer and the file's hash; Refused with whatever went wrong."""
    try:
        before = identity(path)
        found = ask(Request(task, path, "", "", None, None), folder, limits, progress, WORKER)
        sha256, _ = hash_file(path)
        refuse_change(path, before)
    except BadInput as error:
        raise Refused(
            Text(f"{path.name}: {error}", f"{path.name}: no pudo leerse. {error}")
        ) from error
    if "refused" in found:
        en, es = found["refused"]
        raise Refused(Text(f"{path.name}: {en}", f"{path.name}: {es}"))
    return found, sha256


def grid_of(sheet: dict[str, Any]) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    for number, cells in sheet["rows"]:
        parts = iter(cells)
        rows[number] = {column: _cell(value) for column, value in zip(parts, parts, strict=True)}
    return Grid(sheet["name"], rows)


def _cell(value: Any) -> Cell:
    if not isinstance(value, dict):
        found: Cell = value
        return found
    if "e" in value:
        return Broken(value["e"])
    text = value["d"]
    try:
        return date.fromisoformat(text)
    except ValueError:
        return str(text)
