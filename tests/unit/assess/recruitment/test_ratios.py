"""One ratio a person: a point if both sides are known, at least so much otherwise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cauce.assess.recruitment.costs import Money
from cauce.assess.recruitment.ratios import ratio_of
from cauce.model.recruitment_cost import LedgerItem, Recruited
from cauce.model.truth import Truth

DAY = date(2024, 1, 10)
PERSON = Recruited(
    "t", "XAA", "1", "1", 1.0, Truth.YES, Truth.YES, Truth.YES, Truth.NO, DAY, DAY, Truth.YES,
    Decimal(400), Decimal(100), "USD", DAY,
)  # fmt: skip
FEE = LedgerItem("t", "F1", "WORKER", None, "CASH", Decimal(250), "USD", DAY, Decimal(0), Truth.NO)
MONEY = Money("USD", [])


def test_what_was_kept_from_wages_is_added_back_to_the_earnings_by_hand():
    """250 borne over 400 received and 100 withheld: half a month."""
    found = ratio_of(PERSON, [FEE], MONEY)
    assert (found.series, found.ratio, found.at_least) == ("SDG1071", 0.5, 0.5)


def test_an_unknown_cost_leaves_a_lower_bound_and_no_point():
    found = ratio_of(PERSON, [FEE, replace(FEE, amount=None)], MONEY)
    assert (found.ratio, found.at_least) == (None, 0.5)
    assert [words.en for words in found.because] == ["an amount is not known"]


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"received": None}, "earnings of the first job are not known"),
        ({"withheld": None}, "earnings of the first job are not known"),
        ({"received": Decimal(0), "withheld": Decimal(0)}, "there is no ratio"),
        ({"currency": "MXN"}, "no declared rate"),
        ({"changed_residence": Truth.CANNOT_TELL}, "population"),
    ],
)
def test_what_is_not_known_is_said(changes, because):
    found = ratio_of(replace(PERSON, **changes), [FEE], MONEY)
    assert because in found.because[-1].en
    assert found.ratio is None or found.series is None
