"""Opening what is sealed, for who may see it, with a note of who looked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from cauce.model.access import Access, State
from cauce.model.account import Account
from cauce.model.record import Record, Sealed, Value
from cauce.model.register import Register
from cauce.registers.access import fields
from cauce.registers.canonical import from_json
from cauce.registers.fields import field_of
from cauce.store.log import door_schema as doors
from cauce.store.log.envelope import Whose, blind, data_key, text_behind
from cauce.store.log.key_folder import KeyFolder

EVERY = "*"


def open_record(
    connection: Connection,
    keys: KeyFolder,
    whose: Whose,
    record: Record,
    names: frozenset[str],
) -> Record:
    """The record with these sealed fields opened, in a writing transaction that notes who looked.

    What was erased stays sealed.
    """
    key = data_key(connection, keys, whose)
    opened: set[str] = set()
    found = {
        name: _taken(connection, whose, key, name, value, names, opened)
        for name, value in record.items()
    }
    if opened:
        note_reading(connection, whose.register.id, whose.key, whose.country, opened)
    return found


def note_reading(
    connection: Connection, register: str, key: str, country: str, names: Iterable[str]
) -> None:
    """Write into the audit who read which fields; `EVERY` as the key is a country's records."""
    connection.execute(
        insert(doors.reading).values(
            register=register, key=key, country=country, fields=",".join(sorted(names))
        )
    )


def part_of(record: Record, names: frozenset[str]) -> Record:
    """The record without the fields, and the columns of rows, that are not among the names."""
    return {name: _columns(name, value, names) for name, value in record.items() if name in names}


def seen_record(
    connection: Connection,
    keys: KeyFolder,
    access: Access,
    account: Account | None,
    whose: Whose,
    record: Record,
    state: State,
) -> Record:
    """The record as somebody may see it: fields not theirs are gone, sealed ones of theirs open."""
    names = fields(access, account, "see", whose.register, whose.country, state)
    return open_record(connection, keys, whose, part_of(record, names), names)


def find_sealed(
    connection: Connection, keys: KeyFolder, country: str, register: str, field: str, text: str
) -> frozenset[str]:
    """The keys of a country's records whose sealed field is this text, as `blind` takes it.

    Only a whole value is found, never its beginning. Whether the country is theirs is for the
    caller to ask.
    """
    table = doors.blind.c
    rows = connection.execute(
        select(table.key).where(
            table.register == register,
            table.field == field,
            table.digest == blind(keys, country, register, field, text),
        )
    )
    return frozenset(row.key for row in rows)


def _taken(
    connection: Connection,
    whose: Whose,
    key: bytes | None,
    name: str,
    value: Value,
    names: frozenset[str],
    opened: set[str],
) -> Value:
    """A value as it is read: opened if it is sealed and among the names."""
    if isinstance(value, Sealed):
        text = None
        if key is not None and name in names:
            text = text_behind(connection, whose, key, name, value)
        if text is None:
            return value
        opened.add(name)
        return _value(whose.register, name, text)
    if isinstance(value, tuple):
        return tuple(
            {
                column: _taken(connection, whose, key, f"{name}.{column}", cell, names, opened)
                for column, cell in part.items()
            }
            if isinstance(part, Mapping)
            else part
            for part in value
        )  # type: ignore[return-value] # rows stay rows, codes codes
    return value


def _columns(name: str, value: Value, names: frozenset[str]) -> Value:
    """Rows without the columns that are not among the names."""
    if not isinstance(value, tuple):
        return value
    return tuple(
        {column: cell for column, cell in part.items() if f"{name}.{column}" in names}
        if isinstance(part, Mapping)
        else part
        for part in value
    )  # type: ignore[return-value] # rows stay rows, codes codes


def _value(register: Register, name: str, text: str) -> Value:
    """The value in a text that was sealed, typed as its field or column is."""
    field = replace(field_of(register, name), id=name)
    return from_json(replace(register, fields=(field,)), text)[name]
