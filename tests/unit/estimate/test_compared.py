"""Two domains of a few people compared by hand, group by group, and over codes."""

import numpy as np
import pytest

from cauce.estimate.composed import corrected
from cauce.model.errors import MethodFailed

MEN, WOMEN = [True, True, True, True, False, False, False, False], [False] * 4 + [True] * 4
PAY = [10, 20, 30, 40, 10, 10, 20, 40]
SEXES = {"first": MEN, "second": WOMEN}


def test_a_difference_a_gap_and_a_quotient_of_two_means(ask) -> None:
    """Men earn 25 on average, women 20."""
    assert ask("difference", PAY, **SEXES).value[0] == 5
    assert ask("relative_gap", PAY, **SEXES).value[0] == pytest.approx(0.2)
    assert ask("quotient", PAY, **SEXES).value[0] == pytest.approx(1.25)


def test_the_error_of_a_difference_takes_in_both_domains_and_their_covariance(ask) -> None:
    """Each is a PSU of one stratum: 8/7 times the sum of squares of (y - mean) / 4."""
    squares = sum((y - 25) ** 2 for y in PAY[:4]) + sum((y - 20) ** 2 for y in PAY[4:])
    assert ask("difference", PAY, **SEXES).se[0] == pytest.approx((8 / 7 * squares / 16) ** 0.5)


def test_the_counts_of_a_comparison_are_those_of_the_smaller_domain(ask) -> None:
    found = ask("difference", [*PAY, 7], first=[*MEN, True], second=[*WOMEN, False])
    assert (found.n[0], found.psus[0], found.df[0], found.weighted[0]) == (4, 4, 3, 4)


def test_intervals_of_gaps_and_quotients_stay_on_their_side(ask) -> None:
    pay = [1, 9, 2, 60, 1, 2, 50, 1]
    quotient = ask("quotient", pay, **SEXES)
    assert 0 < quotient.ci_low[0] < quotient.value[0] < quotient.ci_high[0]
    gap = ask("relative_gap", pay, **SEXES)
    assert gap.ci_low[0] < gap.value[0] < gap.ci_high[0] < 1
    # Of a quotient below 0 there is no logarithm.
    below = ask("quotient", [-y for y in pay[:4]] + pay[4:], **SEXES)
    assert below.ci_low[0] < below.value[0] < below.ci_high[0]


def test_without_a_second_domain_there_is_nothing_to_compare(ask) -> None:
    for estimator in ("difference", "relative_gap", "quotient"):
        found = ask(estimator, PAY, first=MEN, second=[False] * 8)
        assert np.isnan([found.value[0], found.se[0], found.ci_low[0]]).all()
        assert found.n[0] == 0
    with pytest.raises(MethodFailed, match="compares two domains and the sample has none"):
        ask("difference", PAY)
    with pytest.raises(MethodFailed, match="no codes to compare domains over"):
        ask("dissimilarity", [1] * 8, amount=False, **SEXES)


def test_whoever_is_outside_is_in_no_domain(ask) -> None:
    found = ask(
        "difference", [*PAY, 99], first=[*MEN, True], second=[*WOMEN, True], inside=[1] * 8 + [0]
    )
    assert found.value[0] == 5


def test_a_gap_over_nothing_is_none(ask) -> None:
    assert np.isnan(ask("relative_gap", [0] * 4 + PAY[4:], **SEXES).value[0])
    assert np.isnan(ask("quotient", PAY[:4] + [0] * 4, **SEXES).value[0])


def test_a_factor_gap_weighs_the_gap_of_each_group_by_its_women(ask) -> None:
    """Group 0: 15 and 10, a third less, of 1 woman; group 1: 35 and 70/3, a third less, of 3."""
    groups = [0, 0, 1, 1, 0, 1, 1, 1]
    found = ask("factor_gap", PAY, factors=(groups,), **SEXES)
    assert found.value[0] == pytest.approx(1 / 3)
    uneven = ask("factor_gap", [10, 20, 30, 40, 15, 10, 20, 40], factors=(groups,), **SEXES)
    assert uneven.value[0] == pytest.approx(0.25 * 0 + 0.75 / 3)


