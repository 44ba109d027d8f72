"""What a licence or a certificate was on a day, from the rows of states its record holds."""

from dataclasses import dataclass
from datetime import date, timedelta

from cauce.assess.filled import day, rows, text
from cauce.model.record import Absent, Record

EXPIRED = "EXP"


@dataclass(frozen=True)
class Standing:
    """A state and the days it began and ends on; `state` is "" where nothing may be said."""

    state: str = ""
    since: date | None = None
    until: date | None = None


def standing_on(
    record: Record, on: date, holds: tuple[str, ...], must_end: bool = False
) -> Standing:
    """The state of a record on a day. The last day of a row belongs to it.

    What `holds` and ran out is expired, though nobody wrote it down. Where a day is not known
    nothing is guessed; nor, with `must_end`, of what holds without a last day.

    Source: as a licence is read on a day (portal/recruiters/standing).
    """
    found = rows(record, "states")
    if any(day(row, "since") is None for row in found):
        return Standing()
    begun = [row for row in found if (since := day(row, "since")) and since <= on]
    if not begun:
        return Standing()
    last = max(begun, key=lambda row: day(row, "since") or date.min)
    state, until = text(last, "state"), day(last, "until")
    if isinstance(last.get("until"), Absent) or (must_end and until is None and state in holds):
        return Standing()
    if until is not None and until < on:
        after = until + timedelta(days=1)
        return Standing(EXPIRED if state in holds else "", after)
    return Standing(state, day(last, "since"), until)
