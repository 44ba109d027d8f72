"""What the registers hold of a recruiter's IRIS, turned into what is judged.

The fields are those of the registers `iris_assessments`, `iris_progress`, `iris_certifications`,
and, for answers, of `diligence_checks`.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from cauce.assess.filled import day, rows, text
from cauce.model.checklist import Given
from cauce.model.iris import Certified, Progress, Taken
from cauce.model.record import Record, Row

HOLDS = ("CERT", "SURV")
"""States of a certificate that run out by themselves on their last day."""
EXPIRED = "EXP"


def given_in(record: Record, item: str = "criterion") -> tuple[Given, ...]:
    """The answers of a record; `item` is the column that says to what.

    Source: none, it computes nothing.
    """
    return tuple(_given(row, item) for row in rows(record, "answers"))


def _given(row: Row, item: str) -> Given:
    answer = row.get("answer", "")
    if isinstance(answer, bool):
        answer = "YES" if answer else "NO"
    return Given(text(row, item), text(row, "element"), str(answer), text(row, "evidence"))


def progress_of(record: Record) -> Progress:
    """What a record of progress says; what has no day keeps None for it.

    Source: none, it computes nothing.
    """
    return Progress(
        trained_on=day(record, "trained_on"),
        steps=_taken(rows(record, "steps"), "step", "evidence"),
        followed=_taken(rows(record, "followups"), "clock", "result"),
        states=_taken(rows(record, "states"), "state", "note"),
    )


def _taken(found: Sequence[Row], name: str, words: str) -> tuple[Taken, ...]:
    return tuple(Taken(text(row, name), day(row, "on"), text(row, words)) for row in found)


def certified_on(record: Record, on: date) -> Certified:
    """A certificate as it stands on a day, by what the certifying body recorded.

    The last day of a state belongs to it; what held and ran out is expired, though nobody wrote it
    down. Where a day is not known nothing is told: "".

    Source: as a licence is read on a day (portal/recruiters/standing); docs/how-to/iris.md.
    """
    state, since, until = _standing(rows(record, "states"), on)
    body, number = text(record, "body"), text(record, "number")
    return Certified(body, number, state, since, until, text(record, "source"))


def _standing(found: Sequence[Row], on: date) -> tuple[str, date | None, date | None]:
    if any(day(row, "since") is None for row in found):
        return "", None, None
    begun = [row for row in found if (since := day(row, "since")) and since <= on]
    if not begun:
        return "", None, None
    last = max(begun, key=lambda row: day(row, "since") or date.min)
    state, until = text(last, "state"), day(last, "until")
    if until is None and state in HOLDS:
        return "", None, None
    if until is not None and until < on:
        after = until + timedelta(days=1)
        return (EXPIRED, after, None) if state in HOLDS else ("", after, None)
    return state, day(last, "since"), until
