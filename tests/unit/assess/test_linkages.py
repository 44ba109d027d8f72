"""Offers that may meet a need."""

from datetime import date

import pytest

from cauce.assess.diaspora.linkages import may_meet
from cauce.model.record import Absent

NEED = {
    "country": "XAA", "kind": "MENT", "status": "OPEN", "sectors": ("P",),
    "open_from": date(2025, 1, 1), "open_to": date(2025, 6, 30),
}  # fmt: skip
OFFER = {"country": "XAA", "kind": "MENT", "status": "OPEN"}


@pytest.mark.parametrize(
    ("given", "met"),
    [
        ({}, True),
        ({"sectors": ("P", "Q")}, True),
        ({"sectors": ("Q",)}, False),
        ({"occupations": ("23",)}, True),
        ({"kind": "GIFT"}, False),
        ({"country": "XAB"}, False),
        ({"country": Absent.UNKNOWN}, False),
        ({"status": "DONE"}, False),
        ({"need": "another"}, False),
        ({"open_from": date(2025, 7, 1)}, False),
        ({"open_to": date(2024, 12, 31)}, False),
        ({"open_from": date(2025, 6, 30), "open_to": Absent.UNKNOWN}, True),
    ],
)
def test_an_offer_may_meet_a_need_of_its_kind_place_and_time(given, met):
    assert may_meet({**OFFER, **given}, NEED) == met


def test_a_need_that_is_met_already_asks_for_no_more():
    assert not may_meet(OFFER, {**NEED, "status": "DONE"})
