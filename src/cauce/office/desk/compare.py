"""Two versions of a record side by side, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.record import Record, Row, Value
from cauce.model.register import Field, Register
from cauce.office.desk.shown import Cell, Grid, Reader


@dataclass(frozen=True)
class Side:
    """A field on one side: a cell, or rows; neither if not filled in.

    Of rows only those are shown that the other side has not; `same` counts the others.
    """

    cell: Cell | None
    grid: Grid | None = None
    same: int = 0


@dataclass(frozen=True)
class Pair:
    """A field on both sides."""

    id: str
    name: str
    left: Side
    right: Side
    differs: bool


def pairs(
    reader: Reader, register: Register, left: Record, right: Record, every: bool = False
) -> tuple[Pair, ...]:
    """The fields in which two records differ; `every` field that either has, if asked."""
    return tuple(
        Pair(
            one.id,
            reader.visit.of(one.name),
            _side(reader, one, left.get(one.id), right.get(one.id)),
            _side(reader, one, right.get(one.id), left.get(one.id)),
            left.get(one.id) != right.get(one.id),
        )
        for one in register.fields
        if (left.get(one.id) != right.get(one.id))
        or (every and (one.id in left or one.id in right))
    )


def _side(reader: Reader, one: Field, value: Value | None, other: Value | None) -> Side:
    if value is None:
        return Side(None)
    if one.kind == "rows":
        rows, others = _rows(value), _rows(other)
        own = tuple(row for row in rows if row not in others)
        return Side(None, reader.grid(one, own), len(rows) - len(own))
    return Side(reader.cell(one, value))


def _rows(value: Value | None) -> tuple[Row, ...]:
    parts = value if isinstance(value, tuple) else ()
    return tuple(row for row in parts if isinstance(row, Mapping))
