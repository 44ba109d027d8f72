"""What a workbook shows of a record, put together with what it does not show."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.record import Record, Sealed, Value
from cauce.model.register import Field, Register
from cauce.model.text import Text
from cauce.pipeline.books.reading import ReadRecord
from cauce.pipeline.books.telling import NOT_SEALED
from cauce.sources.books.shape import RECORDS, columns_among

_HIDDEN_ROWS = Text(
    "these rows have columns that this workbook does not show: change them on the record's page",
    "estas filas tienen columnas que este libro no muestra: modifíquelas en la página del registro",
)


@dataclass(frozen=True)
class Visible:
    """The fields that have a column, by sheet: of the records, and of the rows of each field."""

    sheets: Mapping[str, frozenset[str]]


def merged(
    register: Register, before: Record, got: ReadRecord, visible: Visible | None
) -> tuple[Record, list[tuple[str, Text]]]:
    """The record as it would be, and what of it cannot be told from the workbook.

    Fields without a column stay as they were. Rows of which not all columns are shown stay too,
    and may not have been touched.
    """
    record = dict(got.record)
    lost = [
        (path, NOT_SEALED)
        for path, value in got.sealed.items()
        if value not in _sealed_in(before.get(path.partition("[")[0]))
    ]
    for field in register.fields:
        old, new = before.get(field.id), record.get(field.id)
        keep, hidden = _kept(field, old, new, visible)
        if hidden:
            lost.append((field.id, _HIDDEN_ROWS))
        if keep:
            record.pop(field.id, None)
            if old is not None:
                record[field.id] = old
    return record, lost


def _kept(
    field: Field, old: Value | None, new: Value | None, visible: Visible | None
) -> tuple[bool, bool]:
    """Whether a field stays as it was, and whether it was changed though part of it is hidden."""
    if field.kind != "rows":
        shown = visible is None or field.id in visible.sheets.get(RECORDS, frozenset())
        return not shown, False
    if isinstance(old, Sealed):
        return new is None, False
    every = _columns(field)
    columns = every if visible is None else visible.sheets.get(field.id, frozenset())
    if columns >= every:
        return False, False
    if not columns or _seen(old, columns) == _seen(new, columns):
        return True, False
    hides = _seen(old, columns) != _seen(old, every)
    return hides, hides


def beyond(
    register: Register, before: Record, after: Record, writable: frozenset[str]
) -> list[str]:
    """The fields that differ and are not among the writable, "rows.column" within rows."""
    found = []
    for field in register.fields:
        old, new = before.get(field.id), after.get(field.id)
        if old == new:
            continue
        if not field.rows:
            differs = field.id not in writable
        else:
            kept = _columns(field) - columns_among(field, writable)
            differs = bool(kept) and _all(old, kept) != _all(new, kept)
        if differs:
            found.append(field.id)
    return found


def _all(value: Value | None, shown: frozenset[str]) -> list[dict[str, object]]:
    """The rows as far as some columns go, one after the other."""
    rows = value if isinstance(value, tuple) else ()
    return [{k: v for k, v in r.items() if k in shown} for r in rows if isinstance(r, Mapping)]


def _columns(field: Field) -> frozenset[str]:
    return frozenset(column.id for column in field.rows)


def _seen(value: Value | None, shown: frozenset[str]) -> list[dict[str, object]]:
    """The rows as far as their columns are shown; those of which nothing is shown are not there."""
    return [part for part in _all(value, shown) if part]


def _sealed_in(value: Value | None) -> frozenset[str]:
    if isinstance(value, Sealed):
        return frozenset({value})
    rows = [r for r in value if isinstance(r, Mapping)] if isinstance(value, tuple) else []
    return frozenset(v for row in rows for v in row.values() if isinstance(v, Sealed))
