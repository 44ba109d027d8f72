"""The relations analysts read: the typed columns a declaration yields, and what it keeps back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from cauce.model.register import Field, FieldKind, Register
from cauce.model.text import Text

ColumnKind = Literal["text", "codes", "whole", "decimal", "day", "flag"]
KINDS: Mapping[FieldKind, ColumnKind] = {
    "text": "text",
    "note": "text",
    "web": "text",
    "link": "text",
    "code": "text",
    "codes": "codes",
    "date": "day",
    "flag": "flag",
}
"""All but numbers, whose kind depends on their decimals, and rows, which are relations."""

WHY = "_absent"
"""Beside each column `x` stands `x_absent`: why it is empty, if somebody said so."""


@dataclass(frozen=True)
class Column:
    """One column, named as the field is declared."""

    id: str
    name: Text
    kind: ColumnKind


@dataclass(frozen=True)
class Relation:
    """The records of a register, or the rows in one field of theirs (`rows` is its id)."""

    register: str
    rows: str
    name: Text
    columns: tuple[Column, ...]


def relations(register: Register) -> tuple[Relation, ...]:
    """A register's relations: its records first, then each field of rows.

    Sealed fields are in none, nor is what is more sensitive than the register's `analysts`.
    """
    return (
        Relation(register.id, "", register.name, columns(register, register.fields)),
        *(
            Relation(register.id, field.id, field.name, inner)
            for field in register.fields
            if field.sensitivity <= register.analysts and (inner := columns(register, field.rows))
        ),
    )


def columns(register: Register, fields: tuple[Field, ...]) -> tuple[Column, ...]:
    """The columns of some fields: those analysts may read, without those that hold rows."""
    return tuple(
        Column(field.id, field.name, kind_of(field))
        for field in fields
        if field.kind != "rows" and field.sensitivity <= register.analysts
    )


def kind_of(field: Field) -> ColumnKind:
    """The kind of a field's column."""
    if field.kind in KINDS:
        return KINDS[field.kind]
    return "decimal" if field.decimals else "whole"


def name_clashes(fields: tuple[Field, ...]) -> Iterator[str]:
    """Fields named like the column beside another one."""
    names = {field.id for field in fields}
    yield from sorted(name for name in names if name + WHY in names)
