"""Who waits at which step, since when."""

from datetime import date, timedelta

from cauce.assess.mobility.passages import passages_of
from cauce.model.mobility import Passage

DAY = date(2026, 1, 1)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


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
