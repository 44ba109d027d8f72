"""Erasing what is past its time: a run for a timer, which may be repeated as often as one likes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cauce.pipeline.registers import Declared
from cauce.registers.retention import is_past, personal
from cauce.store.log import Database, Log
from cauce.store.log import door_schema as doors
from cauce.store.log.erasures import erase_for_good
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.legal_hold import is_held
from cauce.store.log.verdicts import approved

ACTOR = "retention"


@dataclass(frozen=True)
class Retained:
    """Of one register: how many records were erased, and how many a legal hold kept.

    `clear` of those past their time have personal values in the log that were never sealed.
    """

    register: str
    years: int
    erased: int
    held: int
    clear: int


def retain(
    database: Database,
    declared: Declared,
    keys: KeyFolder,
    now: datetime,
    dry: bool = False,
) -> tuple[Retained, ...]:
    """Erase what is sealed of every record whose register says that its time is past.

    Each record in a transaction of its own: what was stopped goes on at the next run. The log keeps
    its hashes, and whatever was not sealed.
    """
    found = []
    for register in declared.registers.values():
        if register.retention_years is None:
            continue
        why = f"Kept {register.retention_years} years after its end, as {register.id} declares"
        erased = held = clear = 0
        for key, sealed, in_the_clear in list(_past(database, declared, register.id, now)):
            clear += in_the_clear
            if not sealed:
                continue
            with database.writing(ACTOR) as connection:
                if is_held(connection, register.id, key):
                    held += 1
                    continue
                if not dry:
                    erase_for_good(connection, keys, register.id, key, why, now)
                erased += 1
        found.append(Retained(register.id, register.retention_years, erased, held, clear))
    return tuple(found)


def _past(
    database: Database, declared: Declared, name: str, now: datetime
) -> Iterator[tuple[str, bool, bool]]:
    """The keys whose time is past; whether something is sealed, or personal and in the clear."""
    own, register = doors.data_key.c, declared.registers[name]
    with database.reading(ACTOR) as connection:
        keys = set(connection.execute(select(own.key).where(own.register == name)).scalars())
        numbers = approved(connection, [name]).get(name, {})
    for entries in Log(database, declared.registers).latest(name):
        key, said = entries[0].key, [entry for entry in entries if entry.number in numbers]
        if is_past(register, said, now.date()):
            yield key, key in keys, personal(register, entries)
