"""Months and years counted as calendars do."""

from calendar import monthrange
from datetime import date, timedelta

from cauce.model.fact import Between, Day, Fact
from cauce.model.text import Text

MONTHS_EN = "January February March April May June July August September October November December"
MONTHS_ES = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day if it is shorter.

    Source: Regulation (EEC) 1182/71, article 3, as PostgreSQL's intervals reckon too.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_years(since: date, on: date) -> int:
    """Birthdays passed; that of 29 February is 1 March in other years, the cautious reading.

    Source: civil reckoning of age; the rule for 29 February differs between countries.
    """
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def ages(born: Fact | None, on: date) -> tuple[int, ...]:
    """The age in whole years; the least and the greatest if the day of birth is not exact.

    Empty if it is not known at all.

    Source: as `full_years`.
    """
    if isinstance(born, Between):
        return full_years(born.last, on), full_years(born.first, on)
    return (full_years(born, on),) if isinstance(born, date) else ()


def months_begun(first: date, last: date) -> int:
    """Months begun from the first to the last day, both counted in; 0 if the last comes first.

    Source: months run from date to date, as in Regulation (EEC) 1182/71, article 3.
    """
    months = 0
    while add_months(first, months) <= last:
        months += 1
    return months


def months_completed(first: date, last: date) -> int:
    """Months completed from the first to the last day, both counted in.

    Source: as `months_begun`.
    """
    begun = months_begun(first, last)
    complete = add_months(first, begun) <= last + timedelta(days=1)
    return begun if complete else max(begun - 1, 0)


def earliest(day: Day) -> date:
    return day if isinstance(day, date) else day.first


def latest(day: Day) -> date:
    return day if isinstance(day, date) else day.last


def day_words(day: Day) -> Text:
    """A day as people write it in each language."""
    if isinstance(day, date):
        return Text(
            f"{day.day} {MONTHS_EN.split()[day.month - 1]} {day.year}",
            f"{day.day} de {MONTHS_ES.split()[day.month - 1]} de {day.year}",
        )
    first, last = day_words(day.first), day_words(day.last)
    return Text(f"between {first.en} and {last.en}", f"entre el {first.es} y el {last.es}")
