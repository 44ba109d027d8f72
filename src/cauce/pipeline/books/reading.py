"""One raw record read as its register declares it, with everything that is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.record import Absent, Fault, Record, Sealed, Value
from cauce.model.register import Field, Register
from cauce.pipeline.books.adapt import Words, adapted
from cauce.pipeline.books.raw import Line, RawRecord
from cauce.registers.rules import broken_rules
from cauce.registers.values import Wrong, read_record
from cauce.sources.books.shape import SEALED

_SEALED = re.compile(rf"{SEALED}([0-9a-f]{{64}})")
_STANDS_IN = str(Absent.UNKNOWN)
_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


@dataclass(frozen=True)
class ReadRecord:
    """A record and its faults; where there is one, the record holds UNK, so that no rule is asked.

    `sealed` are the paths given back sealed, with their hashes.
    """

    record: Record
    faults: tuple[Fault, ...]
    sealed: Mapping[str, Sealed]


def read(register: Register, raw: RawRecord, words: Words) -> ReadRecord:
    """The record in a raw one."""
    faults: list[Fault] = []
    sealed: dict[str, Sealed] = {}
    fields = {field.id: field for field in register.fields}
    values = _values(fields, raw.cells, "", words, faults, sealed)
    for name, lines in raw.rows.items():
        columns = {column.id: column for column in fields[name].rows}
        values[name] = [
            _values(columns, line, f"{name}[{number}].", words, faults, sealed)
            for number, (_, line) in enumerate(lines, start=1)
        ]
    record, found = read_record(register, values, words.lists)
    faults += found
    record = _patched(record, {fault.field: Absent.UNKNOWN for fault in faults})
    record = _patched(record, sealed)
    return ReadRecord(record, (*faults, *broken_rules(register, record)), sealed)


def _values(
    fields: Mapping[str, Field],
    cells: Line,
    before: str,
    words: Words,
    faults: list[Fault],
    sealed: dict[str, Sealed],
) -> dict[str, object]:
    """Raw values by field. UNK stands in for what is wrong already, or sealed."""
    values: dict[str, object] = {}
    for name, cell in cells.items():
        if isinstance(cell, str) and cell.startswith(SEALED) and (s := _SEALED.fullmatch(cell)):
            sealed[f"{before}{name}"] = Sealed(s[1])
            values[name] = _STANDS_IN
            continue
        try:
            values[name] = adapted(fields[name], cell, words)
        except Wrong as wrong:
            faults.append(Fault(f"{before}{name}", wrong.text))
            values[name] = _STANDS_IN
    return values


def _patched(record: Record, values: Mapping[str, Value]) -> Record:
    """The record with other values at some paths such as "title" or "parties[2].country"."""
    if not values:
        return record
    found = dict(record)
    for path, value in values.items():
        row = _ROW.fullmatch(path)
        if row is None:
            if not (path in record and isinstance(record[path], tuple)):
                found[path] = value
            continue
        name, at = row[1], int(row[2]) - 1
        rows = found.get(name, ())
        if isinstance(rows, tuple) and at < len(rows):
            changed = [dict(r) if isinstance(r, Mapping) else {} for r in rows]
            changed[at][row[3]] = value  # type: ignore[assignment] # never rows within rows
            found[name] = tuple(changed)
    return found
