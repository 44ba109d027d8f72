"""Whose time is past: how long after its end a record is kept, as its register declares."""

from collections.abc import Sequence
from datetime import date

from cauce.model.entry import Entry
from cauce.model.record import Value
from cauce.model.register import Register, Sensitivity
from cauce.registers.log import timeline


def ended_on(entries: Sequence[Entry]) -> date | None:
    """The first day on which nothing more is true of a record; None while something is."""
    periods = timeline(entries)
    ends = [period.end for period in periods if period.end is not None]
    return max(ends) if ends and len(ends) == len(periods) else None


def is_past(register: Register, entries: Sequence[Entry], today: date) -> bool:
    """Whether a record's time is past, given its approved entries.

    An end that nobody approved is none: what is destroyed by it does not come back.
    """
    ended = ended_on(entries)
    if register.retention_years is None or ended is None:
        return False
    return ended <= _years_before(today, register.retention_years)


def personal(register: Register, entries: Sequence[Entry]) -> bool:
    """Whether a log holds somebody's data of a record in the clear, where nothing erases them."""
    own = {field.id for field in register.fields if field.sensitivity is Sensitivity.P2}
    inner = {
        (field.id, column.id)
        for field in register.fields
        for column in field.rows
        if column.sensitivity is Sensitivity.P2
    }
    records = [entry.record for entry in entries if entry.record is not None]
    return any(
        name in own or any(outer == name and _filled(value, column) for outer, column in inner)
        for record in records
        for name, value in record.items()
    )


def _filled(value: Value, column: str) -> bool:
    rows = value if isinstance(value, tuple) else ()
    return any(not isinstance(row, str) and column in row for row in rows)


def _years_before(day: date, years: int) -> date:
    """The same day some years ago; 29 February is followed by 1 March where there is none."""
    if day.year <= years:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
