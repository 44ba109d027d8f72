"""Sealing what can harm somebody, before it is appended: the log holds a hash of the ciphertext."""

import hashlib
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, insert, select

from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record, Row, Scalar, Sealed, Value
from cauce.model.register import Field, Register, Sensitivity
from cauce.registers.canonical import to_json
from cauce.store.log import door_schema as doors
from cauce.store.log.envelope import Whose, about, blind, data_key, new_key, text_behind
from cauce.store.log.key_folder import KeyFolder, seal

FOUND_BY = ("text", "link")
"""Kinds of sealed fields a record is found by. How often a code stands would say too much."""


def seal_record(
    connection: Connection,
    keys: KeyFolder,
    whose: Whose,
    record: Record,
    before: Record | None = None,
) -> Record:
    """The record with every P3 value sealed, to be appended in the same transaction.

    What is sealed already stays as it is; a value that equals the one in `before` keeps its hash,
    so that a save that changed nothing shows no difference. Why a value is absent is not sealed.

    Raises:
        BadInput: the record's values were erased, so that nothing more is sealed for it.
    """
    box = _Box(connection, keys, whose, before or {})
    fields = {field.id: field for field in whose.register.fields}
    return {name: box.put(fields.get(name), name, value) for name, value in record.items()}


class _Box:
    """Where the values of one record are sealed; its key is fetched when first needed."""

    def __init__(
        self, connection: Connection, keys: KeyFolder, whose: Whose, before: Record
    ) -> None:
        self.connection = connection
        self.keys = keys
        self.whose = whose
        self.before = before
        self._key: bytes | None = None

    def put(self, field: Field | None, name: str, value: Value) -> Value:
        """A value as the log holds it."""
        if field is None or isinstance(value, Absent | Sealed):
            return value
        if field.sensitivity is Sensitivity.P3:
            return self._seal(field, name, value, self.before.get(name))
        if field.rows:
            return tuple(self._row(field, row) for row in _rows(value))
        return value

    def _row(self, field: Field, row: Row) -> Row:
        columns = {column.id: column for column in field.rows}
        return {
            name: self._cell(columns.get(name), f"{field.id}.{name}", value)
            for name, value in row.items()
        }

    def _cell(
        self, column: Field | None, name: str, value: Scalar | tuple[str, ...]
    ) -> Scalar | tuple[str, ...]:
        sealable = column is not None and column.sensitivity is Sensitivity.P3
        if column is None or not sealable or isinstance(value, Absent | Sealed):
            return value
        return self._seal(column, name, value, None)

    def _seal(self, field: Field, name: str, value: Value, earlier: Value | None) -> Sealed:
        plain = to_json({name: value})
        key = self._own_key()
        if isinstance(earlier, Sealed):
            kept = text_behind(self.connection, self.whose, key, name, earlier)
            if kept == plain:
                return earlier
        text = seal(key, plain.encode(), about(self.whose, name))
        sealed = Sealed(hashlib.sha256(bytes.fromhex(text)).hexdigest())
        self.connection.execute(
            insert(doors.sealed).values(
                hash=str(sealed),
                register=self.whose.register.id,
                key=self.whose.key,
                field=name,
                value=text,
            )
        )
        if field.kind in FOUND_BY and isinstance(value, str):
            self._index(name, value)
        return sealed

    def _own_key(self) -> bytes:
        if self._key is None:
            self._key = data_key(self.connection, self.keys, self.whose) or new_key(
                self.connection, self.keys, self.whose
            )
        return self._key

    def _index(self, name: str, text: str) -> None:
        register, table = self.whose.register.id, doors.blind
        row = {
            "register": register,
            "field": name,
            "digest": blind(self.keys, self.whose.country, register, name, text),
            "key": self.whose.key,
        }
        there = select(table.c.key).filter_by(**row)
        if self.connection.execute(there).first() is None:
            self.connection.execute(insert(table).values(row))


def sealed_fields(register: Register) -> Iterator[str]:
    """The fields and columns of a register that are sealed."""
    for field in register.fields:
        if field.sensitivity is Sensitivity.P3:
            yield field.id
        else:
            inner = (c for c in field.rows if c.sensitivity is Sensitivity.P3)
            yield from (f"{field.id}.{column.id}" for column in inner)


def refuse_unsealed(register: Register, record: Record) -> None:
    """Nothing that can harm somebody goes into the log in the clear.

    Raises:
        BadInput: the record was not sealed; the field is named, its value is not.
    """
    for name in sealed_fields(register):
        outer, _, inner = name.partition(".")
        value = record.get(outer)
        parts = [row.get(inner) for row in _rows(value)] if inner else [value]
        if any(part is not None and not isinstance(part, Absent | Sealed) for part in parts):
            raise BadInput(f"{register.id}: {name} is P3 and must be sealed before it is kept.")


def _rows(value: Value | None) -> Iterator[Row]:
    if isinstance(value, tuple):
        yield from (row for row in value if isinstance(row, Mapping))
