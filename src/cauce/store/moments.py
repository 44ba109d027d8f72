"""Moments as people write them."""

from datetime import UTC, datetime, time


def moment_of(text: str) -> datetime | None:
    """The moment a text names, in UTC; a day is its end. None if it is none.

    Without an offset it is in UTC.
    """
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2026-01-31"):
            moment = datetime.combine(moment, time.max)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        # The first and the last day of all in some other zone are none in UTC.
        return None
