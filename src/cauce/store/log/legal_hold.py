"""Legal holds: what a court or an inquiry needs is not erased, whatever its time or who asks."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, Text, insert, select

from cauce.model.errors import BadInput
from cauce.store.log.rows import moment
from cauce.store.log.schema import MOMENT, NUMBER, metadata
from cauce.store.log.signing import signed
from cauce.store.log.triggers import never_altered

HELD, RELEASED = "held", "released"

# The last word on a record is the one that counts; none is ever altered.
legal_hold = Table(
    "legal_hold",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("verb", String(10), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("reason", Text, nullable=False),
    Index("legal_hold_by_key", "register", "key", "number"),
)


def hold(
    connection: Connection, register: str, key: str, actor: str, reason: str, now: datetime
) -> None:
    """See that a record is not erased until it is released. Raises BadInput without a reason."""
    _say(connection, (register, key), HELD, actor, reason, now)


def release_hold(
    connection: Connection, register: str, key: str, actor: str, reason: str, now: datetime
) -> None:
    """Let a record be erased again. Raises BadInput if it is not held, or no reason is given."""
    if not is_held(connection, register, key):
        raise BadInput(f"{register} {key} is under no legal hold.")
    _say(connection, (register, key), RELEASED, actor, reason, now)


def is_held(connection: Connection, register: str, key: str) -> bool:
    table = legal_hold.c
    last = (
        select(table.verb)
        .where(table.register == register, table.key == key)
        .order_by(table.number.desc())
        .limit(1)
    )
    return connection.execute(last).scalar() == HELD


def _say(
    connection: Connection,
    place: tuple[str, str],
    verb: str,
    actor: str,
    reason: str,
    now: datetime,
) -> None:
    if not reason.strip():
        raise BadInput("Say why: the reason is kept with the hold.")
    register, key = place
    connection.execute(
        insert(legal_hold).values(
            register=register, key=key, verb=verb, actor=actor, at=moment(now), reason=reason
        )
    )


def rules(dialect: str) -> Iterator[str]:
    """What the database keeps of it by itself: signed, and never altered."""
    yield from signed(dialect, legal_hold.name)
    yield from never_altered(dialect, legal_hold.name)
