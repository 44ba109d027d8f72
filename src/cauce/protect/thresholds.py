"""Which minimum of respondents is in force on the reference date of a release."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents
from cauce.model.terms import Terms

PERIOD = re.compile(r"(?P<year>[1-9]\d{3})(-(?P<kind>[QST])?(?P<number>\d{1,2}))?")
MONTHS = {"Q": 3, "T": 4, "S": 6, None: 1}


def last_day(period: str) -> date:
    """The last day of an SDMX time period: 2020, 2020-S1, 2020-T2, 2020-Q3, 2020-07.

    Raises:
        BadInput: the text is none of these.
    """
    parts = PERIOD.fullmatch(period)
    last = parts and last_month(parts["kind"], parts["number"])
    if parts is None or not last:
        raise BadInput(
            f"'{period}' is no time period. Write 2020, 2020-S1, 2020-T2, 2020-Q3 or 2020-07."
        )
    year = int(parts["year"])
    return date(year, last, monthrange(year, last)[1])


def last_month(kind: str | None, number: str | None) -> int | None:
    """The last month of the given part of a year; None if a year has no such part."""
    if number is None:
        return 12
    month = int(number) * MONTHS[kind]
    return month if 1 <= month <= 12 else None


def reference_date(periods: Iterable[str]) -> date:
    """The last day of the latest period.

    Raises:
        BadInput: there is no period.
    """
    days = [last_day(period) for period in periods]
    if not days:
        raise BadInput("There are no cells to release. Give the pack at least one wave and table.")
    return max(days)


def minimum_in_force(terms: Terms, day: date) -> MinRespondents:
    """The minimum of respondents whose start is the latest on or before the day.

    Raises:
        BadInput: none is in force.
    """
    started = [one for one in terms.rules.min_respondents if one.since <= day]
    if not started:
        raise BadInput(
            f"{terms.survey} has no minimum of respondents in force on {day}. "
            "Add [[rules.min_respondents]] with from, value and ground; value = 1 if none applies."
        )
    return max(started, key=lambda one: one.since)
