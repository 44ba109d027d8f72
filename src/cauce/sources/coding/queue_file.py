"""Queues of clerks as workbooks, and what they decided as a log that only grows."""

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.outlook.coding import Title
from cauce.sources.books.book import Broken
from cauce.sources.books.reading import read_book
from cauce.sources.coding.rows import opened_rows
from cauce.sources.spellings import write_sheets

QUEUE = "queue"
PROPOSED = tuple(f"proposal_{number}" for number in range(1, 6))
ABOUT = ("title", "tasks", "beside", "by", "why")
FILLED = ("code", "coder", "decided_on", "note")
HEADINGS = ("line", "rows", *ABOUT, *PROPOSED, *FILLED)
MOST_LINES = 100_000
LONGEST = 5_000
"""Letters of a text a clerk is shown."""


@dataclass(frozen=True)
class Line:
    """An answer for a clerk: in how many rows it stands, what is proposed, what was decided."""

    line: str
    rows: int
    title: str
    tasks: str
    beside: str
    by: str
    why: str
    proposals: tuple[str, ...]
    code: str = ""
    coder: str = ""
    decided_on: str = ""
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """What a clerk decided about an answer: who, when, in which classification."""

    decided_at: str
    coder: str
    classification: str
    language: str
    line: str
    code: str
    title: str
    tasks: str
    beside: str
    note: str


DECISION = [field.name for field in fields(Decision)]


def write_queue(path: Path, lines: Sequence[Line]) -> None:
    """A workbook of lines for one clerk; the columns at the end are to be filled."""
    rows: list[list[str | int]] = [
        [
            each.line, each.rows, each.title[:LONGEST], each.tasks[:LONGEST], each.beside, each.by,
            each.why, *_padded(each.proposals), each.code, each.coder, each.decided_on, each.note,
        ]
        for each in lines
    ]  # fmt: skip
    write_sheets(path, {QUEUE: (HEADINGS, rows)})


def _padded(proposals: Sequence[str]) -> list[str]:
    return [*proposals, *[""] * (len(PROPOSED) - len(proposals))]


def read_queue(path: Path) -> list[Line]:
    """The lines of a queue as a clerk left it, in their order.

    Raises:
        BadInput: it is no queue, or a column or a line's own number was taken away.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    grids = [grid for grid in read_book(path).grids if grid.rows]
    grid = next((each for each in grids if each.name == QUEUE), grids[0] if grids else None)
    if grid is None:
        raise BadInput(f"{path.name} is empty.")
    first, *rest = sorted(grid.rows)
    place = {str(cell): column for column, cell in grid.rows[first].items()}
    missing = [name for name in ("line", "title", "code") if name not in place]
    if missing:
        raise BadInput(f"{path.name} lacks the column {', '.join(missing)}: is it the queue?")
    lines = []
    for number in rest:
        row = grid.rows[number]
        told = {name: _text(row.get(column, "")) for name, column in place.items()}
        if any(told.values()):
            lines.append(_line(told, number, path))
    return lines


def _line(told: Mapping[str, str], number: int, path: Path) -> Line:
    if not told["line"]:
        raise BadInput(f"{path.name}, row {number}: the line's own number is gone. Put it back.")
    rows = told.get("rows", "1")
    return Line(
        told["line"], int(rows) if rows.isdecimal() else 1, told["title"], told.get("tasks", ""),
        told.get("beside", ""), told.get("by", ""), told.get("why", ""),
        tuple(told.get(name, "") for name in PROPOSED),
        *(told.get(name, "").strip() for name in FILLED),
    )  # fmt: skip


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.shown if isinstance(cell, Broken) else str(cell)


def add_decisions(path: Path, decisions: Sequence[Decision]) -> int:
    """Add what is new to the log of decisions; how many were new. Nothing in it is ever changed."""
    known = set(read_decisions(path)) if path.exists() else set()
    new = [each for each in decisions if each not in known]
    begun = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if begun:
            writer.writerow(DECISION)
        writer.writerows(asdict(each).values() for each in new)
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def read_decisions(path: Path) -> list[Decision]:
    """All decisions of a log, in the order they were made. Raises BadInput for another file."""
    with opened_rows(path) as (header, rows):
        if header != DECISION:
            raise BadInput(f"{path.name} is no log of decisions: it begins {', '.join(header)}.")
        return [Decision(*row) for row in rows]


def decided_titles(decisions: Sequence[Decision]) -> list[Title]:
    """Decisions as titles for an index; of several about one answer the last holds."""
    last = {(each.title, each.tasks, each.beside): each for each in decisions}
    return [
        Title(each.title, each.code, each.tasks, tuple(each.beside.split()), first=True)
        for each in last.values()
    ]
