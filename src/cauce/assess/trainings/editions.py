"""An edition of a course judged straight from its records."""

from collections.abc import Iterator
from datetime import date

from cauce.assess.filled import day, flag, number, whole, words
from cauce.assess.trainings.cascades import cascade
from cauce.assess.trainings.completing import completion
from cauce.assess.trainings.gains import gain
from cauce.assess.trainings.records import (
    completed_on,
    learners,
    of_edition,
    participant_of,
    posting_of,
    rule_of,
    taught_of,
)
from cauce.assess.trainings.rosters import roster
from cauce.model.record import Record, Records
from cauce.model.text import Text
from cauce.model.training import Completion, CourseRecords, EditionReport, Roster
from cauce.model.truth import TRUTHS, Truth

WRITTEN = {True: Truth.YES, False: Truth.NO, None: Truth.CANNOT_TELL}
OPPOSED = {Truth.YES, Truth.NO}


def edition_report(records: CourseRecords, on: date) -> EditionReport:
    """Who completed, what they gained, whom they reached, who is still in post on a day.

    Source: docs/explanation/judging.md, "Trainings".
    """
    mine = learners(of_edition(records.participants, records.key))
    sessions = of_edition(records.sessions, records.key)
    hours = number(records.edition, "hours") or number(records.course, "hours")
    people = [participant_of(token, one, sessions, hours) for token, one in mine.items()]
    rule = rule_of(records.course)
    written = {token: WRITTEN[flag(one, "completed")] for token, one in mine.items()}
    completions = (
        tuple(_as_written(token, truth) for token, truth in written.items())
        if rule is None
        else tuple(completion(rule, one) for one in people)
    )
    taught = taught_of({**records.editions, records.key: records.edition}, records.participants)
    return EditionReport(
        edition=records.key,
        on=on,
        title=_title(records),
        registered=len(mine),
        reported=whole(records.edition, "participants_reported"),
        completions=completions,
        by_rule=rule is not None,
        differ=sum(1 for one in completions if {one.truth, written[one.token]} == OPPOSED),
        gain=gain(people),
        cascade=cascade(taught, records.key),
        roster=_roster(records, sessions, mine, completions, on),
    )


def _title(records: CourseRecords) -> Text:
    course = words(records.course, "title", records.key)
    edition = words(records.edition, "title")
    return edition if edition.en else course


def _as_written(token: str, truth: Truth) -> Completion:
    said = TRUTHS[truth]
    words = Text(
        f"the course states no rule; written down as completed: {said.en}",
        f"el curso no declara regla; consta como aprobado: {said.es}",
    )
    return Completion(token, truth, words)


def _roster(
    records: CourseRecords,
    sessions: Records,
    mine: dict[str, Record],
    completions: tuple[Completion, ...],
    on: date,
) -> Roster | None:
    ended = completed_on(records.edition, sessions)
    if ended is None:
        return None
    done = {one.token: ended for one in completions if one.truth is Truth.YES}
    postings = (posting_of(token, mine[token], ended) for token in done)
    return roster(
        completed=done,
        postings=[posting for posting in postings if posting is not None],
        on=on,
        refresher_months=whole(records.course, "refresher_months"),
        refreshed=dict(_refreshed(mine, on)),
    )


def _refreshed(mine: dict[str, Record], on: date) -> Iterator[tuple[str, date]]:
    for token, record in mine.items():
        taken = day(record, "refresher_on")
        if taken is not None and taken <= on:
            yield token, taken
