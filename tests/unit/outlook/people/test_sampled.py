"""Draws of published people are as many and as unsure as was published."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import sampled

VALUE, SE = np.array([1000.0, 50.0, 0.0, np.nan, 7.0]), np.array([100.0, 40.0, 0.0, np.nan, 0.0])


def test_draws_have_the_mean_and_the_error_that_were_published_and_never_fewer_than_nobody():
    found = sampled(VALUE, SE, 40_000, 1, "unemployed")
    assert found[:, :2].mean(axis=0) == pytest.approx(VALUE[:2], rel=0.02)
    assert found[:, :2].std(axis=0) == pytest.approx(SE[:2], rel=0.05)
    assert (found[:, :2] > 0).all()
    assert (found[:, 2] == 0).all()
    assert np.isnan(found[:, 3]).all()
    assert (found[:, 4] == 7).all()
    assert sampled(VALUE, SE, 5, 1, "unemployed").shape == (5, 5)


def test_a_number_without_its_error_or_below_0_is_refused():
    with pytest.raises(BadInput, match="unemployed: 1 numbers have no standard error"):
        sampled(np.ones(1), np.full(1, np.nan), 5, 1, "unemployed")
    with pytest.raises(BadInput, match="1 numbers are below 0"):
        sampled(np.ones(1), -np.ones(1), 5, 1, "unemployed")
