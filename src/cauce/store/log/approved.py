"""Up to which entry each record was approved by a second person."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select

from cauce.model.entry import Entry
from cauce.registers.log import FIRST
from cauce.store.log import schema
from cauce.store.log.database import Database
from cauce.store.log.rows import moment

APPROVED = "approved"


def last_approved(
    database: Database, register: str, known_at: datetime | None = None
) -> dict[str, int]:
    """The number of the last approved entry of each record, as known at a moment."""
    entry, approval = schema.entry.c, schema.approval.c
    asked = (
        select(entry.key, func.max(entry.number))
        .join(schema.approval, approval.entry == entry.number)
        .where(entry.register == register, approval.verdict == APPROVED)
        .group_by(entry.key)
    )
    if known_at is not None:
        asked = asked.where(approval.at <= moment(known_at))
    with database.reading() as connection:
        return {key: int(number) for key, number in connection.execute(asked)}


def only_approved(
    records: Iterable[tuple[Entry, ...]], approved: Mapping[str, int]
) -> Iterator[tuple[Entry, ...]]:
    """The entries of each record up to its last approved one; none of records never approved.

    Who approves the latest entry of a record has seen what it rests on.
    """
    for entries in records:
        last = approved.get(entries[0].key, 0)
        seen = tuple(entry for entry in entries if entry.number <= last)
        if seen:
            yield seen


def last_of(database: Database, register: str, known_at: datetime | None = None) -> tuple[int, str]:
    """Number and hash of a register's last entry at a moment: they vouch for all before it."""
    entry = schema.entry.c
    asked = select(entry.number, entry.hash).where(entry.register == register)
    if known_at is not None:
        asked = asked.where(entry.recorded_at <= moment(known_at))
    with database.reading() as connection:
        row = connection.execute(asked.order_by(entry.number.desc()).limit(1)).first()
    return (0, FIRST) if row is None else (row.number, row.hash)
