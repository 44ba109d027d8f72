"""A record as JSON: one text for one record, and back."""

import json
from collections.abc import Mapping
from datetime import date

from cauce.model.record import Absent, Record, Row, Scalar, Sealed, Value
from cauce.model.register import Field, Register


def to_json(record: Record) -> str:
    """The one JSON text of a record: keys sorted, no spaces, dates as 2023-08-25.

    What is absent is {"absent":"UNK"}, what is sealed {"sealed":"<hash>"}.
    """
    return json.dumps(plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value: Value | Record | Row) -> object:
    """A value as JSON has it."""
    match value:
        case Absent():
            return {"absent": str(value)}
        case Sealed():
            return {"sealed": str(value)}
        case date():
            return value.isoformat()
        case tuple():
            return [plain(part) for part in value]
        case Mapping():
            return {name: plain(part) for name, part in value.items()}
        case _:
            return value


def from_json(register: Register, text: str) -> Record:
    """The record in a text that `to_json` wrote. Fields no longer declared are kept as they are."""
    data = json.loads(text)
    fields = {field.id: field for field in register.fields}
    return {name: _value(fields.get(name), raw) for name, raw in data.items()}


def _value(field: Field | None, raw: object) -> Value:
    if isinstance(raw, list):
        columns = {column.id: column for column in field.rows} if field else {}
        return tuple(
            {name: _scalar(columns.get(name), part) for name, part in item.items()}
            if isinstance(item, dict)
            else str(item)
            for item in raw
        )  # type: ignore[return-value] # a list holds rows or codes, never both
    return _scalar(field, raw)


def _scalar(field: Field | None, raw: object) -> Scalar:
    if isinstance(raw, dict):
        return Sealed(raw["sealed"]) if "sealed" in raw else Absent(raw["absent"])
    if isinstance(raw, list):
        return tuple(raw)  # type: ignore[return-value] # codes within a row
    if field is not None and field.kind == "date" and isinstance(raw, str):
        return date.fromisoformat(raw)
    if field is not None and field.kind in ("number", "money") and field.decimals:
        return float(raw)  # type: ignore[arg-type] # the log holds what `values` let in
    return raw  # type: ignore[return-value] # text, number or flag
