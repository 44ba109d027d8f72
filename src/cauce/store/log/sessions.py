"""Sessions: a random token in a cookie, its hash here, and everything else on our side.

Source: OWASP ASVS 5.0.0, 7.2 (tokens), 7.3 (idle and absolute ends), 7.4 (revocation).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, insert, null, select, update

from cauce.model.account import Account
from cauce.store.log import door_schema as doors
from cauce.store.log.accounts import account_of, digest
from cauce.store.log.database import Database
from cauce.store.log.rows import moment

Stage = Literal["code", "join", "open"]
LASTS: dict[Stage, timedelta] = {
    "code": timedelta(minutes=10),
    "join": timedelta(hours=1),
    "open": timedelta(hours=12),
}
IDLE = timedelta(minutes=30)
TOUCH = timedelta(minutes=1)
KNOWN_FOR = timedelta(days=90)
REMEMBERED = timedelta(days=400)
"""How long it is kept when something was last used: longer than any key lasts."""


@dataclass(frozen=True)
class Session:
    """Somebody at the door or inside: only at stage "open" are they who they say."""

    id: str
    stage: Stage
    account: Account
    invitation: str


@dataclass(frozen=True)
class Opened:
    """A session as its owner sees it in a list."""

    id: str
    created_at: str
    seen_at: str


def open_session(
    connection: Connection, account: str, stage: Stage, now: datetime, invitation: str = ""
) -> str:
    """The token of a new session, told only here."""
    token = secrets.token_urlsafe(32)
    id_ = f"s{secrets.token_hex(8)}"
    connection.execute(delete(doors.session).where(doors.session.c.expires_at < moment(now)))
    connection.execute(
        insert(doors.session).values(
            id=id_,
            token_hash=digest(token),
            account=account,
            invitation=invitation or None,
            stage=stage,
            created_at=moment(now),
            expires_at=moment(now + LASTS[stage]),
        )
    )
    forgotten = moment(now - REMEMBERED)
    connection.execute(delete(doors.activity).where(doors.activity.c.seen_at < forgotten))
    connection.execute(insert(doors.activity).values(id=id_, seen_at=moment(now)))
    return token


def session_of(database: Database, token: str, now: datetime) -> Session | None:
    """Whose token it is, as their account is at this moment; None once it ended."""
    table = doors.session.c
    with database.reading() as connection:
        row = connection.execute(
            select(
                doors.account,
                table.id.label("session"),
                table.stage,
                table.invitation,
                doors.activity.c.seen_at,
            )
            .join(doors.session, table.account == doors.account.c.id)
            .join(doors.activity, doors.activity.c.id == table.id)
            .where(
                table.token_hash == digest(token),
                table.expires_at > moment(now),
                doors.activity.c.seen_at > moment(now - IDLE),
                doors.account.c.disabled_at == null(),
            )
        ).first()
    if row is None:
        return None
    if row.seen_at < moment(now - TOUCH):
        touch(database, row.session, now)
    stage = next(stage for stage in LASTS if stage == row.stage)
    return Session(row.session, stage, account_of(row), row.invitation or "")


def touch(database: Database, id_: str, now: datetime) -> None:
    """Note that a session or key was used; once a minute is enough."""
    table, seen = doors.activity, moment(now)
    with database.writing("door") as connection:
        done = connection.execute(update(table).where(table.c.id == id_).values(seen_at=seen))
        if not done.rowcount:
            connection.execute(insert(table).values(id=id_, seen_at=seen))


def close(connection: Connection, id_: str) -> None:
    connection.execute(delete(doors.session).where(doors.session.c.id == id_))


def close_others(connection: Connection, account: str, but: str) -> None:
    """End every session of an account but one."""
    table = doors.session
    connection.execute(delete(table).where(table.c.account == account, table.c.id != but))


def opened(connection: Connection, account: str, now: datetime) -> tuple[Opened, ...]:
    """The sessions of an account that can still be used, newest first."""
    table = doors.session.c
    rows = connection.execute(
        select(table.id, table.created_at, doors.activity.c.seen_at)
        .join(doors.activity, doors.activity.c.id == table.id)
        .where(
            table.account == account,
            table.stage == "open",
            table.expires_at > moment(now),
            doors.activity.c.seen_at > moment(now - IDLE),
        )
        .order_by(table.created_at.desc())
    )
    return tuple(Opened(row.id, row.created_at, row.seen_at) for row in rows)


def remember_device(connection: Connection, account: str, now: datetime) -> str:
    """The token by which a browser is known again."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(doors.device).values(
            token_hash=digest(token), account=account, expires_at=moment(now + KNOWN_FOR)
        )
    )
    return token


def is_known_device(connection: Connection, account: str, token: str, now: datetime) -> bool:
    table = doors.device.c
    found = connection.execute(
        select(table.account).where(
            table.token_hash == digest(token),
            table.account == account,
            table.expires_at > moment(now),
        )
    ).first()
    return found is not None
