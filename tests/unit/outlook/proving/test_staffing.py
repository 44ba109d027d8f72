"""Every industry goes on employing the occupations it does now."""

import numpy as np

from cauce.model.forecast import Forecast
from cauce.model.projected import NotProducible
from cauce.outlook.proving import Staffing, constant_staffing

from .conftest import after, history, times

OCCUPATIONS = history([[30, 70], [30, 70], [40, 60], [40, 60]])
INDUSTRIES = history([[80, 0], [80, 20], [50, 50], [10, 90]])
KNOWN = Staffing(INDUSTRIES, {2016.0: np.array([[20.0, 60], [10, 10]]), 2015.0: np.zeros((2, 2))})
AHEAD = np.array([1.0])


def upto(waves):
    return history(OCCUPATIONS.value[:waves])


def test_occupations_follow_the_industries_that_employ_them():
    """In 2016, 80 and 20 double to 160 and 40, staffed 1 : 3 and 1 : 1; later waves are unknown."""
    found = constant_staffing(KNOWN, times(2.0))(upto(2), AHEAD)

    assert isinstance(found, Forecast)
    np.testing.assert_allclose(found.value, [[40 + 20, 120 + 20]])
    np.testing.assert_allclose(
        found.variance, [[0.01 * (40**2 + 20**2) / 60**2, 0.01 * (120**2 + 20**2) / 140**2]]
    )


def test_an_industry_without_anybody_employs_nobody():
    found = constant_staffing(KNOWN, times(2.0))(upto(1), AHEAD)

    np.testing.assert_allclose(found.value, [[0, 0]])


def test_what_industries_lack_occupations_lack():
    found = constant_staffing(KNOWN, after(9, times(1.0)))(upto(2), AHEAD)

    assert isinstance(found, NotProducible)


def test_a_wave_without_staffing_is_told():
    found = constant_staffing(KNOWN, times(1.0))(OCCUPATIONS, AHEAD)

    assert isinstance(found, NotProducible)
    assert "2018" in found.because.en
