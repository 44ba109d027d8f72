"""Opening what is sealed out of one's role: for a purpose that is kept, and others are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, Text, insert, select

from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.store.log.envelope import Whose
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.opening import open_record
from cauce.store.log.rows import moment
from cauce.store.log.schema import MOMENT, NUMBER, metadata
from cauce.store.log.sealing import sealed_fields
from cauce.store.log.signing import signed
from cauce.store.log.triggers import never_altered

out_of_role = Table(
    "out_of_role",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("purpose", Text, nullable=False),
)


@dataclass(frozen=True)
class Opening:
    """Who opened something out of their role, of which register, when. The record is not named."""

    register: str
    actor: str
    at: str


def open_out_of_role(
    connection: Connection,
    keys: KeyFolder,
    whose: Whose,
    record: Record,
    actor: str,
    purpose: str,
    now: datetime,
) -> Record:
    """The record with everything that was sealed, in a writing transaction that notes why.

    Raises:
        BadInput: no purpose is given.
    """
    if not purpose.strip():
        raise BadInput("Say for what: the purpose is kept, and others are told that it was opened.")
    row = {"register": whose.register.id, "key": whose.key, "actor": actor, "at": moment(now)}
    connection.execute(insert(out_of_role).values(**row, purpose=purpose))
    return open_record(connection, keys, whose, record, frozenset(sealed_fields(whose.register)))


def openings_since(connection: Connection, at: datetime) -> tuple[Opening, ...]:
    """What was opened out of role since a moment, oldest first."""
    table = out_of_role.c
    asked = select(table.register, table.actor, table.at).where(table.at >= moment(at))
    rows = connection.execute(asked.order_by(table.number))
    return tuple(Opening(row.register, row.actor, row.at) for row in rows)


def rules(dialect: str) -> Iterator[str]:
    """What the database keeps of it by itself: signed, and never altered."""
    yield from signed(dialect, out_of_role.name)
    yield from never_altered(dialect, out_of_role.name)
