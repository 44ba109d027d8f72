"""The list of a register for somebody who sees some records only once they were approved."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, null, or_, select

from cauce.registers.values import folded
from cauce.store.log import schema
from cauce.store.log.reader import AT_LAST, PAGE, Page, known_then, page_of, through_things
from cauce.store.log.review import Countries, Verdict, of_countries


@dataclass(frozen=True)
class Reach:
    """Of which countries somebody sees everything, and of which only what was approved."""

    all: Countries
    approved: Countries


def shelf(
    connection: Connection,
    register: str,
    reach: Reach,
    words: str = "",
    after: str = "",
    country: str | None = None,
    size: int = PAGE,
) -> Page:
    """Records in the order of their titles, for somebody who sees some only once approved.

    Of a country within `reach.all` the latest version is listed; of others within `reach.approved`
    the latest approved one, so that what still waits is not even found by its words.
    """
    table = schema.version.c
    asked: Select[Any] = select(schema.version).where(
        table.register == register, _seen(reach, bool(words.strip()))
    )
    by = (table.title, table.key)
    for word in folded(words).split():
        asked = asked.where(table.words.contains(word, autoescape=True))
    if words.strip():
        asked = through_things(asked, register, folded(words).split())
        by = (schema.thing.c.title, schema.thing.c.key)
    if country is not None:
        asked = asked.where(table.country == country)
    return page_of(connection, asked, by, after, size)


def countries_in(connection: Connection, register: str) -> tuple[str, ...]:
    """The countries of whose records there are some; "" is the region.

    Each is looked up from the one before it, so that this costs by countries and not by records.
    """
    table = schema.version.c
    asked = select(func.min(table.country)).where(table.register == register)
    found: list[str] = []
    following = connection.execute(asked).scalar()
    while following is not None:
        found.append(following)
        following = connection.execute(asked.where(table.country > following)).scalar()
    return tuple(found)


def _seen(reach: Reach, searched: bool) -> ColumnElement[bool]:
    current = schema.version.c.superseded_at == null()
    latest = and_(known_then(AT_LAST) if searched else current, of_countries(reach.all))
    if reach.all is None:
        return latest
    others = and_(of_countries(reach.approved), ~of_countries(reach.all))
    return or_(latest, and_(others, _latest_approved()))


def _latest_approved() -> ColumnElement[bool]:
    """Whether a version was approved and none after it was."""
    version, later = schema.version, schema.version.alias("later")
    follows = (
        exists()
        .where(
            later.c.register == version.c.register,
            later.c.key == version.c.key,
            later.c.number > version.c.number,
            _approved(later.c.number, "too"),
        )
        .correlate(version)
    )
    return and_(_approved(version.c.number, "yes"), ~follows)


def _approved(number: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    table = schema.approval.alias(name).c
    return exists().where(table.entry == number, table.verdict == str(Verdict.APPROVED))
