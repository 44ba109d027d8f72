"""What figures say of what is behind them, worked out by hand."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.protect import telling
from tests.spec.protect.telling import exactly, shown


def test_a_figure_is_within_half_of_its_last_digit() -> None:
    assert shown(12.3, 1).bounds == pytest.approx((12.25, 12.35))
    assert shown(12_000, -3).bounds == (11_500, 12_500)
    assert exactly(7).bounds == (7, 7)


@given(st.fractions(-1e9, 1e9), st.integers(-3, 6))
def test_rounding_never_leaves_the_truth_outside(true: Fraction, decimals: int) -> None:
    low, high = shown(float(round(true, decimals)), decimals).bounds

    assert low <= true <= high


def test_a_rate_and_a_public_denominator_tell_the_numerator() -> None:
    """37.5 % of 40 is between 14.98 and 15.02, so that it is 15 people."""
    low, high = telling.part(shown(37.5, 1), exactly(40))

    assert (low, high) == pytest.approx((14.98, 15.02))
    assert telling.whole((low, high)) == (15, 15)


def test_a_rate_and_its_numerator_tell_the_denominator() -> None:
    assert telling.denominator(shown(50, 0), exactly(10)) == pytest.approx((19.80, 20.20), abs=0.01)
    assert telling.denominator(shown(0, 0), exactly(0)) == (0, inf)
    assert telling.denominator(exactly(0), exactly(0)) == (0, inf)


def test_a_rate_of_two_unknown_sums_is_two_sums_with_one_side_each() -> None:
    """50 % without decimals: 0.495 n <= cases <= 0.505 n."""
    assert telling.ratio(shown(50, 0), {1: 1}, {0: 1}) == [
        ({1: 200, 0: -99}, 0, inf),
        ({1: 200, 0: -101}, -inf, 0),
    ]
    assert telling.ratio(exactly(100), {0: 1}, {0: 1})[0][0] == {}


def test_the_missing_share_is_what_the_others_leave_of_a_hundred() -> None:
    assert telling.rest([shown(60, 0), shown(30, 0)]).bounds == (9, 11)


def test_a_mean_over_quarters_tells_their_sum() -> None:
    assert telling.total_of_mean(shown(12.5, 1), 4) == pytest.approx((49.8, 50.2))


def test_growth_since_a_public_figure_tells_the_new_one() -> None:
    assert telling.grown(exactly(200), shown(10, 0)) == (219, 221)


def test_an_interval_tells_the_error_and_the_value() -> None:
    low, high = exactly(8.04), exactly(11.96)

    assert telling.error_of_interval(low, high, 1.96).bounds == pytest.approx((1, 1))
    assert telling.middle(low, high) == pytest.approx((10, 10))


def test_an_error_and_its_cv_tell_the_value() -> None:
    assert telling.value_of_cv(exactly(2), exactly(20)) == (10, 10)
    assert telling.value_of_cv(exactly(2), shown(0, 0)) == (400, inf)


def test_a_rate_and_its_error_tell_how_many_answered() -> None:
    """p = 0.2, se = 0.04, deff = 1: n = 0.16 / 0.0016 = 100."""
    assert telling.size_of_error(exactly(20), exactly(4), exactly(1)) == pytest.approx((100, 100))
    assert telling.size_of_error(exactly(20), shown(0, 0), exactly(1))[1] == inf
    assert telling.size_of_error(shown(50, 0), exactly(5), exactly(1))[1] == pytest.approx(100)


def test_the_effective_size_times_the_design_effect_is_the_size() -> None:
    assert telling.size_of_ess(exactly(50), exactly(1.5)) == (75, 75)
    low, high = telling.size_of_ess(shown(50, 0), shown(1.5, 1))
    assert low < 75 < high


def test_ends_are_rounded_outward() -> None:
    third = Fraction(1, 3)

    low, high = telling.outward(third, third)

    assert Fraction(low) <= third <= Fraction(high)
    assert telling.outward(Fraction(1, 10), Fraction(1, 10)) == (0.09999999999999999, 0.1)
