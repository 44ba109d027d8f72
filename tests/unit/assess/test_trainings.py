"""Trainings: completing, gaining, passing on, staying."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.trainings.cascades import cascade
from cauce.assess.trainings.completing import completion
from cauce.assess.trainings.gains import gain
from cauce.assess.trainings.rosters import roster
from cauce.model.errors import BadInput
from cauce.model.fact import Between
from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.model.training import Attendance, CompletionRule, Participant, Posting, Taught
from cauce.model.truth import Truth

UNKNOWN = Absent.UNKNOWN
BOTH = CompletionRule(0.75, 60)


def took_part(*present, post=70.0):
    """Four sessions of 4 hours."""
    return Participant("t", tuple(Attendance(4, each) for each in present), post=post)


@pytest.mark.parametrize(
    ("rule", "participant", "truth"),
    [
        (BOTH, took_part(True, True, True, False), "YES"),
        (BOTH, took_part(True, True, False, False), "NO"),
        (BOTH, took_part(True, True, True, True, post=59.9), "NO"),
        (BOTH, took_part(True, True, True, True, post=60), "YES"),
        (BOTH, took_part(True, True, UNKNOWN, False), "CANNOT_TELL"),
        (BOTH, took_part(True, True, True, UNKNOWN), "YES"),
        (BOTH, took_part(True, True, True, True, post=UNKNOWN), "CANNOT_TELL"),
        (BOTH, took_part(True, False, False, False, post=UNKNOWN), "NO"),
        (CompletionRule(min_attendance=0.75), took_part(post=UNKNOWN), "CANNOT_TELL"),
        (CompletionRule(min_post=60), took_part(post=80), "YES"),
    ],
)
def test_who_completed(rule, participant, truth):
    assert completion(rule, participant).truth == truth


def test_the_reason_gives_the_share_attended_and_what_is_asked():
    found = completion(BOTH, took_part(True, True, UNKNOWN, False))
    assert found.because == Text(
        "attended 50%–75% of at least 75%; score 70 of at least 60. Completed: cannot tell.",
        "asistió al 50%–75% de al menos 75%; nota 70 de al menos 60. Completó: no se puede saber.",
    )


def test_a_rule_that_asks_for_nothing_is_refused():
    with pytest.raises(BadInput, match="set min_attendance or min_post"):
        completion(CompletionRule(), took_part(True))


def scored(*pairs):
    return [Participant(str(n), (), pre, post) for n, (pre, post) in enumerate(pairs)]


def test_the_gain_is_of_those_who_have_both_scores():
    """Gains 10, 20, 0, 30, 40: mean 20, sd (1000/4)^½ = 15.81; 4 of 5 improved."""
    found = gain(
        scored((50, 60), (40, 60), (70, 70), (30, 60), (20, 60), (90, UNKNOWN), (UNKNOWN, 9))
    )
    assert (found.participants, found.both) == (7, 5)
    assert (found.mean_pre, found.mean_post, found.mean) == (42, 62, 20)
    assert round(found.sd, 2) == 15.81
    assert found.improved == 0.8


def test_the_gain_of_few_is_not_shown():
    found = gain(scored((1, 2), (1, 2), (1, 2), (1, 2)))
    assert found.mean is None
    assert found.because.en == "4 have both scores, and at least 5 are asked"
    assert gain(scored((1, 2)), least=1).mean is None


def test_a_person_reached_twice_counts_once():
    """a trains b, c, d; b trains d, e; c trains e, f, c; f trains b. That of x is no part of it."""
    editions = [
        Taught("root", ("a",), ("b", "c", "d")),
        Taught("two", ("b", "x"), ("d", "e")),
        Taught("three", ("c",), ("e", "f", "c")),
        Taught("four", ("f",), ("b",)),
        Taught("other", ("x",), ("y",)),
    ]
    found = cascade(editions, "root")
    assert found.generations == (3, 2, 0)
    assert (found.low, found.high, found.again) == (5, 5, 4)


def test_participants_known_by_number_leave_a_least_and_a_most():
    """Honduras: 25 trained, replicated to 65 of whom only the number is known: 65 to 90."""
    people = tuple(f"p{n}" for n in range(25))
    found = cascade([Taught("tot", (), people), Taught("replica", ("p0",), (), 65)], "tot")
    assert (found.generations, found.low, found.high) == ((25, 0), 65, 90)
    assert found.uncounted == 65


def test_a_cascade_needs_its_edition_once():
    with pytest.raises(BadInput, match="There is no edition z"):
        cascade([Taught("a", (), ())], "z")
    with pytest.raises(BadInput, match="Two editions have the same name"):
        cascade([Taught("a", (), ()), Taught("a", (), ())], "a")


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=12))
def test_the_reach_is_never_more_than_the_people_there_are(pairs):
    editions = [Taught("root", (), ("a",))]
    editions += [Taught(str(n), (one,), (other,)) for n, (one, other) in enumerate(pairs)]
    found = cascade(editions, "root")
    people = {"a"} | {other for _, other in pairs}
    assert found.low == found.high == sum(found.generations) <= len(people)


def posting(token, **more):
    values = {"institution": "Office", "since": date(2020, 1, 1), "confirmed": date(2025, 1, 1)}
    return Posting(token, **(values | more))


def test_the_roster_says_who_is_still_in_post_and_who_needs_a_refresher():
    on = date(2025, 6, 1)
    completed = dict.fromkeys(
        ("gone", "maybe", "old", "silent", "stays", "unknown"), date(2023, 6, 1)
    )
    found = roster(
        {**completed, "new": date(2025, 5, 1)},
        [
            posting("stays"),
            posting("stays", institution="Before", since=date(2019, 1, 1)),
            posting("gone", until=date(2024, 12, 31)),
            posting("maybe", until=Between(date(2025, 1, 1), date(2025, 12, 31))),
            posting("old", confirmed=date(2024, 5, 31)),
            posting("silent", until=UNKNOWN),
            posting("new", institution="Other"),
            posting("unknown", since=date(2024, 1, 1)),
        ],
        on,
        refresher_months=24,
    )
    assert {each.token: each.in_post.value for each in found.people} == {
        "gone": "NO",
        "maybe": "CANNOT_TELL",
        "new": "YES",
        "old": "CANNOT_TELL",
        "silent": "CANNOT_TELL",
        "stays": "YES",
        "unknown": "CANNOT_TELL",
    }
    assert [each.token for each in found.people if each.refresher_due is Truth.NO] == ["new"]
    assert found.institutions["Office"] == {Truth.YES: 1, Truth.NO: 1, Truth.CANNOT_TELL: 3}
    assert found.institutions[""][Truth.CANNOT_TELL] == 1
    assert found.people[0].because.es == "en el puesto: no; última confirmación: 1 de enero de 2025"


def test_a_course_without_a_refresher_never_asks_for_one():
    found = roster({"a": date(2000, 1, 1)}, [], date(2025, 1, 1))
    assert found.people[0].refresher_due is Truth.NO
    assert found.people[0].because.en == "no post is known"
