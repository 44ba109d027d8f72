"""Erasing what is past its time: a run for a timer, which may be repeated as often as one likes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cauce.model.entry import Entry
from cauce.pipeline.registers import Declared
from cauce.registers.retention import is_past
from cauce.store.log import Database, Log
from cauce.store.log import door_schema as doors
from cauce.store.log.erasures import erase_for_good
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.legal_hold import is_held
from cauce.store.log.verdicts import approved

ACTOR = "retention"


@dataclass(frozen=True)
class Retained:
    """Of one register: how many records were erased, and how many a legal hold kept."""

    register: str
    years: int
    erased: int
    held: int


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
        erased = held = 0
        for key in list(_past(database, declared, register.id, now)):
            with database.writing(ACTOR) as connection:
                if is_held(connection, register.id, key):
                    held += 1
                    continue
                if not dry:
                    erase_for_good(connection, keys, register.id, key, why, now)
                erased += 1
        found.append(Retained(register.id, register.retention_years, erased, held))
    return tuple(found)


def _past(database: Database, declared: Declared, name: str, now: datetime) -> Iterator[str]:
    """The keys of records that hold something sealed and whose time is past."""
    own = doors.data_key.c
    with database.reading(ACTOR) as connection:
        keys = list(connection.execute(select(own.key).where(own.register == name)).scalars())
        numbers = approved(connection, [name]).get(name, {})
    for key, entries in Log(database, declared.registers).entries_of(name, keys).items():
        told: list[Entry] = [entry for entry in entries if entry.number in numbers]
        if is_past(declared.registers[name], told, now.date()):
            yield key
