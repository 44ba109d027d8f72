"""Intervals by hand."""

import math

import numpy as np
import pytest

from cauce.estimate.intervals import logit_interval, t_interval


def test_the_interval_of_an_amount_is_symmetric():
    low, high = t_interval(np.array([10.0]), np.array([2.0]), np.array([3.0]))

    assert (low[0], high[0]) == (4, 16)


def test_the_interval_of_a_half_is_symmetric_on_the_logit_scale():
    """se 0.25 at 1/2 is 1 on the logit scale: 1/(1 + e) to e/(1 + e)."""
    low, high = logit_interval(np.array([0.5]), np.array([0.25]), np.array([1.0]), np.array([9]))

    assert low[0] == pytest.approx(1 / (1 + math.e), rel=1e-15)
    assert high[0] == pytest.approx(math.e / (1 + math.e), rel=1e-15)


def test_a_wild_logit_does_not_overflow():
    low, high = logit_interval(np.array([1e-4]), np.array([1.0]), np.array([12.7]), np.array([2]))

    assert (low[0], high[0]) == (0, 1)
