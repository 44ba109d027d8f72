"""Records as somebody typed them: raw values, and the cell each came from."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cauce.model.register import Register
from cauce.model.text import Text
from cauce.sources.books.book import Cell, Mark
from cauce.sources.books.shape import KEY, OWN

Line: TypeAlias = Mapping[str, Cell]
"""Cells by field."""
_PATH = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")


@dataclass(frozen=True)
class Place:
    """A line of a sheet, and the column of each field in it, counted from 0."""

    sheet: str
    row: int
    columns: Mapping[str, int]


@dataclass(frozen=True)
class RawRecord:
    """One record. `number` is what the workbook calls it, `own` the cells of our own columns.

    `rows` holds the lines of each field of rows with their places. `stable` names the record
    wherever it comes from again, "" if nothing but its place in this file does.
    """

    number: str
    place: Place
    cells: Line
    own: Line = field(default_factory=dict)
    rows: dict[str, list[tuple[Place, Line]]] = field(default_factory=dict)
    stable: str = ""

    def mark(self, register: Register, path: str, message: Text, warning: bool = False) -> Mark:
        """What is wrong at a field such as "title" or "parties[2].country", at its cell.

        What has no cell is marked at the record's first.
        """
        found = _PATH.fullmatch(path)
        outer, number, inner = found.groups() if found else (path, None, None)
        place, column = self.place, outer
        lines = self.rows.get(outer, [])
        if number is not None and int(number) <= len(lines):
            place, column = lines[int(number) - 1][0], inner or ""
        at = place.columns.get(column, min(place.columns.values(), default=0))
        return Mark(place.sheet, place.row, at, named(register, outer, inner), message, warning)


def named(register: Register, outer: str, inner: str | None = None) -> Text:
    """How people call a field, or a column of rows."""
    if outer in OWN:
        return OWN[outer]
    own = next((f for f in register.fields if f.id == outer), None)
    if own is None:
        return Text(outer, outer)
    column = next((c for c in own.rows if c.id == inner), None)
    if column is None:
        return own.name
    return Text(f"{own.name.en} – {column.name.en}", f"{own.name.es} – {column.name.es}")


def new_key(source: str, register: str, place: str) -> str:
    """The key of a new record: says nothing, and is the same for the same line of a file."""
    return hashlib.sha256(f"{source}/{register}/{place}".encode()).hexdigest()[:20]


def keys_of(register: Register, source: str, raws: Sequence[RawRecord]) -> dict[str, str]:
    """The key of each record by its number: the one it has, or a new one."""
    return {
        raw.number: str(raw.own.get(KEY, "")).strip()
        or new_key("" if raw.stable else source, register.id, stable_name(raw))
        for raw in raws
    }


def stable_name(raw: RawRecord) -> str:
    """What names a record wherever it comes from again, or else its place in this file."""
    return raw.stable or f"{raw.place.sheet}/{raw.place.row}"