def test_groups_with_one_sex_only_are_left_out_of_a_factor_gap(ask) -> None:
    groups = [0, 0, 1, 1, 0, 0, 2, 2]
    found = ask("factor_gap", PAY, factors=(groups,), **SEXES)
    assert found.value[0] == pytest.approx(1 - 10 / 15)
    assert found.n[0] == 2
    nobody = ask("factor_gap", PAY, factors=([0] * 4 + [1] * 4,), **SEXES)
    assert np.isnan([nobody.value[0], nobody.se[0]]).all()
    assert nobody.n[0] == 0


def test_dissimilarity_is_1_where_nobody_shares_a_code_and_0_where_chance_explains_all(ask) -> None:
    apart = ask("dissimilarity", [1] * 8, amount=False, across=[0] * 4 + [1] * 4, **SEXES)
    assert apart.value[0] == pytest.approx(1.0)
    alike = ask("dissimilarity", [1] * 8, amount=False, across=[0, 0, 1, 1] * 2, **SEXES)
    assert alike.value[0] == 0
    near = ask("dissimilarity", [1] * 8, amount=False, across=[0, 0, 1, 1, 0, 1, 1, 1], **SEXES)
    assert near.value[0] < 0.25
    alone = ask("dissimilarity", [1] * 8, amount=False, across=[0] * 8, first=MEN, second=[0] * 8)
    assert np.isnan([alone.value[0], alone.se[0]]).all()


def test_what_chance_explains_of_a_difference_is_taken_off() -> None:
    """|d| / σ of 1 or less is chance; 2 stays 1.9987; where no error is known all of it stays."""
    found = corrected(np.array([0.01, -0.02, 0.04, 0.3]), np.array([0.02, 0.02, 0.02, 0.0]))
    assert found[:2].tolist() == [0, 0]
    assert found[2] / 0.02 == pytest.approx(1.9987, abs=1e-4)
    assert found[3] == 0.3


def test_shares_add_up_to_1_without_those_who_did_not_say(ask) -> None:
    codes = [0, 0, 0, 1, 0, 1, 1, 2]
    found = ask("share", [1] * 8, [0] * 4 + [1] * 4, within=codes, amount=False)
    assert found.value.tolist() == pytest.approx([0.75, 0.25, 1 / 3, 2 / 3, np.nan], nan_ok=True)
    assert found.n.tolist()[:4] == [4, 4, 3, 3]
    assert found.cases.tolist()[:4] == [3, 1, 1, 2]
    assert found.missing.tolist() == [0, 0, 1, 1, 1]
    every = ask("share", [1] * 8, [0] * 4 + [1] * 4, within=codes, amount=False, of_all=True)
    assert every.value.tolist() == pytest.approx([0.75, 0.25, 0.25, 0.5, 0.25])


def test_the_only_code_has_the_whole_and_no_error_that_says_anything(ask) -> None:
    found = ask("share", [3, 1, 2, 5], within=[0, 0, 0, 0])
    assert (found.value[0], found.se[0]) == (1, 0)
    assert 0 < found.ci_low[0] < 1
    assert np.isnan(found.deff[0])


def test_the_error_of_a_share_is_that_of_the_rate_of_its_code(ask) -> None:
    codes, y = [0, 1, 0, 1, 0, 1, 1, 1], [1] * 8
    found = ask("share", y, within=codes, amount=False)
    rate = ask("rate", [1 - code for code in codes], amount=False)
    for name in ("value", "se", "deff", "ci_low", "ci_high", "df"):
        assert getattr(found, name)[0] == pytest.approx(getattr(rate, name)[0], rel=1e-12)


def test_a_share_of_amounts_that_add_up_to_nothing_is_none(ask) -> None:
    assert np.isnan(ask("share", [0] * 4, within=[0, 0, 1, 1]).value).all()
