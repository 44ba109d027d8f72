"""SDMX time periods as spans of days."""

import re
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from cauce.model.errors import BadInput

PERIOD = re.compile(
    r"(?P<year>\d{4})(?:"
    r"|-(?P<kind>[ASTQMWD])(?P<number>\d{1,3})"
    r"|-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:T[0-9:.+Z-]{5,20})?)?)\Z"
)
MONTHS = {"A": 12, "S": 6, "T": 4, "Q": 3, "M": 1}


@lru_cache(maxsize=4_096)
def span(period: str) -> tuple[date, date]:
    """The first and the last day of a period: 2020, 2020-Q3, 2020-07, 2020-W05, 2020-07-31.

    Raises:
        BadInput: it is no SDMX time period.

    Source: SDMX 2.1 Technical Specifications, section 6, observational time period.
    """
    found = PERIOD.match(period)
    days = None
    if found is not None:
        with suppress(ValueError, OverflowError):
            days = _span(found)
    if days is None:
        raise BadInput(
            f"{period[:40]!r} is no time period. Write it as 2020, 2020-S1, 2020-Q3, 2020-07, "
            "2020-W05 or 2020-07-31."
        )
    return days


def first_day(period: str) -> str:
    """The first day of a period as ISO 8601 has it; what we cannot read stays as it is."""
    try:
        return span(period)[0].isoformat()
    except BadInput:
        return period


def ends(period: str) -> dict[str, str]:
    """When a period starts and ends, as SDMX-JSON says it; nothing of what we cannot read."""
    try:
        first, last = span(period)
    except BadInput:
        return {}
    return {"start": f"{first}T00:00:00Z", "end": f"{last}T23:59:59Z"}


def _span(found: re.Match[str]) -> tuple[date, date]:
    year = int(found["year"])
    if not MINYEAR <= year < MAXYEAR:
        raise ValueError
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day
    if found["month"]:
        return _months(year, int(found["month"]), 1)
    if found["kind"]:
        return _reporting(year, found["kind"], int(found["number"]))
    return _months(year, 1, 12)


def _reporting(year: int, kind: str, number: int) -> tuple[date, date]:
    """A numbered part of a year: semester, trimester, quarter, month, week or day."""
    if kind == "D":
        day = date(year, 1, 1) + timedelta(number - 1)
        if day.year != year:
            raise ValueError
        return day, day
    if kind == "W":
        monday = date.fromisocalendar(year, number, 1)
        return monday, monday + timedelta(6)
    length = MONTHS[kind]
    if not 1 <= number <= 12 // length:
        raise ValueError
    return _months(year, (number - 1) * length + 1, length)


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    start = date(year, first, 1)
    after = first + count
    end = date(year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(1)
    return start, end
