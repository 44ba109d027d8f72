"""An edition of a course judged straight from its registers."""

from dataclasses import replace
from datetime import date

import pytest

from cauce.assess.telling import Speaker
from cauce.assess.trainings.editions import edition_report
from cauce.assess.trainings.records import completed_on, participant_of, posting_of, rule_of
from cauce.assess.trainings.told import CAUSE, NO_ROSTER, told_edition
from cauce.model.fact import Between
from cauce.model.record import Absent
from cauce.model.training import Attendance, CourseRecords
from cauce.model.truth import Truth

ENDED, ON = date(2024, 5, 31), date(2025, 3, 1)
SPEAKER = Speaker({}, {})


def person(token, **more):
    return {"edition": "e", "token": token, "role": "PART", "institution": "office", **more}


def there(*sessions):
    return tuple({"session": f"s{at}", "attended": value} for at, value in enumerate(sessions, 1))


PEOPLE = {
    f"p{at}": person(f"P-{at}", attendance=there(True, at != 1), score_before=40.0,
                     score_after=50.0 + at, in_post_on=date(2024, 12, 1))
    for at in range(1, 7)
}  # fmt: skip
RECORDS = CourseRecords(
    key="e",
    edition={"title_es": "Primera", "ends_on": ENDED, "participants_reported": 8},
    course={"title_en": "Course", "min_attendance_pct": 75, "refresher_months": 6},
    editions={
        "e": {"participants_reported": 8},
        "f": {"cascade_of": "e", "participants_reported": 30},
        "g": {"cascade_of": "g"},
    },
    sessions={
        "s1": {"edition": "e", "hours": 8.0, "held_on": date(2024, 5, 30)},
        "s2": {"edition": "e", "hours": 8.0},
        "other": {"edition": "f", "hours": 1.0},
    },
    participants={
        **PEOPLE,
        "t": person("T-1", role="TRAI"),
        "h": {"edition": "g", "token": "Q-1", "role": "PART", "trained_by": "P-2"},
        "hidden": {"edition": "e", "role": "PART"},
    },
)


def test_an_edition_by_hand():
    """P-1 attended 8 of 16 hours, under 75 %; the other five completed."""
    found = edition_report(RECORDS, ON)
    truths = {one.token: one.truth for one in found.completions}
    assert truths == {"P-1": Truth.NO} | {f"P-{at}": Truth.YES for at in range(2, 7)}
    assert (found.registered, found.reported, found.by_rule) == (6, 8, True)
    assert found.gain.mean == pytest.approx(13.5)
    assert found.cascade.generations == (6, 1)
    assert (found.cascade.low, found.cascade.high) == (30, 7 + 2 + 30)
    assert found.roster is not None
    assert {one.refresher_due for one in found.roster.people} == {Truth.YES}
    assert found.roster.institutions["office"][Truth.YES] == 5


def test_a_refresher_taken_puts_the_next_one_off():
    taken = {**PEOPLE["p2"], "refresher_on": date(2025, 2, 1)}
    later = {**PEOPLE["p3"], "refresher_on": date(2026, 2, 1)}
    found = edition_report(replace(RECORDS, participants={"p2": taken, "p3": later}), ON)
    due = {one.token: one.refresher_due for one in found.roster.people}
    assert due == {"P-2": Truth.NO, "P-3": Truth.YES}


def test_without_a_rule_what_the_office_wrote_down_counts():
    course = {"title_en": "Course", "title_es": "Curso"}
    written = {
        "a": person("A-1", completed=True),
        "b": person("B-1", completed=False),
        "c": person("C-1", completed=Absent.UNKNOWN),
    }
    found = edition_report(
        replace(RECORDS, course=course, edition={"ends_on": ENDED}, participants=written), ON
    )
    assert [one.truth for one in found.completions] == [Truth.YES, Truth.NO, Truth.CANNOT_TELL]
    assert "no rule" in found.completions[0].because.en
    assert (found.by_rule, found.differ, found.title.es) == (False, 0, "Curso")


