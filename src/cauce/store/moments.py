"""Moments as people write them."""

from datetime import UTC, datetime, time


def moment_of(text: str) -> datetime | None:
    """The moment a text names, in UTC if it does not say; a day is its end. None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2026-01-31"):
        moment = datetime.combine(moment, time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
