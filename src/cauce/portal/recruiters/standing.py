"""The state of a licence on a day, from the rows of its record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cauce.model.record import Absent, Record, Row

State = Literal[
    "APP", "LIC", "EXP", "SUSP", "REV", "REF", "CERT", "SURV", "WDR", "BEFORE", "UNCLEAR"
]


@dataclass(frozen=True)
class Standing:
    """A state with the days it began and ends on, where they are known."""

    state: State
    since: date | None = None
    until: date | None = None


def standing(licence: Record, on: date, holds: tuple[str, ...] = ("LIC",)) -> Standing:
    """What a licence or a certificate was on a day. The last day of a row belongs to it.

    What `holds` and ran out and was not renewed is expired, though nobody wrote it down. Where days
    are unknown nothing is guessed: UNCLEAR. BEFORE: nothing had been asked of the authority yet.
    """
    rows = [row for row in rows_of(licence, "states") if isinstance(row.get("state"), str)]
    if any(isinstance(row.get("since"), Absent) or "since" not in row for row in rows):
        return Standing("UNCLEAR")
    begun = sorted((row for row in rows if _day(row, "since") <= on), key=_since)
    if not begun:
        return Standing("BEFORE")
    last = begun[-1]
    until = last.get("until")
    if isinstance(until, Absent):
        return Standing("UNCLEAR")
    state = str(last["state"])
    if isinstance(until, date) and until < on:
        after = until + timedelta(days=1)
        return Standing("EXP", after) if state in (*holds, "EXP") else Standing("UNCLEAR", after)
    return Standing(
        state,  # type: ignore[arg-type] # a code of the list
        _day(last, "since"),
        until if isinstance(until, date) else None,
    )


def rows_of(record: Record, field: str) -> tuple[Row, ...]:
    value = record.get(field, ())
    parts = value if isinstance(value, tuple) else ()
    return tuple(part for part in parts if isinstance(part, Mapping))


def _since(row: Row) -> date:
    return _day(row, "since")


def _day(row: Row, field: str) -> date:
    value = row.get(field)
    return value if isinstance(value, date) else date.min
