"""How right a method was, by hand."""

import numpy as np
import pytest

from cauce.outlook.proving import (
    as_known,
    claim,
    everything_grows,
    floors,
    method_score,
    scored,
    trials,
)

from .conftest import after, history, times

AHEAD = np.array([1.0])
PAST = history(
    [[50, 50], [50, 50], [60, 40], [75, 25], [60, 40], [60, 60]],
    se=[[5, 5]] * 6,
)
"""From the third wave on: A grows and B falls, A falls and B grows, A stays and B grows."""


def of(methods, past=PAST):
    return trials(as_known(past), past, methods, AHEAD)


def score(method, past=PAST):
    one = of({"it": method}, past)
    return method_score(one, scored(one, 0), "it", 0)


def test_wape_and_dissimilarity_by_hand():
    """Said 60/40, 75/25, 60/40; came 75/25, 60/40, 60/60: off by 30, 30 and 20."""
    found = score(times(1.0))

    assert found.origins == 3
    assert found.wape == pytest.approx((0.3 + 0.3 + 20 / 120) / 3)
    assert found.dissimilarity == pytest.approx((0.15 + 0.15 + 0.1) / 3)


def test_the_median_relative_error_by_hand():
    """0.2, 0.6, 0.25, 0.375, 0 and 1/3."""
    assert score(times(1.0)).mdape == pytest.approx((0.25 + 1 / 3) / 2)


def test_direction_counts_growth_decline_and_neither():
    """Three of six grew, two fell and one stayed."""
    assert score(times(1.1)).direction == pytest.approx(3 / 6)
    assert score(times(0.9)).direction == pytest.approx(2 / 6)
    assert score(times(1.0)).direction == pytest.approx(1 / 6)
    assert everything_grows(of({"it": times(1.1)}), 0) == pytest.approx(3 / 6)


def test_who_says_that_all_grow_alike_says_nothing_about_who_grows_faster():
    assert np.isnan(score(times(1.1)).faster)


def test_growing_faster_than_all_is_scored_over_what_was_said():
    """A twice as fast: right once, when it rose from 60 to 75 of a total that stayed."""

    def ahead(past, horizons):
        found = times(1.0)(past, horizons)
        return type(found)(horizons, found.value * [2.0, 1.0], found.variance)

    assert score(ahead).faster == pytest.approx(1 / 3)


def test_a_perfect_forecast_scores_the_floor():
    """Errors of 5 on each of two: √(2/π) × 10 over 100, 100 and 120."""
    wape, dissimilarity = floors(of({"it": times(1.0)}), 0)

    assert wape == pytest.approx(np.sqrt(2 / np.pi) * (0.1 + 0.1 + 10 / 120) / 3)
    assert dissimilarity == pytest.approx(wape / 2)


def test_methods_are_compared_on_the_cells_that_all_could_forecast():
    def only_a(past, horizons):
        found = times(1.0)(past, horizons)
        return type(found)(horizons, found.value * [1.0, np.nan], found.variance)

    found = scored(of({"all": times(1.0), "a": only_a}), 0)

    np.testing.assert_allclose(found.wape["all"], [0.2, 0.25, 0, np.nan])
    np.testing.assert_allclose(found.wape["a"], found.wape["all"])


def test_a_method_that_declined_an_origin_leaves_the_others_theirs():
    found = scored(of({"all": times(1.0), "late": after(4, times(1.0))}), 0)

    assert np.isnan(found.wape["late"][0])
    assert found.wape["all"][0] == pytest.approx(0.3)


def test_without_outcomes_there_is_no_score():
    found = score(times(1.0), history([[1.0, 1], [1, 1], [1, 1]]))

    assert found.origins == 0
    assert np.isnan([found.wape, found.mdape, found.direction, found.crps]).all()


def test_the_difference_of_two_methods_has_an_error_over_origins():
    """Gains 0.2, −0.1 and 0.2: mean 0.1, deviations 0.1, −0.2, 0.1."""
    found = scored(of({"it": times(1.0), "other": times(1.0)}), 0)
    found.wape["it"][:] = [0.1, 0.3, 0.1, np.nan]
    found.wape["other"][:] = [0.3, 0.2, 0.3, np.nan]

    one = claim(found, "it", "other", 1.0)
    assert (one.origins, one.gain) == (3, pytest.approx(0.1))
    assert one.se == pytest.approx(np.sqrt(0.06 / 6))


def test_overlapping_origins_count_their_covariance():
    """Lag 1 of horizon 2 with weight ½: 2 × ½ × (0.1 × −0.2 + −0.2 × 0.1) = −0.04."""
    found = scored(of({"it": times(1.0), "other": times(1.0)}), 0)
    found.wape["it"][:] = [0.1, 0.3, 0.1, np.nan]
    found.wape["other"][:] = [0.3, 0.2, 0.3, np.nan]

    assert claim(found, "it", "other", 2.0).se == pytest.approx(np.sqrt(0.02 / 6))


def test_with_fewer_than_three_origins_nothing_is_claimed():
    past = history([[1.0, 2]] * 5)
    one = of({"it": times(1.0), "other": times(1.1)}, past)

    found = claim(scored(one, 0), "it", "other", 1.0)
    assert found.origins == 2
    assert np.isnan([found.gain, found.se]).all()
