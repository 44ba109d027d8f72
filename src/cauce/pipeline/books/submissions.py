"""Answers to our forms, as KoBo and ODK give them out: a table of answers, one for each repeat.

KoBo writes `group/question` and joins repeats by `_index` and `_parent_index`; ODK Central writes
`group-question` and joins them by KEY and PARENT_KEY. Both with XML values and headers.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cauce.model.record import Absent
from cauce.model.register import Field, Register
from cauce.model.text import Text
from cauce.pipeline.books.raw import Line, Place, RawRecord
from cauce.sources.books.book import Cell, Grid, Refused
from cauce.sources.books.form_names import question, why

PARENTS = ("PARENT_KEY", "_parent_index")
OWN_KEYS = ("KEY", "_index", "_uuid", "_id")
STABLE = ("_uuid", "KEY", "meta/instanceID", "instanceID", "_id")
_SEGMENTS = re.compile(r"[/-]")


@dataclass(frozen=True)
class _Table:
    """One sheet: its columns by what they are, and its lines."""

    grid: Grid
    names: Mapping[str, int]
    questions: Mapping[str, int]

    def lines(self) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        first = min(self.grid.rows)
        yield from ((n, row) for n, row in sorted(self.grid.rows.items()) if n > first)

    def first(self, row: Mapping[int, Cell], names: Sequence[str]) -> str:
        """The first of some columns that this line has, as text."""
        for name in names:
            cell = row.get(self.names[name]) if name in self.names else None
            if cell is not None:
                return str(int(cell)) if isinstance(cell, float) else str(cell)
        return ""


def raw_submissions(register: Register, grids: Sequence[Grid]) -> tuple[RawRecord, ...]:
    """The answers as raw records.

    Raises:
        Refused: no sheet holds the answers of this register's form.
    """
    main, repeats = _tables(register, grids)
    records: dict[str, RawRecord] = {}
    for number, row in main.lines():
        own = main.first(row, [name for name in OWN_KEYS if name in main.names]) or str(number)
        columns = {"": 0, **main.questions}
        place = Place(main.grid.name, number, columns)
        cells = _answers([f for f in register.fields if f.kind != "rows"], "", main, row)
        stable = main.first(row, STABLE)
        records[own] = RawRecord(own, place, cells, {}, defaultdict(list), stable)
    for field, table in repeats:
        _join(field, table, records, main)
    return tuple(records.values())


def _tables(register: Register, grids: Sequence[Grid]) -> tuple[_Table, list[tuple[Field, _Table]]]:
    """The table of answers, and those of repeats with their field."""
    wanted = {question(f.id) for f in register.fields if f.kind != "rows"}
    owners = {question(c.id, f.id): f for f in register.fields for c in f.rows}
    main: _Table | None = None
    repeats = []
    for grid in grids:
        if not grid.rows:
            continue
        table = _read(grid, wanted | set(owners))
        owner = next((owners[name] for name in table.questions if name in owners), None)
        if owner is not None and any(name in table.names for name in PARENTS):
            repeats.append((owner, table))
        elif main is None and table.questions.keys() & wanted:
            main = table
    if main is None:
        raise Refused(
            Text(
                f"No sheet holds answers to the form of {register.id}. Export them with XML "
                "values and headers.",
                f"Ninguna hoja tiene respuestas al formulario de {register.id}. Expórtelas con "
                "valores y encabezados XML.",
            )
        )
    return main, repeats


def _read(grid: Grid, questions: set[str]) -> _Table:
    """The columns of a sheet; a question stands under the last part of its path.

    Columns such as sectors/A, one for each choice, repeat what the column sectors says.
    """
    header = grid.rows[min(grid.rows)]
    names = {str(cell).strip(): at for at, cell in header.items()}
    found: dict[str, int] = {}
    every = questions | {why(name) for name in questions}
    for name, at in names.items():
        *before, last = _SEGMENTS.split(name)
        if last in every and not (before and before[-1] in questions):
            found.setdefault(last, at)
    return _Table(grid, names, found)


def _answers(fields: Sequence[Field], owner: str, table: _Table, row: Mapping[int, Cell]) -> Line:
    """The cells of a line by field. Why there is no answer stands in for the answer."""
    found: dict[str, Cell] = {}
    for field in fields:
        name = question(field.id, owner)
        cell = row.get(table.questions.get(name, -1))
        reason = row.get(table.questions.get(why(name), -1))
        if cell is None and reason in tuple(Absent):
            cell = reason
        if cell is None or cell == "":
            continue
        # Several choices are parted by spaces, which no code has.
        several = field.kind == "codes" and isinstance(cell, str)
        found[field.id] = ";".join(str(cell).split()) if several else cell
    return found


def _join(field: Field, table: _Table, records: Mapping[str, RawRecord], main: _Table) -> None:
    """Give each line of a repeat to the record it belongs to."""
    columns = {
        c.id: table.questions[name]
        for c in field.rows
        if (name := question(c.id, field.id)) in table.questions
    }
    for number, row in table.lines():
        parent = table.first(row, PARENTS)
        record = records.get(parent)
        cells = _answers(field.rows, field.id, table, row)
        if not cells:
            continue
        if record is None:
            raise Refused(
                Text(
                    f"{table.grid.name}, line {number}: {main.grid.name} has no answer {parent}. "
                    "Export both anew.",
                    f"{table.grid.name}, línea {number}: {main.grid.name} no tiene la respuesta "
                    f"{parent}. Expórtelas otra vez.",
                )
            )
        place = Place(table.grid.name, number, {"": 0, **columns})
        record.rows.setdefault(field.id, []).append((place, cells))
