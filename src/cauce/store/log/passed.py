"""The verdicts on all entries of a register at once, as they were known at a moment."""

from datetime import datetime

from sqlalchemy import select

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
    entry, approval = schema.entry.c, schema.approval.c
    asked = (
        select(approval.entry, approval.verdict)
        .join(schema.entry, entry.number == approval.entry)
        .where(entry.register == register)
    )
    if known_at is not None:
        asked = asked.where(approval.at <= moment(known_at))
    asked = asked.order_by(approval.number)  # the last verdict on an entry is the one that counts
    with database.reading(actor, countries) as connection:
        return {row.entry: Verdict(row.verdict) for row in connection.execute(asked)}
