"""Why somebody opened, or looked for, what people told in confidence.

The audit says which fields of which record were opened; this says for what.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, func, insert, select

from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.opening import EVERY, find_sealed
from cauce.store.log.rows import moment
from cauce.store.log.schema import MOMENT, NUMBER, metadata
from cauce.store.log.signing import signed
from cauce.store.log.throttle import note, wait
from cauce.store.log.triggers import never_altered

looked = Table(
    "looked",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("country", String(3), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("purpose", String(40), nullable=False),
    # How many records were found; the words that were looked for are not kept.
    Column("found", NUMBER, nullable=False),
)
FREE = 20
"""Searches an hour before each waits longer than the last: a list of names is not tried out."""


@dataclass(frozen=True)
class Asked:
    """A value looked for among the sealed ones of a register, in one country."""

    country: str
    register: str
    field: str
    text: str


class TooMany(Exception):  # noqa: N818 - a way of answering, not a failure
    """Too many searches in an hour: `seconds` until the next is listened to."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


def note_purpose(
    connection: Connection,
    register: str,
    key: str,
    country: str,
    actor: str,
    purpose: str,
    now: datetime,
    found: int = 1,
) -> None:
    """Write down why, within the transaction that opens it."""
    connection.execute(
        insert(looked).values(
            register=register,
            key=key,
            country=country,
            actor=actor,
            at=moment(now),
            purpose=purpose,
            found=found,
        )
    )


def wait_to_search(connection: Connection, keys: KeyFolder, actor: str, now: datetime) -> None:
    """Note an attempt to search. Raises TooMany."""
    subject = keys.digest("search", actor)
    if seconds := wait(connection, subject, FREE, now):
        raise TooMany(seconds)
    note(connection, (subject,), now)


def search(
    connection: Connection, keys: KeyFolder, asked: Asked, actor: str, now: datetime
) -> frozenset[str]:
    """The keys of the records that have exactly this, noted with how many there were."""
    found = find_sealed(connection, keys, asked.country, asked.register, asked.field, asked.text)
    purpose = f"SEARCH {asked.field}"[:40]
    note_purpose(connection, asked.register, EVERY, asked.country, actor, purpose, now, len(found))
    return found


def times_looked(connection: Connection, register: str, country: str) -> dict[str, int]:
    """How often each purpose was given for a country's records."""
    table = looked.c
    asked = (
        select(table.purpose, func.count())
        .where(table.register == register, table.country == country)
        .group_by(table.purpose)
    )
    return {row[0]: row[1] for row in connection.execute(asked)}


def rules(dialect: str) -> Iterator[str]:
    """What the database keeps of it by itself: signed, and never altered."""
    yield from signed(dialect, looked.name)
    yield from never_altered(dialect, looked.name)
