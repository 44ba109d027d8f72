"""What past errors say of the width of intervals."""

import numpy as np
import pytest

from cauce.outlook.proving import LEAST, as_known, coverages, crps, inflation, trials

from .conftest import history, times

AHEAD = np.array([1.0])


def wandering(sd: float, noise: float = 0.0, waves: int = 8, cells: int = 400):
    """A back-test of cells that walk by `sd` a year, observed with `noise`, said to walk by 0.1."""
    rng = np.random.default_rng(1)
    true = 100 * np.exp(sd * rng.normal(size=(waves, cells)).cumsum(axis=0))
    seen = true * np.exp(noise * rng.normal(size=true.shape))
    past = history(seen, se=noise * seen)
    # The origin is known without error here, so that only the outcome is noisy.
    known = tuple(history(true[:w], years=past.years[:w]) for w in range(3, waves + 1))
    return trials(known, past, {"walk": times(1.0, 0.01)}, AHEAD)


def test_variances_are_multiplied_until_they_agree_with_errors():
    """A walk of 0.2 a year that is said to be one of 0.1: four times the variance."""
    found = inflation([wandering(0.2)], "walk", 1.0)

    assert found.factor[0] == pytest.approx(4, rel=0.05)
    assert found.errors.tolist() == [5 * 400]


def test_the_noise_of_what_came_is_no_error_of_the_forecast():
    found = inflation([wandering(0.2, noise=0.3)], "walk", 1.0)

    assert found.learnt[0] == pytest.approx(4, rel=0.15)


def test_intervals_are_never_narrower_than_the_floor():
    found = inflation([wandering(0.05)], "walk", LEAST)

    assert found.learnt[0] == pytest.approx(0.25, rel=0.1)
    assert found.factor[0] == LEAST


def test_a_horizon_the_past_does_not_reach_takes_that_of_the_longest_it_does_and_more():
    past = history(np.exp(0.3 * np.arange(5)[:, None]) * [[1.0, 2.0]])
    methods = {"same": times(1.0)}
    found = inflation([trials(as_known(past), past, methods, np.array([1.0, 5.0]))], "same", 1.0)

    assert np.isnan(found.learnt[1])
    assert found.factor[1] == pytest.approx(np.sqrt(5) * found.learnt[0])
    assert found.learnt[0] > 1


def test_without_a_past_the_floor_is_all_there_is():
    past = history([[1.0], [1], [1]])
    found = inflation([trials(as_known(past), past, {"same": times(1.0)}, AHEAD)], "same", 2.0)

    assert found.factor.tolist() == [2.0]


def test_countries_teach_each_other():
    one, other = wandering(0.2), wandering(0.05)

    assert 0.3 < inflation([one, other], "walk", 0.1).factor[0] < 4


def test_a_country_that_never_tried_the_method_teaches_nothing():
    past = history([[1.0]] * 5)
    other = trials(as_known(past), past, {"other": times(1.0)}, AHEAD)
    one = wandering(0.2)

    assert inflation([one, other], "walk", 1.0).factor == inflation([one], "walk", 1.0).factor


def test_intervals_of_80_percent_that_are_right_hold_80_percent():
    half, most = coverages(wandering(0.1), "walk", 1.0, 0)

    assert half.achieved == pytest.approx(0.5, abs=0.03)
    assert most.achieved == pytest.approx(0.8, abs=0.03)
    assert most.width == pytest.approx(2 * np.sinh(1.2816 * 0.1), rel=1e-4)


def test_each_origin_may_have_its_own_inflation():
    found = wandering(0.1)
    wide = coverages(found, "walk", np.full(len(found.origins), 100.0), 0)

    assert wide[1].achieved > 0.999


def test_without_outcomes_there_is_no_coverage():
    past = history([[1.0], [1], [1]])
    found = trials(as_known(past), past, {"same": times(1.0)}, AHEAD)

    assert all(np.isnan(one.achieved) for one in coverages(found, "same", 1.0, 0))


def test_the_score_of_a_normal_forecast_by_hand():
    """At its centre σ(√2 − 1)/√π; a forecast without an error is scored by its distance."""
    found = crps(np.array([0.0, -0.3, 0.3]), np.array([4.0, np.nan, 0.0]))

    np.testing.assert_allclose(found, [2 * (np.sqrt(2) - 1) / np.sqrt(np.pi), 0.3, 0.3])
