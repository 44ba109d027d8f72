"""Fees, fines and totals, with what is unknown kept unknown."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.regularization.costs import cost
from cauce.assess.regularization.fees import charge, price, stretches
from cauce.model.criterion import Condition
from cauce.model.fact import Between
from cauce.model.fee import Fee, Outlay, Tier, Waiver
from cauce.model.record import Absent
from cauce.model.text import Text

ON = date(2021, 10, 31)
NAME = Text("Fee", "Tarifa")
POOR = Condition("P", Text("Cannot pay", "No puede pagar"), "poor", "is")
MONTHLY = (Tier(6, Decimal(50)), Tier(None, Decimal(100)))


def fee(**more):
    return Fee("F", NAME, "OFFICIAL", "BZD", **more)


def bounds(item):
    return item.low, item.high


def test_a_fee_is_asked_within_its_window_only():
    once = fee(amount=Decimal(100), asked_from=date(2021, 11, 1))
    assert bounds(charge(once, {}, ON)) == (0, 0)
    assert bounds(charge(once, {}, date(2021, 11, 1))) == (100, 100)


def test_a_waiver_lets_off_whom_it_is_given_to_and_may_let_off_others():
    once = fee(amount=Decimal(100), waivers=(Waiver(NAME, POOR),))
    assert bounds(charge(once, {"poor": True}, ON)) == (0, 0)
    assert bounds(charge(once, {"poor": False}, ON)) == (100, 100)
    found = charge(once, {}, ON)
    assert bounds(found) == (0, 100)
    assert found.because.es == "una vez; no se puede saber si corresponde"


def test_a_waiver_without_a_condition_is_for_all():
    once = fee(amount=Decimal(100), waivers=(Waiver(NAME),))
    assert bounds(charge(once, {}, ON)) == (0, 0)
    monthly = fee(
        tiers=MONTHLY, since="since", waivers=(Waiver(NAME, months_to=date(2021, 9, 30)),)
    )
    assert bounds(charge(monthly, {"since": date(2021, 5, 1)}, ON)) == (50, 50)


def test_a_waiver_of_months_for_some_only():
    """From 1 May: 6 months begun. A waiver of May and June that may be given leaves 4 to 6."""
    months = Waiver(NAME, POOR, date(2021, 5, 1), date(2021, 6, 30))
    monthly = fee(tiers=MONTHLY, since="since", waivers=(months,))
    facts = {"since": date(2021, 5, 1)}
    assert bounds(charge(monthly, facts, ON)) == (200, 300)
    assert bounds(charge(monthly, {**facts, "poor": True}, ON)) == (200, 200)
    assert bounds(charge(monthly, {**facts, "poor": False}, ON)) == (300, 300)
    assert charge(monthly, facts, ON).because.en == "4–6 months; some waived"


def test_a_day_known_only_roughly_gives_a_least_and_a_most():
    """To 31 October: from 1 July 4 months were begun, from 30 September 2 (30 Sep, 30 Oct)."""
    monthly = fee(tiers=MONTHLY, since="since")
    rough = Between(date(2021, 7, 1), date(2021, 9, 30))
    assert bounds(charge(monthly, {"since": rough}, ON)) == (100, 200)


def test_an_unknown_price_leaves_at_least_the_tiers_that_are_known():
    monthly = fee(tiers=(Tier(2, Decimal(50)), Tier(None, None)), since="since")
    found = charge(monthly, {"since": date(2021, 5, 1)}, ON)
    assert bounds(found) == (100, None)
    assert found.because == Text(
        "6 months: 2 × 50 + 4 × ?; price unknown", "6 meses: 2 × 50 + 4 × ?; precio desconocido"
    )


def test_no_month_unpaid_is_nothing_and_unknown_is_not():
    monthly = fee(tiers=MONTHLY, since="since")
    assert bounds(charge(monthly, {"since": Absent.NOT_APPLICABLE}, ON)) == (0, 0)
    assert bounds(charge(monthly, {}, ON)) == (0, None)
    assert bounds(charge(monthly, {"since": date(2022, 1, 1)}, ON)) == (0, 0)


def test_a_schedule_that_ends_has_a_ceiling():
    assert price((Tier(2, Decimal(50)),), 5) == 100


def test_what_no_waiver_covers():
    def waiver(first, last):
        return Waiver(NAME, None, first, last)

    first, last = date(2021, 1, 1), date(2021, 12, 31)
    windows = [
        waiver(date(2021, 3, 1), date(2021, 4, 30)),
        waiver(date(2021, 4, 1), date(2021, 5, 31)),
    ]
    assert list(stretches(first, last, windows)) == [
        (first, date(2021, 2, 28)),
        (date(2021, 6, 1), last),
    ]
    assert list(stretches(first, last, [waiver(first, date(2021, 6, 30))])) == [
        (date(2021, 7, 1), last)
    ]
    assert list(stretches(first, last, [waiver(first, last)])) == []
    assert list(stretches(first, last, [waiver(date(2022, 1, 1), None)])) == [(first, last)]
    assert list(stretches(last, first, [])) == []


@given(st.integers(0, 60), st.integers(0, 60))
def test_more_months_never_cost_less(fewer, more):
    few, many = sorted((fewer, more))
    assert price(MONTHLY, few) <= price(MONTHLY, many)


def test_currencies_are_never_added_and_a_range_is_said_as_one():
    fees = [fee(amount=Decimal(100), waivers=(Waiver(NAME, POOR),))]
    outlay = Outlay("O", NAME, "INDIRECT", "USD", Decimal("1250.50"), Decimal(2))
    found = cost(fees, [outlay], {}, ON)
    assert [total.words for total in found.totals] == [
        Text("between BZD 0 and BZD 100", "entre BZD 0 y BZD 100"),
        Text("USD 2,501", "USD 2,501"),
    ]
    assert found.items[1].because.en == "2 × 1,250.50"


def test_a_total_with_something_unknown_is_at_least():
    found = cost([fee()], [], {}, ON)
    assert found.totals[0].words == Text(
        "at least BZD 0; 1 of the items unknown", "al menos BZD 0; montos desconocidos: 1"
    )


def test_the_arithmetic_of_months_is_shown():
    monthly = fee(tiers=MONTHLY, since="since")
    found = charge(monthly, {"since": date(2021, 2, 1)}, ON)
    assert found.because.es == "9 meses: 6 × 50 + 3 × 100"
    assert charge(monthly, {"since": ON}, ON).because == Text("1 month: 1 × 50", "1 mes: 1 × 50")
    assert charge(monthly, {"since": date(2022, 1, 1)}, ON).because.en == "0 months"
