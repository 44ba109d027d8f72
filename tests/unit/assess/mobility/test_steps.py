"""The law of a permit beside its request, its mechanism, its quota and others' permits."""

from datetime import date

import pytest

from cauce.assess.mobility.steps import Beside, days_of, family_faults, faults_of

REQUEST = {
    "country": "CRI",
    "mechanism": "m",
    "quota": "q",
    "employer": "FARM-1",
    "decision": "GRANTED",
    "approved": 2,
    "requested_on": date(2026, 1, 1),
    "decided_on": date(2026, 2, 1),
    "work_to": date(2026, 9, 30),
}
PERMIT = {
    "country": "CRI",
    "request": "r",
    "worker": "W-1",
    "state": "GRANTED",
    "selected_on": date(2026, 2, 10),
    "decided_on": date(2026, 3, 1),
    "valid_from": date(2026, 4, 1),
    "valid_to": date(2026, 9, 30),
    "employers": ({"employer": "FARM-1", "since": date(2026, 4, 1)},),
}
QUOTA = {"mechanism": "m", "unit": "VISA", "ceiling": 2}
MECHANISM = {"may_change_employer": True, "max_days": 183}
SECOND = {"employer": "FARM-2", "since": date(2026, 6, 1)}


def broken(permit=None, request=None, permits=None, quota=QUOTA, mechanism=MECHANISM) -> set[str]:
    beside = Beside(
        {} if request == {} else {"r": {**REQUEST, **(request or {})}},
        permits or {},
        {"q": quota} if quota else {},
        {"m": mechanism},
    )
    return {fault.rule for fault in faults_of("p", {**PERMIT, **(permit or {})}, beside)}


def test_a_permit_in_order_has_no_fault() -> None:
    assert broken() == set()
    assert broken({"employers": (*PERMIT["employers"], SECOND)}) == set()
    assert broken(request={"quota": ""}, quota=None) == set(), "a mechanism without a quota"
    assert broken({"state": "SELECTED"}, quota=None) == set(), "nothing is taken of a quota yet"


@pytest.mark.parametrize(
    ("permit", "request_", "rule"),
    [
        ({}, {}, "request_approved"),
        ({}, {"decision": "REFUSED"}, "request_granted"),
        ({"selected_on": date(2026, 1, 5)}, None, "decided_first"),
        ({"country": "PAN"}, None, "same_country"),
        ({"employers": (SECOND,)}, None, "first_employer"),
        ({"valid_to": date(2026, 10, 1)}, None, "within_work"),
        ({"valid_to": date(2026, 10, 1)}, {"work_to": date(2026, 12, 1)}, "longest_stay"),
    ],
)
def test_what_is_out_of_order_is_told_by_its_rule(permit, request_, rule) -> None:
    assert rule in broken(permit, request_)


def test_only_lasting_longer_than_the_work_may_be_insisted_on() -> None:
    beside = Beside({"r": REQUEST}, {}, {"q": QUOTA}, {"m": {}})
    late = {**PERMIT, "valid_to": date(2026, 10, 1)}
    assert [(f.rule, f.warning) for f in faults_of("p", late, beside)] == [("within_work", True)]


def test_a_draft_that_names_no_request_yet_is_not_scolded() -> None:
    nothing = {**PERMIT, "request": "", "state": "SELECTED"}
    assert faults_of("p", nothing, Beside({}, {})) == ()


def test_what_is_not_decided_or_not_dated_is_not_compared() -> None:
    assert broken({"selected_on": "UNK", "employers": ()}) == set()
    assert broken({"valid_to": "UNK", "valid_from": "UNK"}) == set()
    assert broken(request={"approved": "UNK"}) == set()


def test_changing_employer_needs_a_mechanism_known_to_allow_it() -> None:
    twice = {"employers": (*PERMIT["employers"], SECOND)}
    for unknown in ({}, {"may_change_employer": False}, {"may_change_employer": "UNK"}):
        assert broken(twice, mechanism=unknown) == {"may_change"}


def test_a_request_gives_no_more_places_than_were_approved() -> None:
    others = {
        "x": {**PERMIT, "worker": "W-2"},
        "y": {**PERMIT, "worker": "W-3", "state": "REFUSED"},
        "z": {**PERMIT, "worker": "W-4", "request": "another"},
    }
    assert broken(permits=others) == set(), "a refusal gives its place back"
    others["y"] = {**others["y"], "state": "SELECTED"}
    assert broken(permits=others) == {"positions_taken"}
    assert broken({"state": "REFUSED"}, permits=others) == set()


def test_nothing_is_granted_over_the_ceiling_and_what_stood_stays() -> None:
    others = {
        "x": {**PERMIT, "worker": "W-2"},
        "y": {**PERMIT, "worker": "W-3", "state": "ENDED"},
    }
    assert broken(permits=others) == {"quota_ceiling"}
    stood = {**others, "p": PERMIT}
    assert broken(permits=stood) == set(), "a ceiling lowered later is no fault of its holder"
    stood["p"] = {**PERMIT, "state": "APPLIED"}
    assert broken(permits=stood) == {"quota_ceiling"}


def test_a_quota_that_nobody_approved_or_that_is_closed_gives_nothing() -> None:
    assert broken(quota=None) == {"quota_approved"}
    assert broken(quota={**QUOTA, "mechanism": "x"}) == {"quota_open"}


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        ({"valid_from": date(2026, 9, 30), "valid_to": date(2026, 12, 1)}, True),
        ({"valid_from": date(2026, 10, 1), "valid_to": date(2026, 12, 1)}, False),
        ({"ended_on": date(2026, 3, 31), "valid_from": date(2026, 1, 1), "state": "ENDED"}, False),
        ({"state": "APPLIED"}, False),
        ({"worker": "W-9"}, False),
    ],
)
def test_a_person_has_one_permit_at_a_time(other, overlap) -> None:
    before = {"x": {**PERMIT, "request": "another", **other}}
    assert broken(permits=before) == ({"one_permit"} if overlap else set())
    assert broken({"worker": ""}, permits=before) == set()


def test_a_permit_is_good_on_its_days_or_until_it_ended() -> None:
    assert days_of(PERMIT) == (date(2026, 4, 1), date(2026, 9, 30))
    assert days_of({**PERMIT, "ended_on": date(2026, 5, 1)}) == (date(2026, 4, 1), date(2026, 5, 1))
    assert days_of({**PERMIT, "state": "REFUSED"}) is None
    assert days_of({**PERMIT, "valid_to": "UNK"}) is None


def test_a_family_that_comes_along_is_asked_about_unless_the_mechanism_allows_it() -> None:
    coming = {"comes_along": True}
    assert family_faults(coming, {"family_allowed": True}) == ()
    assert family_faults({"comes_along": False}, {}) == ()
    for unknown in ({}, {"family_allowed": "UNK"}, {"family_allowed": False}):
        assert [fault.warning for fault in family_faults(coming, unknown)] == [True]
