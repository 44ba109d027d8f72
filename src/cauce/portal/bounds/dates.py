"""Dates of HTTP."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def http_date(text: str) -> datetime | None:
    """The moment a header tells, None if it tells none (RFC 9110, section 5.6.7)."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        # What an e-mail may say of a date is read by a module that trips over some of it.
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
