"""What a workbook would do, done: sealed where it can harm somebody, and all at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from cauce.model.entry import Draft, Entry
from cauce.model.record import Record, Sealed, Value
from cauce.pipeline.books.asked import Checked, Opener
from cauce.pipeline.registers import Declared
from cauce.store.log import Database, append
from cauce.store.log.envelope import Whose
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.opening import open_record
from cauce.store.log.sealing import seal_record, sealed_fields
from cauce.store.log.writer import entries_of


def keep(
    connection: Connection, declared: Declared, keys: KeyFolder, checked: Checked, now: datetime
) -> tuple[Entry, ...]:
    """Append the drafts of a workbook within a writing transaction, sealed: all or none.

    They wait for review like every entry.

    Raises:
        StaleSave: somebody changed one of the records meanwhile.
    """
    sealed = [_sealed(connection, declared, keys, draft) for draft in checked.drafts]
    return append(connection, declared.registers, sealed, now)


def _sealed(connection: Connection, declared: Declared, keys: KeyFolder, draft: Draft) -> Draft:
    register = declared.registers[draft.register]
    if draft.record is None or not any(sealed_fields(register)):
        return draft
    entries = entries_of(connection, declared.registers, draft.register, draft.key)
    before = entries[-1].record if entries else None
    whose = Whose(register, draft.key, draft.country)
    return replace(draft, record=seal_record(connection, keys, whose, draft.record, before))


def opener(
    database: Database, declared: Declared, keys: KeyFolder, name: str, actor: str
) -> Opener:
    """Opens what is sealed in the records of a register; that it was opened is noted."""
    register = declared.registers[name]
    names = frozenset(sealed_fields(register))

    def opened(key: str, country: str, record: Record) -> Record:
        if not any(_sealed_in(value) for value in record.values()):
            return record
        with database.writing(actor) as connection:
            return open_record(connection, keys, Whose(register, key, country), record, names)

    return opened


def _sealed_in(value: Value) -> bool:
    return isinstance(value, Sealed) or any(isinstance(v, Sealed) for v in _parts(value))


def _parts(value: Value) -> Iterator[object]:
    for row in value if isinstance(value, tuple) else ():
        if not isinstance(row, str):
            yield from row.values()
