"""What the registers hold of a recruiter's IRIS, turned into what is judged.

The fields are those of the registers `iris_assessments`, `iris_progress`, `iris_certifications`,
and, for answers, of `diligence_checks`.
"""

from collections.abc import Sequence
from datetime import date

from cauce.assess.filled import day, rows, text
from cauce.assess.recruitment.standing import standing_on
from cauce.model.checklist import Given
from cauce.model.iris import Certified, Progress, Taken
from cauce.model.record import Record, Row

HOLDS = ("CERT", "SURV")
"""States of a certificate that run out by themselves on their last day."""


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

    Source: as `standing_on`; docs/how-to/iris.md.
    """
    now = standing_on(record, on, HOLDS, must_end=True)
    body, number = text(record, "body"), text(record, "number")
    return Certified(body, number, now.state, now.since, now.until, text(record, "source"))
