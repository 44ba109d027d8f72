"""What stands in a form: values as they were typed, right or wrong, and nothing lost."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cauce.model.record import Absent, Record, Row, Sealed, Value
from cauce.model.register import Field

Raw = dict[str, object]
"""Values by field as a form has them: text, a list of codes, or a list of rows of such."""


@dataclass(frozen=True)
class Typed:
    """A form as it was typed. `insist` are warnings that stand nevertheless, as "rule|field"."""

    values: Raw = field(default_factory=dict)
    valid_from: str = ""
    valid_to: str = ""
    reason: str = ""
    insist: tuple[str, ...] = ()

    def to_text(self) -> str:
        return json.dumps(
            {
                "values": self.values,
                "from": self.valid_from,
                "to": self.valid_to,
                "reason": self.reason,
                "insist": list(self.insist),
            },
            ensure_ascii=False,
        )


def typed_from(text: str) -> Typed:
    """What `to_text` wrote."""
    data = json.loads(text)
    return Typed(data["values"], data["from"], data["to"], data["reason"], tuple(data["insist"]))


def raw_of(fields: Iterable[Field], record: Record | Row) -> Raw:
    """A record as it stands in a form. What is still sealed does not stand there."""
    found: Raw = {}
    for one in fields:
        value = record.get(one.id)
        if value is not None and not isinstance(value, Sealed):
            found[one.id] = _raw(one, value)
    return found


def _raw(one: Field, value: Value) -> object:
    match value:
        case Absent():
            return str(value)
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case int() | float():
            return _number(value, one.decimals)
        case tuple():
            return [
                raw_of(one.rows, part) if isinstance(part, Mapping) else str(part) for part in value
            ]
        case _:
            return str(value)


def _number(value: float, decimals: int) -> str:
    """A number as a form reads it again: 1.2345, and never 1.234, which could be thousands."""
    told = f"{value:.{decimals}f}"
    if decimals:
        told = told.rstrip("0").rstrip(".")
    return f"{told}0" if len(told.partition(".")[2]) == 3 else told


def typed_values(fields: Iterable[Field], given: Mapping[str, list[str]]) -> Raw:
    """The values in the fields of a form, by their names: `title`, `phases.2.opens`.

    Beside a field stands its reason, `title?`, for when it has no value; what was typed goes first.
    """
    found: Raw = {}
    for one in fields:
        if one.kind == "rows":
            rows = _rows(one, given)
            if rows:
                found[one.id] = rows
            continue
        value = _given(one, one.id, given)
        if value not in ("", []):
            found[one.id] = value
    return found


def _rows(one: Field, given: Mapping[str, list[str]]) -> list[Raw]:
    before = f"{one.id}."
    numbers = {
        int(number)
        for name in given
        if name.startswith(before) and (number := name[len(before) :].partition(".")[0]).isdecimal()
    }
    rows: list[Raw] = []
    for position in sorted(numbers):
        cells = {
            column.id: _given(column, f"{one.id}.{position}.{column.id}", given)
            for column in one.rows
        }
        rows.append({name: value for name, value in cells.items() if value not in ("", [])})
    return rows


def _given(one: Field, name: str, given: Mapping[str, list[str]]) -> object:
    values = [value for value in given.get(name, []) if value.strip()]
    reason = "".join(given.get(f"{name}?", [])[:1])
    if one.kind == "codes" and values:
        return values[0] if len(values) == 1 and ";" in values[0] else values
    if values:
        return values[0]
    return reason