def test_what_was_written_down_and_the_rule_are_compared():
    written = {"a": {**PEOPLE["p1"], "completed": True}, "b": {**PEOPLE["p2"], "completed": True}}
    found = edition_report(replace(RECORDS, participants=written), ON)
    assert found.differ == 1
    told = told_edition(found, SPEAKER, people=False)
    assert "differs from the course's rule" in told.notes[2].en


def test_the_rule_of_a_course_may_ask_for_hours_a_score_both_or_nothing():
    assert rule_of({"min_attendance_pct": 80, "min_score": 60}).min_post == 60
    assert rule_of({"min_score": 60}).min_attendance is None
    assert rule_of({"min_score": Absent.UNKNOWN}) is None


def test_attendance_is_by_session_by_hours_or_not_known():
    sessions = {"s1": {"hours": 8.0}, "s2": {"hours": Absent.UNKNOWN}}
    by_session = participant_of("a", {"attendance": there(True)}, sessions, None)
    assert by_session.sessions == (
        Attendance(8.0, present=True), Attendance(0.0, Absent.NOT_STATED),
    )  # fmt: skip
    unknown = {"attendance": there(Absent.UNKNOWN), "score_after": Absent.NOT_APPLICABLE}
    found = participant_of("a", unknown, {"s1": {"hours": 8.0}}, None)
    assert found.sessions == (Attendance(8.0, Absent.UNKNOWN),)
    assert (found.pre, found.post) == (Absent.NOT_STATED, Absent.NOT_APPLICABLE)
    by_hours = participant_of("a", {"hours_attended": 12.0}, {}, 16.0)
    assert [one.hours for one in by_hours.sessions] == [12.0, 4.0]
    assert participant_of("a", {}, {}, 16.0).sessions == (Attendance(16.0, Absent.NOT_STATED),)
    assert participant_of("a", {}, {}, None).sessions == ()


def test_an_edition_ended_on_its_last_day_or_session_or_nobody_knows():
    assert completed_on({"ends_on": ENDED}, {}) == ENDED
    held = {"a": {"held_on": ENDED}, "b": {}}
    assert completed_on({}, held) == ENDED
    assert completed_on({}, {}) is None
    found = edition_report(
        replace(RECORDS, edition={"title_en": "E"}, sessions={}, participants={}), ON
    )
    assert found.roster is None
    told = told_edition(found, SPEAKER, people=True)
    assert told.notes[-1] == NO_ROSTER
    assert told.tables[1].none == found.gain.because


def test_a_post_is_where_somebody_came_from_until_they_are_known_to_have_left():
    left = person("a", in_post=False, in_post_on=ON)
    assert posting_of("a", left, ENDED).until == Between(ENDED, ON)
    assert posting_of("a", person("a", post_until=ON), ENDED).until == ON
    known = posting_of("a", person("a", post_since=date(2020, 1, 1)), ENDED)
    assert (known.since, known.confirmed, known.until) == (date(2020, 1, 1), ENDED, None)
    assert posting_of("a", {"institution_name": "Office"}, ENDED).institution == "Office"
    assert posting_of("a", {"institution": Absent.UNKNOWN}, ENDED) is None


def test_people_are_listed_by_token_for_who_may_see_them_and_counted_for_others():
    nowhere = {"x": person("X-1", institution=Absent.UNKNOWN, attendance=there(True, True))}
    found = edition_report(replace(RECORDS, participants={**PEOPLE, **nowhere}), ON)
    counted = told_edition(found, SPEAKER, people=False)
    assert CAUSE in counted.notes
    assert "P-1" not in str(counted)
    assert counted.tables[2].rows[-1][1].said.en == "30 to 38"
    roster = told_edition(found, SPEAKER, people=True).tables[-1].rows
    assert [cell.said.en for cell in roster[0]][:2] == ["P-1", "no"]
    assert roster[0][4].said.en == "–"
    assert roster[-1][3].said.en == "No institution known"


def test_a_reach_that_is_known_is_one_number():
    found = edition_report(
        replace(RECORDS, edition={}, editions={}, participants={"a": person("A-1")}), ON
    )
    assert told_edition(found, SPEAKER, people=False).tables[2].rows[-1][1].said.en == "1"
