"""Which entries a second person approved: what may become public."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from cauce.store.log import schema
from cauce.store.log.review import Verdict
from cauce.store.log.rows import moment


def approved(
    connection: Connection, registers: Iterable[str], known_at: datetime | None = None
) -> Mapping[str, Mapping[int, str]]:
    """By register, the numbers of its approved entries with the key of each.

    The last verdict on an entry counts, by a moment if one is given, and never that of who made it.
    """
    entry, approval = schema.entry.c, schema.approval.c
    last = select(func.max(approval.number)).group_by(approval.entry)
    if known_at is not None:
        last = last.where(approval.at <= moment(known_at))
    asked = (
        select(entry.register, entry.number, entry.key)
        .join(schema.approval, approval.entry == entry.number)
        .where(
            approval.number.in_(last),
            approval.verdict == str(Verdict.APPROVED),
            approval.actor != entry.actor,
            entry.register.in_(sorted(registers)),
        )
    )
    found: dict[str, dict[int, str]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.register, {})[row.number] = row.key
    return found
