"""A copy of the register database that is whole, whoever writes meanwhile, and putting it back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from cauce.model.errors import BadInput
from cauce.store.log.database import Database, at, revision_of
from cauce.store.log.schema import entry
from cauce.store.log.writer import last

SQLITE, POSTGRESQL = "registers.sqlite", "registers.dump"
LIBPQ = {"host": "PGHOST", "port": "PGPORT", "username": "PGUSER", "password": "PGPASSWORD"}


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite address, None of any other database.

    Raises:
        BadInput: it is no address of a database.
    """
    try:
        found = make_url(url)
    except ArgumentError:
        raise BadInput(
            f"{url[:60]} is no address of a database. Write sqlite:///FILE or "
            "postgresql+psycopg://USER@HOST/NAME."
        ) from None
    if found.get_backend_name() != "sqlite" or not found.database:
        return None
    return Path(found.database)


def must_be_there(url: str) -> None:
    """Raises BadInput if a SQLite file is not there: looking must not make one."""
    file = sqlite_file(url)
    if file is not None and not file.is_file():
        raise BadInput(f"There is no database {file}. Name the one the office writes.")


def copy_database(url: str, folder: Path) -> Path:
    """Copy the database into a folder, whole and on disk when this returns; the file made.

    Raises:
        BadInput: there is no such database; a page of it is damaged; PostgreSQL's own programs,
            which copy it, are not there.
    """
    file = sqlite_file(url)
    if file is None:
        return _dump(url, folder / POSTGRESQL)
    return copy_sqlite(file, folder / SQLITE)


def copy_sqlite(file: Path, into: Path) -> Path:
    """One state of a SQLite database as a file of its own."""
    if not file.is_file():
        raise BadInput(f"There is no database {file}.")
    if into.exists():
        raise BadInput(f"{into} is there already. Copies are never overwritten.")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=rw", uri=True)) as connection:
            # Reads every page, so a damaged one stops the copy instead of being copied.
            connection.execute("VACUUM INTO ?", (str(into),))
        check_sqlite(into)
    except sqlite3.DatabaseError as error:
        into.unlink(missing_ok=True)
        raise BadInput(
            f"{file} could not be copied: {error}. Make room, or see what `cauce status` says."
        ) from error
    _sync(into)
    return into


def check_sqlite(file: Path) -> None:
    """Raises BadInput if SQLite itself finds a fault in its pages or indexes."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        except sqlite3.DatabaseError as error:
            found = [str(error)]
    if found != ["ok"]:
        words = " ".join(" ".join(found).split())
        raise BadInput(f"{file.name} is damaged: {words}. Restore it from a backup.")


def end_of(url: str) -> tuple[str, int, str]:
    """Schema, and number and hash of the last entry; "" and 0 where there is none yet.

    Raises:
        BadInput: the database does not answer, or is damaged.
    """
    database = at(url)
    try:
        schema = revision_of(database) or ""
        with database.reading() as connection:
            number, digest = last(connection) if schema else (0, "")
    except DBAPIError as error:
        raise BadInput(
            f"The register database cannot be read: {str(error.orig).splitlines()[0]}. If it is "
            "damaged, restore a backup."
        ) from error
    finally:
        database.close()
    return schema, number, digest


def hash_at(database: Database, number: int) -> str:
    """The hash of an entry, "" if there is none of that number."""
    table = entry.c
    with database.reading() as connection:
        found = connection.execute(select(table.hash).where(table.number == number)).scalar()
    return str(found or "")


def put_back_database(copy: Path, url: str) -> None:
    """Make the database again from a copy.

    Raises:
        BadInput: there is a database at the address; the copy is damaged or of another kind.
    """
    file = sqlite_file(url)
    if (file is None) != (copy.name == POSTGRESQL):
        raise BadInput(
            f"The backup has {copy.name}, and the address is of another kind of database. "
            "Name an address of the same kind."
        )
    if file is None:
        _restore(copy, url)
        return
    if any(Path(f"{file}{end}").exists() for end in ("", "-wal", "-shm")):
        raise BadInput(f"{file} is there already. Restore beside it, then change places.")
    check_sqlite(copy)
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(copy, file)
    _sync(file)


def _dump(url: str, into: Path) -> Path:
    if into.exists():
        raise BadInput(f"{into} is there already. Copies are never overwritten.")
    words = ("pg_dump", "--format=custom", "--no-owner", f"--file={into}")
    _run(words, make_url(url))
    _sync(into)
    return into


def _restore(copy: Path, url: str) -> None:
    target = make_url(url)
    words = ("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner")
    _run((*words, f"--dbname={target.database}", str(copy)), target, with_database=False)


def _run(words: tuple[str, ...], url: URL, with_database: bool = True) -> None:
    """Run one of PostgreSQL's programs; its password goes by the environment, seen by nobody."""
    program = shutil.which(words[0])
    told = " ".join(words)
    if program is None:
        raise BadInput(
            f"{words[0]} is not installed here. Install PostgreSQL's client programs, or run this "
            f"where they are: {told}"
        )
    parts = {**url.translate_connect_args(), **dict(url.query)}
    known = {LIBPQ[name]: str(value) for name, value in parts.items() if name in LIBPQ}
    database = {"PGDATABASE": url.database} if with_database and url.database else {}
    done = subprocess.run(  # noqa: S603 - one program of PostgreSQL's, found on the path, no shell
        [program, *words[1:]],
        env={**os.environ, **known, **database},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BadInput(f"{words[0]} failed: {done.stderr.strip()[:500]}")


def _sync(file: Path) -> None:
    for path in (file, file.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
