"""Participation follows its logit, is drawn toward the region, and never leaves 0 to 1."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit

from cauce.model.errors import BadInput
from cauce.outlook.people import (
    Rates,
    employment,
    labour_force,
    participation,
    trend,
    unemployment,
)

YEARS = np.array([2010.0, 2013.0, 2019.0, 2020.0])


def rates(of: list[list[float]], se: float = 0.01) -> Rates:
    found = np.array(of)
    return Rates(YEARS, found, np.where(np.isfinite(found), se, np.nan))


STEADY = rates([[0.5, 0.8]] * 4)


def test_what_has_not_moved_is_expected_to_stay_however_the_waves_lie():
    found = trend(STEADY)
    assert expit(found.level) == pytest.approx([0.5, 0.8])
    assert found.slope.tolist() == [0, 0]
    assert (found.q, found.tau2) == (0, 0)
    middle = np.median(participation(found, 3, 2000, 1), axis=0)
    assert middle == pytest.approx(np.tile([0.5, 0.8], (3, 1)), abs=0.002)


def test_a_slope_that_noise_does_not_explain_is_kept_and_damped():
    """Two cells rise by 0.1 a year on the logit, sure to 0.001: 0.1 × (1 + 0.85) in two years."""
    line = 0.1 * (YEARS - 2020)[:, None] + np.array([[0.0, 1.0]])
    found = trend(rates(expit(line).tolist(), se=0.0005))
    assert found.slope == pytest.approx([0.1, 0.1], rel=0.03)
    path = np.median(logit(participation(found, 2, 4000, 1)), axis=0) - found.level
    assert path == pytest.approx(np.outer([1, 1.85], found.slope), abs=0.03)


def test_a_cell_without_a_rate_is_what_the_region_says_at_the_countrys_own_level():
    """The country is 0.5 on the logit above the region in the two cells it knows."""
    profile = expit(np.array([-1.0, 1.0, 0.0]))
    own = expit(np.array([-0.5, 1.5]))
    known = rates([[own[0], own[1], np.nan]] * 4)
    found = trend(known, profile)
    assert found.level == pytest.approx([-0.5, 1.5, 0.5])
    assert np.isnan(trend(known).level[2])
    assert np.isnan(participation(trend(known), 2, 5, 1)[:, :, 2]).all()


def test_a_rate_that_is_unsure_is_drawn_toward_the_region_more_than_one_that_is_sure():
    profile = np.full(4, 0.5)
    level = np.array([0.45, 0.55, 0.42, 0.65])
    errors = np.array([0.01, 0.01, 0.01, 0.08])
    se = np.tile(errors, (4, 1))
    found = trend(Rates(YEARS, np.tile(level, (4, 1)), se), profile)
    moved = np.abs(expit(found.level) - level) / np.abs(level - 0.5)
    assert moved[3] > 3 * moved[0]
    assert (
        found.level_variance < trend(Rates(YEARS, np.tile(level, (4, 1)), se)).level_variance
    ).all()


def test_where_the_country_knows_nothing_or_the_region_does_not_the_level_is_its_own():
    nothing = rates([[np.nan, np.nan]] * 4)
    assert np.isnan(trend(nothing, np.array([0.5, 0.5])).level).all()
    assert trend(nothing).q == 0
    partly = trend(STEADY, np.array([0.5, np.nan]))
    assert expit(partly.level) == pytest.approx([0.5, 0.8])


def test_one_wave_has_a_level_and_no_slope():
    once = rates([[np.nan, 0.5], [np.nan, 0.5], [np.nan, 0.5], [0.4, 0.5]])
    found = trend(once)
    assert expit(found.level[0]) == pytest.approx(0.4)
    assert found.slope[0] == 0


def test_draws_are_rates_and_grow_less_sure_with_the_years():
    wild = rates([[0.2, 0.999], [0.5, 1.0], [0.3, 0.99], [0.6, 1.0]])
    drawn = participation(trend(wild), 10, 500, 2)
    assert ((drawn > 0) & (drawn < 1)).all()
    spread = logit(drawn).std(axis=0)
    assert (spread[-1] > spread[0]).all()
    assert participation(trend(wild), 10, 500, 2).tolist() == drawn.tolist()


def test_unemployment_goes_back_to_its_mean_by_rho_a_year():
    assert unemployment(np.array(0.10), np.array(0.06), 2).tolist() == pytest.approx(
        [0.088, 0.0796]
    )
    assert unemployment(np.array([0.1, 0.2]), np.array(0.1), 1).tolist() == [
        [0.1],
        [pytest.approx(0.17)],
    ]
    with pytest.raises(BadInput, match="rate of unemployment: 1 numbers"):
        unemployment(np.array(1.2), np.array(0.1), 2)
    with pytest.raises(BadInput, match="ρ"):
        unemployment(np.array(0.1), np.array(0.1), 2, rho=2)


def test_the_labour_force_is_people_times_rate_and_the_employed_are_those_with_work():
    people = np.full((2, 3, 4), 10.0)
    force = labour_force(people, people / 20)
    assert force.tolist() == np.full((2, 3, 4), 5.0).tolist()
    assert employment(force, np.array([0.0, 0.1, 0.5])).tolist() == [[20, 18, 10]] * 2
    with pytest.raises(BadInput, match="not of the same draws"):
        labour_force(people, people[:1])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Rates(YEARS[:2], STEADY.rate[:2], STEADY.se[:2]), "needs 3 waves"),
        (replace(STEADY, years=YEARS[::-1]), "years ascend"),
        (replace(STEADY, rate=STEADY.rate * 2), "not between 0 and 1"),
        (replace(STEADY, se=STEADY.se * 0), "8 rates of participation have no standard error"),
    ],
)
def test_rates_that_are_none_are_refused(wrong, message):
    with pytest.raises(BadInput, match=message):
        trend(wrong)


def test_a_profile_of_other_cells_is_refused():
    with pytest.raises(BadInput, match="has 3 cells"):
        trend(STEADY, np.full(3, 0.5))
