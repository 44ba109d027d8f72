"""The process that opens a workbook from outside: reads its cells, or marks them, and ends.

Started as `cauce.sources.worker` is, and under the same limits.
"""

import json
from pathlib import Path
from typing import Any

from cauce.sources.books.book import Mark, Refused
from cauce.sources.books.reading import MARKED, MARKS, READ
from cauce.sources.limits import Limits
from cauce.sources.worker import main, say


def work(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """The cells, or nothing once the marked workbook is written; or why it is refused."""
    path = Path(request["path"])
    say("reading")
    try:
        if request["task"] == READ:
            return _read(path, limits)
        return _mark(path, folder, limits)
    except Refused as error:
        return {"refused": [error.text.en, error.text.es]}


def _read(path: Path, limits: Limits) -> dict[str, Any]:
    from cauce.sources.books.cells import read_cells
    from cauce.sources.books.csv_cells import read_csv_cells

    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return read_csv_cells(path)
    return read_cells(path, limits)


def _mark(path: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    from cauce.model.text import Text
    from cauce.sources.books.marking import write_marked

    marks = [
        Mark(sheet, row, column, Text(fe, fs), Text(me, ms), warning)
        for sheet, row, column, fe, fs, me, ms, warning in json.loads(
            (folder / MARKS).read_text("utf-8")
        )
    ]
    write_marked(path, marks, folder / MARKED, limits)
    return {}


if __name__ == "__main__":
    main(work)
