"""Backing up and restoring: the register database, the store, and the keys somewhere else."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import cauce
from cauce.model.backup import Backup
from cauce.model.errors import BadInput
from cauce.pipeline.progress import Progress, silent
from cauce.store.audits import Audits, audits_beside
from cauce.store.copy import copy_store, put_back
from cauce.store.documents import sealed, unsealed
from cauce.store.files import make_folder, read, write_durably
from cauce.store.log import Log
from cauce.store.log.copies import (
    POSTGRESQL,
    SQLITE,
    copy_database,
    end_of,
    hash_at,
    must_be_there,
    put_back_database,
)
from cauce.store.log.database import at
from cauce.store.log.erasures import LIST, erase_listed, has_sealed, listed
from cauce.store.log.key_folder import KeyFolder

ACTOR = "restore"
ONLY_US = 0o700
SAYS, OBJECTS, STORE, AUDITS = "backup.json", "objects", "store", "audits"


@dataclass(frozen=True)
class Restored:
    """What is there after a restore, beside what the backup promised."""

    backup: Backup
    entries: int
    faults: tuple[str, ...]
    generation: int
    erased: int = 0

    @property
    def holds(self) -> bool:
        return not self.faults


def back_up(
    to: Path,
    now: datetime,
    database: str = "",
    store: Path | None = None,
    tell: Progress = silent,
    held: Path | None = None,
) -> Path:
    """Copy what there is into a new folder under `to`, named by the moment; that folder.

    Objects and audits of the store are kept once for all backups and never deleted. The word that
    it is a backup comes last: what a crash leaves is none. Audits lie beside `held`, the folder of
    held releases, or else beside the store.

    Raises:
        BadInput: there is nothing to back up, or something of it is damaged.
    """
    if not database and store is None:
        raise BadInput("Say what to back up: --database, --store, or both.")
    if store is not None and to.resolve().is_relative_to(store.resolve()):
        raise BadInput(f"{to} lies in the store, which the public reads. Back up elsewhere.")
    folder = to / now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    if folder.exists():
        raise BadInput(f"{folder} is there already. Wait a second.")
    make_folder(to)
    to.chmod(ONLY_US)
    make_folder(folder)
    says = Backup(at=now.astimezone(UTC).isoformat(timespec="seconds"), program=cauce.__version__)
    if database:
        tell("Copying the database")
        must_be_there(database)
        # Asked before: the copy then has this entry, and perhaps later ones.
        schema, number, digest = end_of(database)
        copy = copy_database(database, folder)
        says = replace(says, database=copy.name, schema=schema, entries=number, last_hash=digest)
    if store is not None:
        tell("Copying the store")
        current = copy_store(store, to / OBJECTS, folder / STORE)
        Audits(audits_beside(store, held)).copy_to(to / AUDITS)
        generation = current.catalog.generation
        says = replace(says, generation=generation, catalog_sha256=current.sha256)
    write_durably(folder / SAYS, sealed(says))
    return folder


def copy_keys(keys: Path, to: Path) -> int:
    """Copy the key folder to a place of its own, which only this user can enter; how many.

    Raises:
        BadInput: there are none; the place holds a backup, beside which keys protect nothing.
    """
    found = sorted(path for path in keys.glob("*.key") if path.is_file())
    if not found:
        raise BadInput(f"There are no keys in {keys}.")
    if any(to.glob(f"*/{SAYS}")) or (to / SAYS).exists():
        raise BadInput(f"{to} holds backups. Keep the keys apart from what they open.")
    to.mkdir(mode=ONLY_US, parents=True, exist_ok=True)
    for path in found:
        kept = to / path.name
        if kept.exists() and kept.read_bytes() != path.read_bytes():
            raise BadInput(f"{to} has another key {path.stem}. Keys are never overwritten.")
        shutil.copy2(path, kept)
    _copy_erasures(keys, to)
    return len(found)


def _copy_erasures(keys: Path, to: Path) -> None:
    """The list of what was erased goes with the keys. It grows, and never loses a line."""
    if not set(listed(to)) <= set(listed(keys)):
        raise BadInput(f"{to} lists erasures that {keys} does not. Put both lists together first.")
    if (keys / LIST).exists():
        shutil.copy2(keys / LIST, to / LIST)


def restore(
    backup: Path,
    database: str = "",
    store: Path | None = None,
    tell: Progress = silent,
    keys: Path | None = None,
    held: Path | None = None,
) -> Restored:
    """Make database and store again from a backup, and compare with what it promised.

    `keys` is the office's key folder, with the list of what was erased since: that is erased again.

    Raises:
        BadInput: it is no backup, or is damaged; something is in the way; the program is too old.
    """
    says = read_backup(backup)
    faults: list[str] = []
    entries = generation = erased = 0
    if database:
        tell("Restoring the database")
        put_back_database(backup / _copy_name(says), database)
        tell("Checking every entry")
        entries, found = _check_log(database, says)
        faults += found
        if not found:
            tell("Erasing again what was erased")
            erased, found = _erase_again(database, keys)
            faults += found
    if store is not None:
        tell("Restoring the store")
        current = put_back(backup / STORE, backup.parent / OBJECTS, store)
        Audits(backup.parent / AUDITS).copy_to(audits_beside(store, held))
        generation = current.catalog.generation
        if current.sha256 != says.catalog_sha256:
            faults.append("The restored catalog is not the one that was backed up.")
    return Restored(says, entries, tuple(faults), generation, erased)


def read_backup(backup: Path) -> Backup:
    """What a backup says of itself. Raises BadInput if it is none."""
    if not (backup / SAYS).is_file():
        raise BadInput(
            f"{backup} is no backup, or one that was not finished: it has no {SAYS}. "
            "Name one of the folders that `cauce backup` made."
        )
    return unsealed(read(backup / SAYS), Backup, SAYS)


def backups_in(to: Path) -> tuple[Backup, ...]:
    """Every finished backup, oldest first."""
    return tuple(read_backup(path.parent) for path in sorted(to.glob(f"*/{SAYS}")))


def _copy_name(says: Backup) -> str:
    if says.database not in (SQLITE, POSTGRESQL):
        raise BadInput("This backup holds no database. Leave out --database.")
    return says.database


def _check_log(database: str, says: Backup) -> tuple[int, list[str]]:
    """How many entries the log has, and what is wrong with it."""
    opened = at(database)
    try:
        faults = list(Log(opened, {}).faults()) if says.schema else []
        number = end_of(database)[1]
        if says.entries and hash_at(opened, says.entries) != says.last_hash:
            faults.append(f"Entry {says.entries} is not the one the backup ended with.")
    finally:
        opened.close()
    return number, faults


def _erase_again(database: str, keys: Path | None) -> tuple[int, list[str]]:
    """How many records' sealed values the backup brought back and lost again."""
    opened = at(database)
    try:
        if not has_sealed(opened):
            return 0, []
        if keys is None or not keys.is_dir():
            return 0, [
                "The database holds sealed values, and which were erased since is not known here. "
                "Restore it with --keys DIR, the office's key folder; do not use this one."
            ]
        with opened.writing(ACTOR) as connection:
            return erase_listed(connection, KeyFolder(keys)), []
    finally:
        opened.close()
