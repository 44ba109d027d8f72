"""Keeping drafts: what is being typed, sealed as a whole, one row each."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from cauce.model.entry import Action
from cauce.store.log.draft_schema import draft as table
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.rows import moment

KEY = "drafts"


@dataclass(frozen=True)
class Sheet:
    """A draft as it lies on the desk: `typed` is the text of the form, in the clear.

    `base` is the number of the entry it was begun from, 0 for a new record; `saved` how often it
    was saved, 0 if never.
    """

    register: str
    key: str
    country: str
    action: Action
    author: str
    typed: str
    base: int = 0
    id: str = ""
    saved: int = 0
    saved_at: str = ""


def keep(connection: Connection, keys: KeyFolder, sheet: Sheet, now: datetime) -> Sheet:
    """Keep a draft: a new one, or the next state of one.

    A draft that was saved elsewhere meanwhile is not overwritten: this becomes a second one, so
    that nothing typed is lost.
    """
    if sheet.id:
        following = replace(sheet, saved=sheet.saved + 1, saved_at=moment(now))
        done = connection.execute(
            update(table)
            .where(table.c.id == sheet.id, table.c.saved == sheet.saved)
            .values(_row(keys, following))
        )
        if done.rowcount == 1:
            return following
    new = replace(sheet, id=f"d{secrets.token_hex(10)}", saved=1, saved_at=moment(now))
    connection.execute(insert(table).values(_row(keys, new)))
    return new


def sheet_of(connection: Connection, keys: KeyFolder, id_: str) -> Sheet | None:
    """A draft by its id; whose it is, is for the caller to ask."""
    row = connection.execute(select(table).where(table.c.id == id_)).first()
    return None if row is None else _sheet(keys, row)


def sheets(connection: Connection, keys: KeyFolder, author: str) -> tuple[Sheet, ...]:
    """Somebody's drafts, the newest first."""
    asked = select(table).where(table.c.author == author).order_by(table.c.saved_at.desc())
    return tuple(_sheet(keys, row) for row in connection.execute(asked))


def throw_away(connection: Connection, id_: str) -> None:
    connection.execute(delete(table).where(table.c.id == id_))


def _about(id_: str) -> str:
    return f"draft|{id_}"


def _row(keys: KeyFolder, sheet: Sheet) -> dict[str, object]:
    return {
        "id": sheet.id,
        "register": sheet.register,
        "key": sheet.key,
        "country": sheet.country,
        "action": str(sheet.action),
        "base": sheet.base,
        "author": sheet.author,
        "typed": keys.seal(KEY, sheet.typed.encode(), _about(sheet.id)),
        "saved": sheet.saved,
        "saved_at": sheet.saved_at,
    }


def _sheet(keys: KeyFolder, row: Row[Any]) -> Sheet:
    return Sheet(
        register=row.register,
        key=row.key,
        country=row.country,
        action=Action(row.action),
        author=row.author,
        typed=keys.open(KEY, row.typed, _about(row.id)).decode(),
        base=row.base,
        id=row.id,
        saved=row.saved,
        saved_at=row.saved_at,
    )
