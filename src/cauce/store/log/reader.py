"""Reading the log: lists, search, one record's history, everything in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, null, or_, select, tuple_
from sqlalchemy.exc import DBAPIError

from cauce.model.entry import Entry
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.registers.canonical import from_json
from cauce.registers.log import FIRST, faults_of
from cauce.registers.values import folded
from cauce.store.log import schema
from cauce.store.log.database import Database, told
from cauce.store.log.rows import moment, to_entry, to_link
from cauce.store.log.writer import AT_ONCE, batched, entries_of

PAGE = 50
AT_LAST = datetime.max.replace(tzinfo=UTC)
"""A search asks what is known at last, which is now: asked for current versions, SQLite would read
every one of them instead of beginning with the things that have the words."""


@dataclass(frozen=True)
class Found:
    """A line of a list: which record, its latest entry, whether it ended."""

    key: str
    number: int
    country: str
    title: str
    ended: bool


@dataclass(frozen=True)
class Page:
    """A part of a list in the order of titles; `after` leads to the next part, "" at the end."""

    found: tuple[Found, ...]
    after: str


@dataclass(frozen=True)
class Log:
    """The log as one person may see it. `countries` are the codes of theirs, None for all.

    Records of other countries are not there: no list, count, search or history shows them.
    """

    database: Database
    registers: Mapping[str, Register]
    countries: frozenset[str] | None = None
    actor: str = ""

    @property
    def _told(self) -> str:
        return told(self.countries)

    def entries(self, register: str, key: str) -> tuple[Entry, ...]:
        """All entries of a record, oldest first; none if there is no such record for us."""
        with self.database.reading(self.actor, self._told) as connection:
            found = entries_of(connection, self.registers, register, key)
        return found if found and self._mine(found[-1].country) else ()

    def entries_of(self, register: str, keys: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """All entries of some records of ours, oldest first; a key without a record lacks."""
        table = schema.entry
        found: dict[str, list[Entry]] = {}
        with self.database.reading(self.actor, self._told) as connection:
            for part in batched(keys, AT_ONCE):
                asked = select(table).where(table.c.register == register, table.c.key.in_(part))
                for row in connection.execute(asked.order_by(table.c.number)):
                    found.setdefault(row.key, []).append(to_entry(row, self.registers))
        return {k: tuple(group) for k, group in found.items() if self._mine(group[-1].country)}

    def current(self, register: str) -> Iterator[tuple[str, Record]]:
        """What the latest entry of every record of ours says, but of those that ended."""
        table, version = schema.entry.c, schema.version.c
        asked = (
            select(table.key, table.record)
            .join(schema.version, version.number == table.number)
            .where(version.register == register, version.superseded_at == null())
            .where(table.record != null())
        )
        if self.countries is not None:
            asked = asked.where(version.country.in_(sorted(self.countries)))
        with self.database.reading(self.actor, self._told) as connection:
            for row in connection.execute(asked.order_by(table.key)):
                yield row.key, from_json(self.registers[register], row.record)

    def page(
        self,
        register: str,
        words: str = "",
        after: str = "",
        known_at: datetime | None = None,
        size: int = PAGE,
    ) -> Page:
        """Records in the order of their titles, as they were known at a moment (now if None).

        `words` are looked for whatever their accents and capitals; `after` is that of the part
        before.
        """
        asked = self._versions(register, known_at or (AT_LAST if words.strip() else None))
        by = (schema.version.c.title, schema.version.c.key)
        for word in folded(words).split():
            asked = asked.where(schema.version.c.words.contains(word, autoescape=True))
        if words.strip():
            asked = through_things(asked, register, folded(words).split())
            by = (schema.thing.c.title, schema.thing.c.key)
        with self.database.reading(self.actor, self._told) as connection:
            return page_of(connection, asked, by, after, size)

    def count(self, register: str, known_at: datetime | None = None) -> int:
        """How many records there are that did not end."""
        table = schema.version.c
        asked = select(func.coalesce(func.sum(table.delta), 0)).where(
            table.register == register, table.delta != 0
        )
        if known_at is not None:
            asked = asked.where(table.recorded_at <= moment(known_at))
        if self.countries is not None:
            asked = asked.where(table.country.in_(sorted(self.countries)))
        with self.database.reading(self.actor, self._told) as connection:
            return int(connection.execute(asked).scalar_one())

    def latest(
        self, register: str, known_at: datetime | None = None
    ) -> Iterator[tuple[Entry, ...]]:
        """The entries of every record, record by record, as known at a moment."""
        table = schema.entry
        asked = select(table).where(table.c.register == register)
        if known_at is not None:
            asked = asked.where(table.c.recorded_at <= moment(known_at))
        if self.countries is not None:
            asked = asked.where(table.c.country.in_(sorted(self.countries)))
        key = ""
        group: list[Entry] = []
        with self.database.reading(self.actor, self._told) as connection:
            for row in connection.execute(asked.order_by(table.c.key, table.c.number)):
                if group and row.key != key:
                    yield tuple(group)
                    group = []
                key = row.key
                group.append(to_entry(row, self.registers))
        if group:
            yield tuple(group)

    def faults(self) -> Iterator[str]:
        """What is wrong with the log, row by row; nothing if it is as it was written.

        Rows are not understood, only compared: one of a register that nothing declares any more,
        or whose text was damaged, is judged as well.
        """
        table = schema.entry
        number = 0
        try:
            with self.database.reading(self.actor) as connection:
                rows = connection.execution_options(yield_per=1000).execute(
                    select(table).order_by(table.c.number)
                )
                previous = FIRST
                for row in rows:
                    yield from faults_of([to_link(row)], number, previous)
                    number, previous = row.number, row.hash
        except DBAPIError as error:
            words = str(error.orig).splitlines()[0]
            yield f"after row {number} the database cannot be read: {words}. Restore a backup."

    def _mine(self, country: str) -> bool:
        return self.countries is None or country in self.countries

    def _versions(self, register: str, known_at: datetime | None) -> Select[tuple[object, ...]]:
        """The versions of a register known at a moment that are ours."""
        table = schema.version.c
        asked = select(schema.version).where(table.register == register)
        known = table.superseded_at == null() if known_at is None else known_then(known_at)
        asked = asked.where(known)
        if self.countries is not None:
            asked = asked.where(table.country.in_(sorted(self.countries)))
        return asked


def page_of(
    connection: Connection,
    asked: Select[Any],
    by: tuple[ColumnElement[str], ColumnElement[str]],
    after: str,
    size: int,
) -> Page:
    """A part of some versions, in the order of titles and keys, that begins after another part."""
    if after:
        title, _, key = after.rpartition("|")
        asked = asked.where(tuple_(*by) > (title, key))
    asked = asked.add_columns(by[0].label("place")).order_by(*by).limit(size + 1)
    rows = connection.execute(asked).all()
    found = tuple(Found(r.key, r.number, r.country, r.title, bool(r.ended)) for r in rows)
    end = f"{rows[size - 1].place}|{rows[size - 1].key}" if len(rows) > size else ""
    return Page(found[:size], end)


def known_then(at: datetime) -> ColumnElement[bool]:
    """Whether a version was what was known at a moment."""
    table, then = schema.version.c, moment(at)
    until = or_(table.superseded_at == null(), table.superseded_at > then)
    return and_(table.recorded_at <= then, until)


def through_things(
    asked: Select[tuple[object, ...]], register: str, words: Sequence[str]
) -> Select[tuple[object, ...]]:
    """The same through the keys that ever had these words: fewer, and narrower, than versions."""
    thing, version = schema.thing.c, schema.version.c
    asked = asked.join(
        schema.thing, and_(thing.register == version.register, thing.key == version.key)
    ).where(thing.register == register, version.recorded_at <= moment(AT_LAST))
    for word in words:
        asked = asked.where(thing.ever.contains(word, autoescape=True))
    return asked


def last_of(database: Database, register: str, known_at: datetime | None = None) -> tuple[int, str]:
    """Number and hash of a register's last entry at a moment: they vouch for all before it."""
    entry = schema.entry.c
    asked = select(entry.number, entry.hash).where(entry.register == register)
    if known_at is not None:
        asked = asked.where(entry.recorded_at <= moment(known_at))
    with database.reading() as connection:
        row = connection.execute(asked.order_by(entry.number.desc()).limit(1)).first()
    return (0, FIRST) if row is None else (row.number, row.hash)
