"""Keeping workbooks that were sent in, sealed, from one state to the next."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.rows import moment
from cauce.store.log.upload_schema import upload as table

KEY = "uploads"
KEPT = timedelta(days=7)


class Stage(StrEnum):
    """How far a workbook came."""

    CHECKING = "checking"
    REFUSED = "refused"
    FAULTY = "faulty"
    RIGHT = "right"
    ENTERING = "entering"
    ENTERED = "entered"
    FAILED = "failed"


@dataclass(frozen=True)
class Upload:
    """A workbook that was sent in. `name` is what its sender calls the file."""

    id: str
    register: str
    author: str
    name: str
    stage: Stage
    sent_at: str


def receive(
    connection: Connection, keys: KeyFolder, given: Upload, book: bytes, now: datetime
) -> Upload:
    """Keep a workbook that was just sent; its sender's old ones are forgotten."""
    at = moment(now)
    connection.execute(
        delete(table).where(table.c.author == given.author, table.c.sent_at < moment(now - KEPT))
    )
    made = Upload(
        f"u{secrets.token_hex(10)}", given.register, given.author, given.name, Stage.CHECKING, at
    )
    connection.execute(
        insert(table).values(
            id=made.id,
            register=made.register,
            author=made.author,
            name=keys.seal(KEY, made.name.encode(), f"{made.id}|name"),
            state=str(made.stage),
            book=keys.seal(KEY, book, f"{made.id}|book"),
            found="",
            sent_at=at,
        )
    )
    return made


def upload_of(connection: Connection, keys: KeyFolder, id_: str, author: str) -> Upload | None:
    """One of somebody's uploads; None if there is no such, or it is another's."""
    asked = _without_file().where(table.c.id == id_, table.c.author == author)
    row = connection.execute(asked).first()
    return None if row is None else _upload(keys, row._asdict())


def uploads_of(
    connection: Connection, keys: KeyFolder, register: str, author: str
) -> tuple[Upload, ...]:
    """Somebody's uploads into a register, the newest first."""
    asked = _without_file().where(table.c.register == register, table.c.author == author)
    rows = connection.execute(asked.order_by(table.c.sent_at.desc()).limit(20))
    return tuple(_upload(keys, row._asdict()) for row in rows)


def book_of(connection: Connection, keys: KeyFolder, id_: str) -> bytes:
    """The file itself; whose it is was asked before."""
    text = connection.execute(select(table.c.book).where(table.c.id == id_)).scalar_one()
    return keys.open(KEY, text, f"{id_}|book")


def found_of(connection: Connection, keys: KeyFolder, id_: str) -> str:
    """What was found in it, "" before it was checked."""
    text = connection.execute(select(table.c.found).where(table.c.id == id_)).scalar_one()
    return keys.open(KEY, text, f"{id_}|found").decode() if text else ""


def advance(
    connection: Connection,
    keys: KeyFolder,
    id_: str,
    before: Stage,
    after: Stage,
    found: str | None = None,
) -> bool:
    """Take an upload from one state to another; False if it is in that state no more.

    What is `found` is kept with it, and the file of one that was entered is not.
    """
    values = {"state": str(after)}
    if found is not None:
        values["found"] = keys.seal(KEY, found.encode(), f"{id_}|found")
    if after is Stage.ENTERED:
        values["book"] = keys.seal(KEY, b"", f"{id_}|book")
    done = connection.execute(
        update(table).where(table.c.id == id_, table.c.state == str(before)).values(values)
    )
    return done.rowcount == 1


def throw_away(connection: Connection, id_: str, author: str) -> None:
    connection.execute(delete(table).where(table.c.id == id_, table.c.author == author))


def _without_file() -> Select[Any]:
    return select(*(column for column in table.c if column.name not in ("book", "found")))


def _upload(keys: KeyFolder, row: dict[str, str]) -> Upload:
    name = keys.open(KEY, row["name"], f"{row['id']}|name").decode()
    return Upload(
        row["id"], row["register"], row["author"], name, Stage(row["state"]), row["sent_at"]
    )
