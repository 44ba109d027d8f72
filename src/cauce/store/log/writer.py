"""Writing to the log: a batch of entries in one transaction, all or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, null, select, text, update

from cauce.model.entry import Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.registers.log import FIRST, entry_of, refuse_nonsense
from cauce.registers.values import folded
from cauce.store.log import schema
from cauce.store.log.rows import moment, to_entry, to_row
from cauce.store.log.sealing import refuse_unsealed


class StaleSave(BadInput):
    """Somebody saved meanwhile: `current` is what is there now, to be shown beside the draft."""

    def __init__(self, draft: Draft, current: Entry) -> None:
        super().__init__(
            f"{draft.register} {draft.key} was changed meanwhile: entry {current.number} came "
            f"after entry {draft.base}, which you had before you. Compare both and save again."
        )
        self.draft = draft
        self.current = current


def append(
    connection: Connection,
    registers: Mapping[str, Register],
    drafts: Sequence[Draft],
    now: datetime,
) -> tuple[Entry, ...]:
    """Append entries within a writing transaction; they are kept when it ends.

    Raises:
        StaleSave: the key got another entry after the one the draft rests on.
        BadInput: the draft makes no sense after what is there, repeats what must be unique, or
            holds in the clear what is to be sealed.
    """
    number, previous = last(connection)
    made = []
    for draft in drafts:
        register = registers[draft.register]
        before = entries_of(connection, registers, draft.register, draft.key)
        if before and draft.base and draft.base != before[-1].number:
            raise StaleSave(draft, before[-1])
        refuse_nonsense(draft, before)
        refuse_unsealed(register, draft.record or {})
        entry = entry_of(draft, number + 1, previous, _later(now, before))
        connection.execute(insert(schema.entry).values(to_row(entry)))
        _supersede(connection, entry)
        connection.execute(insert(schema.version).values(version_row(entry, register, before)))
        number, previous = entry.number, entry.hash
        made.append(entry)
    return tuple(made)


def last(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry, whoever's it is."""
    table = schema.entry.c
    if connection.dialect.name == "postgresql":
        found = connection.execute(text("SELECT number, hash FROM cauce_last()")).one()
        return (0, FIRST) if found.number is None else (found.number, found.hash)
    row = connection.execute(
        select(table.number, table.hash).order_by(table.number.desc()).limit(1)
    ).first()
    return (0, FIRST) if row is None else (row.number, row.hash)


def entries_of(
    connection: Connection, registers: Mapping[str, Register], register: str, key: str
) -> tuple[Entry, ...]:
    """All entries of a key, oldest first."""
    table = schema.entry
    rows = connection.execute(
        select(table)
        .where(table.c.register == register, table.c.key == key)
        .order_by(table.c.number)
    )
    return tuple(to_entry(row, registers) for row in rows)


def _later(now: datetime, before: Sequence[Entry]) -> datetime:
    """Now, but never before the last entry: a clock that was set back must not reorder the log."""
    return max(now, before[-1].recorded_at) if before else now


def _supersede(connection: Connection, entry: Entry) -> None:
    table = schema.version
    connection.execute(
        update(table)
        .where(
            table.c.register == entry.register,
            table.c.key == entry.key,
            table.c.superseded_at == null(),
        )
        .values(superseded_at=moment(entry.recorded_at))
    )


def version_row(entry: Entry, register: Register, before: Sequence[Entry]) -> dict[str, object]:
    """What lists and search know of an entry; an ended record keeps the words it had."""
    record = entry.record
    if record is None:
        record = next((e.record for e in reversed(before) if e.record is not None), {})
    return {
        "number": entry.number,
        "register": entry.register,
        "key": entry.key,
        "country": entry.country,
        "recorded_at": moment(entry.recorded_at),
        "superseded_at": None,
        "ended": int(entry.record is None),
        "title": folded(title(register, record))[:200],
        "words": searched(register, record),
    }


def title(register: Register, record: Record, language: str = "es") -> str:
    """The name of a record in a language, or in the other where that is not filled in."""
    names = (register.title.es, register.title.en)
    for name in names if language == "es" else names[::-1]:
        if isinstance(value := record.get(name), str):
            return value
    return ""


def searched(register: Register, record: Record) -> str:
    """The words a record is found by: its texts that harm nobody, folded."""
    texts = [
        value
        for field in register.fields
        if field.sensitivity <= 1 and isinstance(value := record.get(field.id), str)
    ]
    return folded(" · ".join(texts))


def count_entries(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(schema.entry)).scalar_one()
