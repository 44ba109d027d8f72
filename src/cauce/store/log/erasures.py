"""Which records were erased, kept beside the keys: a database that is restored knows less.

The list says register, key and moment, nothing of what was erased. It grows by whole lines and is
on disk before a key is destroyed: what a crash leaves is erased when the list is next gone through.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, func, inspect, select

from cauce.model.errors import BadInput
from cauce.store.log import door_schema as doors
from cauce.store.log.database import Database
from cauce.store.log.envelope import erase, erase_again
from cauce.store.log.key_folder import KeyFolder, sync
from cauce.store.log.rows import moment

LIST = "erased.txt"
AGAIN = "Erased before; brought back by a backup"


class Erased(NamedTuple):
    """A line of the list."""

    register: str
    key: str
    at: str


def erase_for_good(
    connection: Connection, keys: KeyFolder, register: str, key: str, reason: str, now: datetime
) -> None:
    """Destroy the key of a record's sealed values; a backup that is restored loses it again.

    Raises:
        BadInput: no reason is given, or a legal hold is on the record.
    """
    erase(connection, register, key, reason, now)
    _note(keys.folder, Erased(register, key, moment(now)))


def erase_listed(connection: Connection, keys: KeyFolder) -> int:
    """Destroy what a restored database brought back; how many records it was."""
    count = erase_again(connection)
    own = doors.data_key.c
    for register, key, at in listed(keys.folder):
        mine = (own.register == register) & (own.key == key)
        count += connection.execute(select(func.count()).where(mine)).scalar_one()
        erase(connection, register, key, AGAIN, datetime.fromisoformat(at), despite_hold=True)
    return count


def has_sealed(database: Database) -> bool:
    """Whether a database, of whatever schema, holds values that were sealed and not erased."""
    with database.reading() as connection:
        if not inspect(connection).has_table(doors.data_key.name):
            return False
        return connection.execute(select(doors.data_key.c.key).limit(1)).first() is not None


def listed(folder: Path) -> tuple[Erased, ...]:
    """The list in a folder of keys; what a crash left half written was not erased.

    Raises:
        BadInput: a line is none of ours.
    """
    path = folder / LIST
    text = path.read_text("utf-8") if path.is_file() else ""
    found = []
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        parts = line.split("|")
        if len(parts) != len(Erased._fields):
            raise BadInput(f"{path}, line {number} is no erasure: restore the list.")
        found.append(Erased(*parts))
    return tuple(found)


def _note(folder: Path, erased: Erased) -> None:
    if erased in listed(folder):
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / LIST, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "rb+") as file:
        whole = file.read().rfind(b"\n") + 1
        file.seek(whole)
        file.write(("|".join(erased) + "\n").encode())
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    sync(folder)
