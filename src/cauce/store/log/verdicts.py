"""What second persons said of the entries of registers, as it was known at a moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Select, select

from cauce.store.log import schema
from cauce.store.log.database import EVERYWHERE, Database
from cauce.store.log.review import Verdict
from cauce.store.log.rows import moment


def verdicts_on(
    database: Database,
    register: str,
    known_at: datetime | None = None,
    actor: str = "",
    countries: str = EVERYWHERE,
) -> dict[int, Verdict]:
    """What was said of each entry of a register; those that waited at that moment are not there."""
    with database.reading(actor, countries) as connection:
        rows = connection.execute(_last_words((register,), known_at))
        return {row.number: Verdict(row.verdict) for row in rows}


def approved(
    connection: Connection, registers: Iterable[str], known_at: datetime | None = None
) -> Mapping[str, Mapping[int, str]]:
    """By register, the numbers of its approved entries with the key of each: what may be public."""
    asked = _last_words(registers, known_at).where(schema.approval.c.verdict == Verdict.APPROVED)
    found: dict[str, dict[int, str]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.register, {})[row.number] = row.key
    return found


def _last_words(
    registers: Iterable[str], known_at: datetime | None
) -> Select[tuple[str, int, str, str]]:
    """The last verdict on each entry, which is the one that counts; never that of who made it."""
    entry, approval = schema.entry.c, schema.approval.c
    later = schema.approval.alias("later").c
    # Asked row by row through the index: a list of all last verdicts is searched anew for each.
    after = select(later.number).where(
        later.entry == approval.entry, later.number > approval.number
    )
    asked = (
        select(entry.register, entry.number, entry.key, approval.verdict)
        .join(schema.approval, approval.entry == entry.number)
        .where(approval.actor != entry.actor, entry.register.in_(sorted(registers)))
    )
    if known_at is not None:
        after = after.where(later.at <= moment(known_at))
        asked = asked.where(approval.at <= moment(known_at))
    return asked.where(~after.exists())
