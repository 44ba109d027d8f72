"""Bringing the register database to this program's schema, with a copy made before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from cauce.model.errors import BadInput
from cauce.model.register import Register
from cauce.pipeline.progress import Progress, silent
from cauce.store.files import make_folder
from cauce.store.log import open_database
from cauce.store.log.copies import copy_database, end_of, must_be_there, sqlite_file
from cauce.store.log.database import known_revisions, newest_revision
from cauce.store.log.relations import renew

ONLY_US = 0o700


@dataclass(frozen=True)
class Upgraded:
    """Which schema it was, which it is, and where the copy is; None if nothing was to be done."""

    before: str
    after: str
    copy: Path | None
    views: int = 0


def upgrade(
    url: str,
    now: datetime,
    copies: Path | None = None,
    tell: Progress = silent,
    registers: Mapping[str, Register] | None = None,
) -> Upgraded:
    """Bring a register database up to date, all or nothing.

    Args:
        copies: where the copy is kept; beside the file of a SQLite database if None.
        registers: what is declared; the views for analysts are made anew where they differ.

    Raises:
        BadInput: there is no database; this program does not know its schema; no copy could be
            made; the upgrade failed, and the database is as it was.
    """
    must_be_there(url)
    file = sqlite_file(url)
    before, wanted = end_of(url)[0], newest_revision()
    if before and before not in known_revisions():
        raise BadInput(
            f"The register database has schema {before}, which this program does not know. "
            "Use the program that wrote it, or restore a backup."
        )
    if before == wanted:
        return Upgraded(before, wanted, None, _views(url, registers))
    tell("Copying the database")
    copy = copy_database(url, _folder(file, copies, wanted, now))
    tell(f"Bringing the schema from {before or 'nothing'} to {wanted}")
    try:
        open_database(url, upgrade=True).close()
    except (SQLAlchemyError, CommandError, OSError) as error:
        raise BadInput(
            f"The upgrade failed: {str(error).splitlines()[0][:300]}. The database has schema "
            f"{end_of(url)[0]} as before, and {copy} is its copy. Use the program you had."
        ) from error
    return Upgraded(before, wanted, copy, _views(url, registers))


def _views(url: str, registers: Mapping[str, Register] | None) -> int:
    """How many views for analysts were made anew. The schema stays, whatever becomes of them."""
    if registers is None:
        return 0
    database = open_database(url)
    try:
        with database.writing("upgrade") as connection:
            return len(renew(connection, registers.values()))
    finally:
        database.close()


def _folder(file: Path | None, copies: Path | None, wanted: str, now: datetime) -> Path:
    if copies is None and file is None:
        raise BadInput("Say where the copy goes: --copies DIR.")
    root = copies or (file or Path()).parent / "copies"
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    make_folder(root)
    root.chmod(ONLY_US)
    made = root / f"before-{wanted}-{stamp}"
    make_folder(made)
    return made
