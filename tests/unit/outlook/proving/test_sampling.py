"""Draws of forecasts that come as medians and variances alone."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.forecast import Forecast
from cauce.outlook.proving import sampled

AHEAD = np.array([1.0, 4.0])
FOUND = Forecast(
    AHEAD, np.array([[100.0, np.nan], [200, 5]]), np.array([[0.01, 0.1], [0.04, np.nan]])
)


def test_draws_have_the_medians_and_variances_asked_for():
    log = np.log(sampled(FOUND, ("A", "B"), 7, 20_000)[:, :, 0])

    np.testing.assert_allclose(log.mean(axis=0), np.log([100, 200]), atol=0.005)
    np.testing.assert_allclose(log.var(axis=0), [0.01, 0.04], rtol=0.03)
    assert np.corrcoef(log.T)[0, 1] == pytest.approx(0.5, abs=0.02)


def test_inflation_widens_each_horizon():
    log = np.log(sampled(FOUND, ("A", "B"), 7, 20_000, np.array([4.0, 1.0]))[:, :, 0])

    np.testing.assert_allclose(log.var(axis=0), [0.04, 0.04], rtol=0.03)


def test_a_cell_without_a_number_or_an_error_has_no_draws():
    assert np.isnan(sampled(FOUND, ("A", "B"), 7, 3)[:, :, 1]).all()


def test_a_cell_has_the_same_chance_in_whatever_order_and_scenario():
    turned = Forecast(AHEAD, FOUND.value[:, ::-1], FOUND.variance[:, ::-1])

    np.testing.assert_array_equal(
        sampled(FOUND, ("A", "B"), 7, 5)[:, :, 0], sampled(turned, ("B", "A"), 7, 5)[:, :, 1]
    )


def test_each_cell_needs_a_name():
    with pytest.raises(BadInput, match="1 names for 2 cells"):
        sampled(FOUND, ("A",), 7, 5)
