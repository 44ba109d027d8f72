"""Slowing down those who guess, without ever shutting anybody out."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from cauce.store.log.door_schema import attempt
from cauce.store.log.rows import moment

WINDOW = timedelta(hours=1)
LONGEST = 60
"""Seconds: after however many attempts, the next is never farther away."""


def delay(failures: int, free: int) -> int:
    """Seconds to wait after so many failures: none for the first, then 1, 2, 4 … to a minute."""
    return 0 if failures < free else int(min(2.0 ** min(failures - free, 10), LONGEST))


def wait(connection: Connection, subject: str, free: int, now: datetime) -> int:
    """Seconds until the next attempt is listened to. A clock that was set back shuts nobody out."""
    table = attempt.c
    count, latest = connection.execute(
        select(func.count(), func.max(table.at)).where(
            table.subject == subject,
            table.at > moment(now - WINDOW),
            table.at <= moment(now),
        )
    ).one()
    if not count:
        return 0
    since = (now - datetime.fromisoformat(latest)).total_seconds()
    return max(0, int(delay(count, free) - since + 0.999))


def note(connection: Connection, subjects: tuple[str, ...], now: datetime) -> None:
    """Note an attempt before it is known whether it succeeds: many at once gain nothing."""
    connection.execute(delete(attempt).where(attempt.c.at < moment(now - 24 * WINDOW)))
    rows = [{"subject": subject, "at": moment(now)} for subject in subjects]
    connection.execute(insert(attempt), rows)


def forgive(connection: Connection, subject: str) -> None:
    """Forget the attempts on what was opened."""
    connection.execute(delete(attempt).where(attempt.c.subject == subject))
