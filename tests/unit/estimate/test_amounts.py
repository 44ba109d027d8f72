"""Quantiles, Gini and low pay of a few people, by hand; and what has no answer says so."""

from collections.abc import Callable

import numpy as np
import pytest

from cauce.estimate.cube import Estimates

Ask = Callable[..., Estimates]


def test_the_median_is_the_amount_half_of_the_weight_has_reached(ask: Ask) -> None:
    assert ask("quantile", [5, 1, 9, 3, 7], p=(0.5,)).value[0] == 5
    assert ask("quantile", [5, 1, 9, 3], p=(0.5,)).value[0] == 3
    assert ask("quantile", [5, 1, 9, 3], weight=[1, 1, 9, 1], p=(0.5,)).value[0] == 9


def test_the_interval_of_a_median_lies_around_it_and_its_error_is_half_of_it(ask: Ask) -> None:
    found = ask("quantile", list(range(100)), p=(0.5,))
    assert found.ci_low[0] < found.value[0] == 49 < found.ci_high[0]
    assert (found.ci_high[0] - found.ci_low[0]) / found.se[0] == pytest.approx(2 * 1.984, rel=1e-3)
    # The order's error is 0.05 by n - 1 = 99 degrees of freedom: 49 ± 10.
    assert 39 <= found.ci_low[0] <= 40
    assert found.cv[0] == pytest.approx(found.se[0] / 49)
    assert found.cases[0] == 99


def test_where_many_have_the_same_amount_the_next_ones_are_the_ends(ask: Ask) -> None:
    found = ask("quantile", [1, 2] + [3] * 96 + [4, 5], p=(0.5,))
    assert (found.value[0], found.ci_low[0], found.ci_high[0]) == (3, 2, 4)


def test_the_same_pay_for_everybody_has_no_error_and_not_0(ask: Ask) -> None:
    for estimator, more, value in (
        ("quantile", {"p": (0.5,)}, 7),
        ("quantile_ratio", {"p": (0.9, 0.1)}, 1),
        ("gini", {}, 0),
    ):
        found = ask(estimator, [7] * 12, **more)
        assert found.value[0] == value
        assert np.isnan([found.se[0], found.ci_low[0], found.ci_high[0], found.deff[0]]).all()


def test_a_gini_by_hand(ask: Ask) -> None:
    """Of 1, 2, 3, 6: |differences| add up to 2 x 16, over 2 x 4 x 12."""
    assert ask("gini", [6, 1, 3, 2]).value[0] == pytest.approx(32 / 96)
    assert (
        ask("gini", [6, 1, 3, 2] * 2, [0] * 4 + [1] * 4).value.tolist()
        == [pytest.approx(1 / 3)] * 2
    )
    # One has everything: 1 - 1/n.
    assert ask("gini", [0, 0, 0, 8]).value[0] == pytest.approx(0.75)


@pytest.mark.parametrize("y", [[0, 0, 0, 0], [-1, -2, -3, -4], [5, 4, 3, -1]])
def test_a_gini_of_nothing_or_of_negative_amounts_is_none(ask: Ask, y: list[float]) -> None:
    found = ask("gini", y)
    assert np.isnan([found.value[0], found.se[0], found.ci_low[0]]).all()
    assert found.n[0] == 4


def test_low_pay_is_below_two_thirds_of_the_median_of_everyone(ask: Ask) -> None:
    """The median is 90, the line 60; in the first group two of four are below it."""
    pay = [30, 59, 90, 120, 60, 90, 95, 130]
    found = ask("low", pay, [0, 0, 0, 0, 1, 1, 1, 1], p=(0.5,), fraction=2 / 3)
    assert found.value.tolist() == [0.5, 0.0]
    assert found.cases.tolist() == [2, 0]


@pytest.mark.parametrize("pay", [[0] * 8, [0, 0, 0, 0, 0, 5, 5, 5], [-3] * 8])
def test_a_threshold_that_is_not_above_0_gives_no_rate(ask: Ask, pay: list[float]) -> None:
    found = ask("low", pay, p=(0.5,), fraction=2 / 3)
    assert np.isnan([found.value[0], found.se[0], found.ci_low[0], found.ci_high[0]]).all()


def test_a_ratio_of_quantiles_needs_a_lower_one_above_0(ask: Ask) -> None:
    assert np.isnan(ask("quantile_ratio", [0] * 5 + [1] * 5, p=(0.9, 0.1)).value[0])
    found = ask("quantile_ratio", list(range(1, 101)), p=(0.9, 0.1))
    assert found.value[0] == 9
    assert found.ci_low[0] < 9 < found.ci_high[0]


@pytest.mark.parametrize("estimator", ["quantile", "quantile_ratio", "gini", "low"])
def test_a_group_of_one_has_a_value_at_most(ask: Ask, estimator: str) -> None:
    """One PSU leaves no degree of freedom: no error is told, and nothing breaks."""
    p = {"quantile": (0.5,), "quantile_ratio": (0.9, 0.1), "low": (0.5,)}.get(estimator, ())
    found = ask(estimator, [4, 5, 6, 7, 8], [0, 0, 0, 0, 1], p=p, fraction=2 / 3)
    assert found.n.tolist() == [4, 1]
    assert found.df.tolist() == [3, 0]
    if estimator != "low":  # of a rate of 0 or 1 the bound of one respondent is known
        assert np.isnan([found.se[1], found.ci_low[1]]).all()


def test_strata_of_one_psu_count_as_the_others_in_a_covariance_too(ask: Ask) -> None:
    strata = [0, 0, 0, 0, 1, 1, 1, 1, 2]
    pay = [1, 2, 3, 9, 2, 4, 6, 8, 5]
    found = ask("low", pay, policy="average", strata=strata, p=(0.5,), fraction=2 / 3)
    assert (
        found.se[0]
        > ask("low", pay, policy="certainty", strata=strata, p=(0.5,), fraction=2 / 3).se[0]
    )


def test_weights_of_0_count_for_nothing(ask: Ask) -> None:
    found = ask("quantile", [1, 1, 1, 5, 6, 7], weight=[0, 0, 0, 1, 1, 1], p=(0.5,))
    assert (found.value[0], found.n[0]) == (6, 3)
