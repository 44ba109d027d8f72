"""A record as it stands in a workbook that was taken away, read with openpyxl."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cauce.model.record import Record
from cauce.model.register import Field, Register
from cauce.registers.values import Lists, read_record

Line = dict[str, Any]
SHEET = re.compile(r"cauce-book .* sheet=(\w+) ")
NUMBER = "number of the record"


def record_in(book: bytes, register: Register, key: str, lists: Lists) -> tuple[Record, set[str]]:
    """The record of a key and the fields that the workbook has: all rows of it, on all sheets."""
    sheets = {match[1]: sheet for sheet in load_workbook(BytesIO(book)) if (match := _told(sheet))}
    (line,) = [line for line in _lines(sheets["records"]) if line["_key"] == key]
    raw: dict[str, Any] = {}
    for one in register.fields:
        if one.kind == "rows" and one.id in sheets:
            mine = [row for row in _lines(sheets[one.id]) if row[NUMBER] == line[NUMBER]]
            raw[one.id] = [_raw(one.rows, row) for row in mine]
    record, faults = read_record(register, {**_raw(register.fields, line), **raw}, lists)
    assert not faults
    return record, {name for name in (*line, *sheets) if not name.startswith("_")}


def _told(sheet: Worksheet) -> re.Match[str] | None:
    return SHEET.match(str(sheet.cell(1, 1).value))


def _lines(sheet: Worksheet) -> Iterator[Line]:
    """The lines below the three of the heading."""
    rows = sheet.iter_rows(values_only=True)
    heads = [NUMBER, *(next(rows)[1:])]
    for row in list(rows)[2:]:
        yield dict(zip(heads, row, strict=True))


def _raw(fields: tuple[Field, ...], line: Line) -> Line:
    return {one.id: _cell(one, line[one.id]) for one in fields if line.get(one.id) is not None}


def _cell(one: Field, value: Any) -> Any:
    """A cell as a form has it: of "Un programa · way" the key, of a moment the day."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.rpartition(" · ")[2] if one.kind == "link" else value
