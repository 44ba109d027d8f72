"""Participation follows its logit, is drawn toward the region, and never leaves 0 to 1."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit

from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.outlook.people import (
    Rates,
    Trend,
    bands,
    cells,
    employment,
    labour_force,
    participation,
    trend,
    unemployment,
    varying,
)

YEARS = np.array([2010.0, 2013.0, 2019.0, 2020.0])


def names(count: int) -> tuple[tuple[str, ...], ...]:
    return cells(bands(50))[:count]


def rates(of: list[list[float]], se: float = 0.01) -> Rates:
    found = np.array(of)
    return Rates(names(found.shape[1]), YEARS, found, np.where(np.isfinite(found), se, np.nan))


def level(found: Trend) -> np.ndarray:
    return found.path.now.level


STEADY = rates([[0.5, 0.8]] * 4)


def test_what_has_not_moved_is_expected_to_stay_however_the_waves_lie():
    found = trend(STEADY, 3)
    assert expit(level(found)) == pytest.approx([0.5, 0.8], abs=1e-6)
    middle = np.median(participation(found, 2000, 1), axis=0)
    assert middle == pytest.approx(np.tile([0.5, 0.8], (3, 1)), abs=0.003)


def test_slopes_that_noise_does_not_explain_are_kept_and_fade():
    """Ten cells rise or fall by 0.1 a year on the logit, sure to 0.0005: 0.1 and 0.185 ahead."""
    slopes = np.array([0.1, -0.1] * 5)
    line = slopes * (YEARS - 2020)[:, None]
    found = trend(rates(expit(line).tolist(), se=0.0005), 2)
    assert found.path.mean / slopes == pytest.approx(np.tile([[1.0], [1.85]], 10), rel=0.1)
    middle = np.median(logit(participation(found, 4000, 1)), axis=0)
    assert middle == pytest.approx(found.path.mean, abs=0.01)


def test_a_cell_without_a_rate_is_what_the_region_says_at_the_countrys_own_level():
    """The country is 0.5 on the logit above the region in the two cells it knows."""
    profile = expit(np.array([-1.0, 1.0, 0.0]))
    own = expit(np.array([-0.5, 1.5]))
    known = rates([[own[0], own[1], np.nan]] * 4)
    found = trend(known, 1, profile)
    assert level(found) == pytest.approx([-0.5, 1.5, 0.5], abs=1e-6)
    assert np.isnan(participation(trend(known, 1), 5, 1)[:, :, 2]).all()


def test_a_rate_that_is_unsure_is_drawn_toward_the_region_more_than_one_that_is_sure():
    profile, near = np.full(4, 0.5), np.array([0.45, 0.55, 0.42, 0.65])
    se = np.tile([0.01, 0.01, 0.01, 0.08], (4, 1))
    own = Rates(names(4), YEARS, np.tile(near, (4, 1)), se)
    alone, found = trend(own, 1), trend(own, 1, profile)
    moved = np.abs(expit(level(found)) - near) / np.abs(near - 0.5)
    assert moved[3] > 3 * moved[0]
    assert found.path.now.level_variance[3] < alone.path.now.level_variance[3]


def test_where_the_region_does_not_know_a_cell_or_the_country_knows_none_nothing_is_made_up():
    partly = trend(STEADY, 1, np.array([0.5, np.nan]))
    assert expit(level(partly)) == pytest.approx([0.5, 0.8], abs=1e-6)
    unknown = trend(STEADY, 1, np.array([np.nan, np.nan]))
    assert level(unknown).tolist() == level(trend(STEADY, 1)).tolist()
    apart = rates([[np.nan, 0.5], [np.nan, 0.5], [0.4, 0.5], [0.4, 0.5]])
    assert np.isfinite(level(trend(apart, 1))).all()


def test_draws_are_rates_and_grow_less_sure_with_the_years():
    wild = trend(rates([[0.2, 0.999], [0.5, 1.0], [0.3, 0.99], [0.6, 1.0]]), 10)
    drawn = participation(wild, 500, 2)
    assert ((drawn >= 0) & (drawn <= 1)).all()
    spread = logit(drawn).std(axis=0)
    assert (spread[-1] > spread[0]).all()
    assert participation(wild, 500, 2).tolist() == drawn.tolist()


@pytest.mark.parametrize(
    ("few", "message"),
    [
        (Rates(STEADY.cells, YEARS[:2], STEADY.rate[:2], STEADY.se[:2]), "3 rounds"),
        (rates([[np.nan, np.nan]] * 4), "two rounds"),
    ],
)
def test_too_few_rounds_are_no_trend_and_say_so(few, message):
    found = trend(few, 3)
    assert isinstance(found, NotProducible)
    assert message in found.because.en
    assert "rondas" in found.because.es


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
        (replace(STEADY, years=YEARS[::-1]), "participation ascend"),
        (replace(STEADY, rate=STEADY.rate * 2), "not between 0 and 1"),
        (replace(STEADY, se=STEADY.se * 0), "8 rates of participation have no standard error"),
    ],
)
def test_rates_that_are_none_are_refused(wrong, message):
    with pytest.raises(BadInput, match=message):
        trend(wrong, 3)


def test_a_profile_of_other_cells_is_refused():
    with pytest.raises(BadInput, match="has 3 cells"):
        trend(STEADY, 3, np.full(3, 0.5))


def test_unemployment_varies_around_its_path_as_rounds_did_and_never_leaves_0_to_1():
    """The first year's deviation is spread × √(1 − 0.49), and with the years it becomes spread."""
    drawn = varying(np.full(40, 0.5), 0.02, 4000, 1)
    assert drawn.mean(axis=0) == pytest.approx(np.full(40, 0.5), abs=0.002)
    assert drawn.std(axis=0)[[0, -1]] == pytest.approx([0.02 * 0.51**0.5, 0.02], rel=0.06)
    assert varying(np.zeros(2), 0.5, 50, 1).min() == 0
    assert (varying(np.full(2, 0.1), 0.0, 3, 1) == 0.1).all()
    with pytest.raises(BadInput, match="three rounds or more"):
        varying(np.zeros(2), np.nan, 3, 1)
