"""Records in the tables of somebody else, by a declared mapping."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from cauce.model.errors import BadInput
from cauce.pipeline.books.mapping import MapField, Mapped, MapRows
from cauce.pipeline.books.raw import Line, Place, RawRecord
from cauce.pipeline.books.tables import Table
from cauce.sources.books.book import Cell

Joined = Mapping[str, "Mapping[str, str] | None"]
"""The line of each file that belongs to one record; None where a file has none."""


@dataclass(frozen=True)
class Taken:
    """The records, what could not be read by field, and the columns nobody asked for."""

    records: tuple[RawRecord, ...]
    unreadable: Mapping[str, int]
    left: tuple[str, ...]


def take(mapping: Mapped, tables: Sequence[Table]) -> Taken:
    """Raises BadInput if files or columns are missing, or a line is named twice."""
    if len(tables) != len(mapping.files):
        names = ", ".join(file.name for file in mapping.files)
        raise BadInput(f"The mapping wants {len(mapping.files)} files, in this order: {names}.")
    by_name = {file.name: table for file, table in zip(mapping.files, tables, strict=True)}
    used = _columns(mapping)
    for name, columns in used.items():
        missing = sorted(columns - set(by_name[name].columns))
        if missing:
            raise BadInput(f"{by_name[name].name} has no column {', '.join(missing)}.")
    others = {f.name: _indexed(by_name[f.name], f.on) for f in mapping.files[1:]}
    main = mapping.files[0].name
    _indexed(by_name[main], mapping.identity)
    unreadable: Counter[str] = Counter()
    records = []
    for number, line in zip(count(2), by_name[main].lines):
        joined: dict[str, Mapping[str, str] | None] = {main: line}
        for file in mapping.files[1:]:
            joined[file.name] = others[file.name].get(line[file.on])
        records.append(_record(mapping, by_name[main], number, joined, unreadable))
    left = [f"{name}.{c}" for name, t in by_name.items() for c in t.columns if c not in used[name]]
    return Taken(tuple(records), dict(unreadable), tuple(left))


def _columns(mapping: Mapped) -> dict[str, set[str]]:
    """The columns that are asked of each file."""
    main = mapping.files[0].name
    found: dict[str, set[str]] = {file.name: {file.on} - {""} for file in mapping.files}
    found[main] |= {mapping.identity, *(file.on for file in mapping.files[1:])}
    for part in mapping.fields:
        named = {part.column, part.same_year_as, *(part.columns or {})}
        found[part.file or main] |= named - {""}
        found[main] |= set(_named(part.template)) | set(_named(part.otherwise))
    for rows in mapping.rows:
        found[rows.file or main] |= set(rows.columns)
    return found


def _named(template: str) -> list[str]:
    return [part.partition("}")[0] for part in template.split("{")[1:]]


def _indexed(table: Table, column: str) -> dict[str, Mapping[str, str]]:
    found = {line[column]: line for line in table.lines}
    if len(found) < len(table.lines):
        twice = len(table.lines) - len(found)
        raise BadInput(f"{table.name}: {column} names {twice} lines twice, and should name one.")
    return found


def _record(
    mapping: Mapped, table: Table, number: int, joined: Joined, unreadable: Counter[str]
) -> RawRecord:
    line = joined[mapping.files[0].name] or {}
    columns = {part.to: table.columns.index(part.column) for part in mapping.fields
               if part.column in table.columns}  # fmt: skip
    place = Place(table.name, number, {"": 0, **columns})
    cells: dict[str, Cell] = {}
    for part in mapping.fields:
        own = joined[part.file] if part.file else line
        value = _value(part, own, line, unreadable)
        if value:
            cells[part.to] = value
    rows = {part.to: _lines(part, joined[part.file] if part.file else line, place)
            for part in mapping.rows}  # fmt: skip
    stable = f"{mapping.source}/{line[mapping.identity]}"
    return RawRecord(line[mapping.identity], place, cells, {}, rows, stable)


def _value(
    part: MapField,
    own: Mapping[str, str] | None,
    line: Mapping[str, str],
    unreadable: Counter[str],
) -> str:
    """What a field is given, "" for nothing."""
    if part.value:
        return part.value
    if part.template:
        return part.template.format_map(line)
    found = ""
    if own is not None and part.columns is not None:
        codes = [code for column, code in part.columns.items() if own[column] == part.where]
        found = ";".join(dict.fromkeys(codes))
    elif own is not None:
        found = _mended(own[part.column].strip(), part.mend)
        found = (part.values or {}).get(found, found)
        if found and part.date:
            found = _dated(part, found, own, unreadable)
    return found or (part.otherwise.format_map(line) if part.otherwise else "")


def _mended(text: str, encoding: str) -> str:
    """Text that was UTF-8 and was read as something else, put back; else as it is."""
    if not encoding or text.isascii():
        return text
    try:
        return text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return text


def _dated(part: MapField, text: str, own: Mapping[str, str], unreadable: Counter[str]) -> str:
    """The day in a text as 2023-08-25; what stands for it if it is none, or not believed."""
    order = part.date.replace("-", "/").split("/")
    parts = text.replace("-", "/").split("/")
    try:
        numbers = dict(zip(order, (int(part) for part in parts), strict=True))
        day = date(numbers["year"], numbers["month"], numbers["day"])
    except ValueError:
        day = None
    if day is not None and (not part.same_year_as or own[part.same_year_as] == str(day.year)):
        return day.isoformat()
    if not part.unreadable:
        return text
    unreadable[part.to] += 1
    return part.unreadable


def _lines(part: MapRows, own: Mapping[str, str] | None, place: Place) -> list[tuple[Place, Line]]:
    if own is None:
        return []
    values = part.values or {}
    return [
        (
            place,
            {
                part.name_to: name,
                part.value_to: values.get(own[column], own[column]),
                **(part.also or {}),
            },
        )
        for column, name in part.columns.items()
        if own[column] != ""
    ]
