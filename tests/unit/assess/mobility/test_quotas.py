"""What is left of a quota, part by part, and what may not be taken of it."""

from datetime import date

import pytest

from cauce.assess.mobility.quotas import closed_to, over, uses, with_one
from cauce.model.record import Absent

IN, OUT = date(2023, 3, 1), date(2024, 3, 1)
QUOTA = {
    "mechanism": "m",
    "unit": "VISA",
    "ceiling": 3,
    "period_from": date(2023, 1, 1),
    "period_to": date(2023, 12, 31),
    "parts": (
        {"group": "NATS", "nationalities": ("HND", "GTM"), "ceiling": 1},
        {"group": "RETW", "ceiling": 2, "opens": date(2023, 2, 1), "closes": date(2023, 6, 30)},
    ),
}
ASKED = {"quota": "q", "mechanism": "m", "decision": "GRANTED", "decided_on": IN, "approved": 5}
REQUESTS = {
    "nats": {**ASKED, "quota_group": "NATS"},
    "retw": {**ASKED, "quota_group": "RETW", "decision": "PART", "approved": 2},
    "elsewhere": {**ASKED, "quota": "another"},
    "refused": {**ASKED, "decision": "REFUSED"},
}


def permit(request: str = "nats", state: str = "GRANTED", **more: object):
    given = {"request": request, "state": state, "decided_on": IN, "worker": "W-1"}
    return {**given, "nationality": "HND", **more}


PERMITS = {
    "a": permit(),
    "b": permit("retw", "ENDED"),
    "c": permit("retw", worker="W-2"),
    "d": permit(decided_on=OUT),
    "e": permit(state="APPLIED"),
    "f": permit("elsewhere"),
    "g": permit(decided_on=Absent.UNKNOWN),
}


@pytest.mark.parametrize(
    ("unit", "used"), [("VISA", 3), ("PERSON", 2), ("POSITION", 7), ("CASE", 2), ("TRIP", None)]
)
def test_a_quota_is_counted_in_the_unit_it_is_set_in_and_in_no_other(unit, used) -> None:
    (whole, *_) = uses("q", {**QUOTA, "unit": unit}, REQUESTS, PERMITS)
    assert (whole.part, whole.unit, whole.used) == ("", unit, used)
    assert (whole.why is None) == (used is not None)
    assert whole.left == (None if used is None else 3 - used)


def test_each_part_has_its_own_count_and_its_own_ceiling() -> None:
    _, nats, retw = uses("q", QUOTA, REQUESTS, PERMITS)
    assert (nats.part, nats.used, nats.left) == ("NATS", 1, 0)
    assert (retw.part, retw.used, retw.left) == ("RETW", 2, 0)


def test_a_ceiling_nobody_knows_leaves_nobody_knows_how_many() -> None:
    (whole,) = uses("q", {"unit": "VISA", "ceiling": Absent.UNKNOWN}, REQUESTS, PERMITS)
    assert (whole.used, whole.left) == (4, None), "and an unknown period bounds nothing"
    assert over((whole,), "") is None


def test_one_more_than_the_ceiling_is_refused_with_its_number() -> None:
    full = uses("q", QUOTA, REQUESTS, PERMITS)
    assert over(full, "NATS") is None
    more = with_one(PERMITS, "new", permit(worker="W-3"))
    why = over(uses("q", QUOTA, REQUESTS, more), "NATS")
    assert why is not None
    assert "allows 3 and this would be number 4" in why.en
    part = with_one({"a": PERMITS["a"]}, "new", permit(worker="W-3"))
    why = over(uses("q", QUOTA, REQUESTS, part), "NATS")
    assert why is not None
    assert "allows 1 and this would be number 2" in why.en
    assert over(uses("q", QUOTA, REQUESTS, part), "RETW") is None, "the other part has room"


def said(given, request, quota=QUOTA) -> str:
    return " ".join(why.en for why in closed_to(given, request, quota))


def test_a_quota_is_closed_to_another_mechanism_day_window_nationality_or_newcomer() -> None:
    nats, retw = REQUESTS["nats"], REQUESTS["retw"]
    assert said(permit(), nats) == ""
    assert "another mechanism's" in said(permit(), {**nats, "mechanism": "x"})
    assert "outside of the quota's period" in said(permit(decided_on=OUT), nats)
    assert "other nationalities" in said(permit(nationality="MEX"), nats)
    late = permit("retw", returning=True, decided_on=date(2023, 8, 1))
    assert "window of this part" in said(late, retw)
    assert said(permit("retw", returning=True), retw) == ""
    assert "who come again" in said(permit("retw", returning=Absent.UNKNOWN), retw)


def test_of_a_divided_quota_a_part_is_named_and_an_undivided_one_has_none() -> None:
    assert "from which part" in said(permit(), ASKED)
    assert said(permit(), ASKED, {**QUOTA, "parts": ()}) == ""
