"""The second pair of eyes: verdicts on entries, and what waits for one or came back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    insert,
    literal_column,
    null,
    or_,
    select,
)

from cauce.model.entry import Entry
from cauce.model.errors import BadInput
from cauce.model.register import Register
from cauce.store.log import door_schema as doors
from cauce.store.log import schema
from cauce.store.log.pending import pending as waits
from cauce.store.log.reader import Found
from cauce.store.log.rows import moment, to_entry

Countries = frozenset[str] | None
"""Codes of countries, "" for the region itself; None for all."""


class Verdict(StrEnum):
    """What a second person says of an entry."""

    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True)
class Said:
    """A verdict with who gave it, when and with which words."""

    entry: int
    verdict: Verdict
    actor: str
    at: datetime
    note: str


@dataclass(frozen=True)
class Lying:
    """An entry nobody has judged, and whose it is."""

    number: int
    actor: str


@dataclass(frozen=True)
class Line:
    """A record that waits, or came back: its latest entry and what was said of it."""

    register: str
    found: Found
    actor: str
    recorded_at: datetime
    said: Said | None


def judge(
    connection: Connection, entry: int, verdict: Verdict, actor: str, note: str, now: datetime
) -> None:
    """Say something of a record's latest entry, once and for good.

    Who approves it approves what it rests on: the entries before it that still waited. One that
    goes back leaves those before it waiting.

    Raises:
        BadInput: it was judged already, something came after it, one of them is one's own, or it
            goes back without a word why.
    """
    lying = pending(connection, entry)
    if not lying or lying[-1].number != entry:
        raise BadInput(f"Entry {entry} does not wait any more. Look at the record again.")
    judged = lying if verdict is Verdict.APPROVED else lying[-1:]
    if any(row.actor == actor for row in judged):
        raise BadInput("Nobody approves their own entry. Ask a second person.")
    if verdict is Verdict.RETURNED and not note.strip():
        raise BadInput("Say what is to be done: the note goes back with the entry.")
    connection.execute(
        insert(schema.approval),
        [
            {
                "entry": row.number,
                "verdict": str(verdict),
                "actor": actor,
                "at": moment(now),
                "note": note,
            }
            for row in judged
        ],
    )


def pending(connection: Connection, entry: int) -> tuple[Lying, ...]:
    """The entries of the same record that nobody has judged, oldest first."""
    table = schema.entry.c
    of = select(table.register, table.key).where(table.number == entry).subquery()
    rows = connection.execute(
        select(table.number, table.actor)
        .join(of, and_(of.c.register == table.register, of.c.key == table.key))
        .join(waits, waits.c.number == table.number)
        .order_by(table.number)
    )
    return tuple(Lying(row.number, row.actor) for row in rows)


def verdicts(connection: Connection, entries: Sequence[int]) -> dict[int, Said]:
    """What was said of these entries; those that still wait are not there."""
    table = schema.approval
    rows = connection.execute(
        select(table).where(table.c.entry.in_(entries)).order_by(table.c.number)
    )
    return {
        row.entry: Said(
            row.entry, Verdict(row.verdict), row.actor, datetime.fromisoformat(row.at), row.note
        )
        for row in rows
    }


def records(
    connection: Connection, registers: Mapping[str, Register], numbers: Sequence[int]
) -> dict[int, Entry]:
    """The entries with these numbers; for an end, the one before it that holds a record."""
    table = schema.entry
    rows = connection.execute(select(table).where(table.c.number.in_(numbers))).all()
    found = {row.number: to_entry(row, registers) for row in rows}
    for number, entry in found.items():
        if entry.record is None:
            before = connection.execute(
                select(table)
                .where(table.c.register == entry.register, table.c.key == entry.key)
                .where(table.c.number < number, table.c.record != null())
                .order_by(table.c.number.desc())
                .limit(1)
            ).first()
            found[number] = entry if before is None else to_entry(before, registers)
    return found


def names_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The names of accounts by their ids."""
    table = doors.account.c
    rows = connection.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {row.id: row.name for row in rows}


def waiting(connection: Connection, registers: Mapping[str, Countries]) -> tuple[Line, ...]:
    """The latest unjudged entry of each record of these registers and countries, oldest first."""
    later, after = schema.entry.alias("later"), waits.alias("after")
    follows = exists().where(
        later.c.register == schema.version.c.register,
        later.c.key == schema.version.c.key,
        later.c.number > schema.version.c.number,
        after.c.number == later.c.number,
    )
    return _lines(connection, _in(registers), _waits(), ~follows)


def returned(connection: Connection, actor: str) -> tuple[Line, ...]:
    """Somebody's latest entries that came back, the oldest first."""
    return _lines(connection, schema.entry.c.actor == actor, _latest(), _returned())


def submitted(connection: Connection, actor: str) -> tuple[Line, ...]:
    """Somebody's latest entries that nobody has judged yet, the oldest first."""
    return _lines(connection, schema.entry.c.actor == actor, _latest(), _waits())


def _latest() -> ColumnElement[bool]:
    return schema.version.c.superseded_at == null()


def _waits() -> ColumnElement[bool]:
    """Whether nobody has judged a version."""
    return schema.version.c.number.in_(select(waits.c.number))


def _returned() -> ColumnElement[bool]:
    """Whether a version went back."""
    table = schema.approval.c
    # Written out, so that the index of what went back is used.
    back = select(table.entry).where(table.verdict == literal_column(f"'{Verdict.RETURNED}'"))
    return schema.version.c.number.in_(back)


def _in(registers: Mapping[str, Countries]) -> ColumnElement[bool]:
    table = schema.version.c
    asked = [
        and_(table.register == register, of_countries(countries))
        for register, countries in sorted(registers.items())
    ]
    return or_(*asked) if asked else table.number < 0


def of_countries(countries: Countries) -> ColumnElement[bool]:
    """Whether a version is of one of these countries."""
    table = schema.version.c
    return table.number > 0 if countries is None else table.country.in_(sorted(countries))


def _lines(connection: Connection, *asked: ColumnElement[bool]) -> tuple[Line, ...]:
    version, entry = schema.version.c, schema.entry.c
    rows = connection.execute(
        select(schema.version, entry.actor)
        .join(schema.entry, entry.number == version.number)
        .where(*asked)
        .order_by(version.number)
        .limit(200)
    ).all()
    said = verdicts(connection, [row.number for row in rows])
    return tuple(
        Line(
            row.register,
            Found(row.key, row.number, row.country, row.title, bool(row.ended)),
            row.actor,
            datetime.fromisoformat(row.recorded_at),
            said.get(row.number),
        )
        for row in rows
    )
