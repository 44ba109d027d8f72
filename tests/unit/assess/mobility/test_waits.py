"""Waits by hand, and who waits at which step."""

from datetime import date, timedelta

from cauce.assess.mobility.passages import passages_of
from cauce.assess.mobility.waits import wait
from cauce.model.mobility import Passage

DAY = date(2026, 1, 1)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def test_five_waits_by_hand() -> None:
    """19, 20, 20 through; 21 still waits; 22: shares 4/5, 2/5, then 0. The median is 20."""
    days = [(22, True), (20, True), (21, False), (19, True), (20, True)]
    found = wait("PERMIT", [Passage(DAY, on(n) if d else None) for n, d in days], on(21))
    assert (found.median, found.low, found.high) == (20, 19, None)
    assert (found.done, found.waiting, found.unknown) == (4, 1, 0)


def test_a_half_that_lasts_lies_in_the_middle() -> None:
    assert wait("PERMIT", [Passage(DAY, on(5)), Passage(DAY, on(8))], on(9)).median == 6.5
    one = wait("PERMIT", [Passage(DAY, on(5)), Passage(DAY, None)], on(9))
    assert one.median == 5, "nobody is through later, so nothing says how long the half lasts"


def test_an_interval_has_both_ends_once_enough_are_through() -> None:
    found = wait("PERMIT", [Passage(DAY, on(10 + n)) for n in range(30)], on(60))
    assert (found.median, found.low, found.high) == (24.5, 19, 30)


def test_leaving_out_who_waits_would_tell_a_shorter_wait() -> None:
    quick = [Passage(DAY, on(5))] * 4
    slow = [Passage(DAY, None)] * 5
    assert wait("PERMIT", quick, on(40)).median == 5
    both = wait("PERMIT", [*quick, *slow], on(40))
    assert (both.median, both.done, both.waiting) == (None, 4, 5)


def test_a_day_nobody_wrote_and_an_end_before_its_beginning_are_unknown_and_not_zero() -> None:
    strange = [Passage(None, on(3)), Passage(on(3), on(1)), Passage(on(9), None)]
    found = wait("PERMIT", strange, on(5))
    assert (found.done, found.waiting, found.unknown, found.median) == (0, 0, 3, None)
    assert wait("PERMIT", [Passage(DAY, on(0))], on(5)).median == 0, "a real zero stays one"


def test_whoever_leaves_counts_until_then_and_a_day_to_come_does_not_count_yet() -> None:
    left = [Passage(DAY, None, on(3)), Passage(DAY, on(4))]
    assert wait("CARD", left, on(90)).median == 4, "at day 3 nobody is through and one is gone"
    coming = [Passage(DAY, None, on(80)), Passage(DAY, on(4))]
    assert wait("CARD", coming, on(5)).median == 4


REQUESTS = {
    "asked": {"requested_on": on(0)},
    "checked": {"requested_on": on(0), "check_on": on(3), "check_result": "NONE"},
    "exempt": {"requested_on": on(0), "check_result": "EXEMPT", "decided_on": on(2)},
    "granted": {
        "requested_on": on(0), "check_on": on(3), "check_result": "NONE",
        "decision": "GRANTED", "decided_on": on(9), "approved": 3, "work_to": on(99),
    },
    "away": {
        "requested_on": on(0), "check_on": on(3), "check_result": "NONE",
        "decision": "WITHDRAWN", "decided_on": on(5),
    },
    "at once": {"requested_on": on(0), "decided_on": on(1), "decision": "WITHDRAWN"},
}  # fmt: skip
PERMITS = {
    "given": {
        "request": "granted", "state": "GRANTED", "selected_on": on(10), "applied_on": on(11),
        "decided_on": on(20), "valid_to": on(90),
    },
    "refused": {
        "request": "granted", "state": "REFUSED", "selected_on": on(12), "applied_on": on(13),
        "decided_on": on(30),
    },
    "gone": {"request": "granted", "state": "WITHDRAWN", "selected_on": on(12)},
    "never": {"request": "nowhere", "state": "WITHDRAWN"},
}  # fmt: skip


def test_each_step_has_its_own_people_positions_or_requests() -> None:
    found = passages_of(REQUESTS, PERMITS, {"given": on(21)}, {"given": on(40)})
    assert found["CHECK"] == (
        Passage(on(0), None),
        *[Passage(on(0), on(3))] * 3,
        Passage(on(0), None, on(1)),
    )
    assert found["DECISION"] == (
        Passage(on(3), None),
        Passage(on(0), on(2)),
        Passage(on(3), on(9)),
        Passage(on(3), None, on(5)),
    )
    assert found["SELECTION"] == (Passage(on(9), on(10)), *[Passage(on(9), on(12))] * 2)
    assert found["APPLICATION"][2:] == (Passage(on(12), None, on(12)), Passage(None, None))
    assert found["PERMIT"] == (Passage(on(11), on(20)), Passage(on(13), on(30), on(30)))
    assert found["WHOLE"][:2] == (Passage(on(0), on(20)), Passage(on(0), None, on(30)))
    assert found["CARD"] == (Passage(on(20), on(21), on(90)),)
    assert found["ENTRY"] == (Passage(on(21), on(40), on(90)),)


def test_positions_nobody_was_found_for_wait_until_the_work_is_over() -> None:
    found = passages_of({"granted": {**REQUESTS["granted"], "approved": 5}}, PERMITS, {}, {})
    assert found["SELECTION"][3:] == (Passage(on(9), None, on(99)),) * 2
    assert found["ENTRY"] == (), "no card, and so no wait for an entry"
