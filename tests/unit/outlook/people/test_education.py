"""The young who finish school take the place of the old, and adults add to what they have."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import educated

SHARES = np.array([[0.5, 0.5], [0.8, 0.2], [1.0, 0.0]])
ENTERING = np.array([[0.3, 0.7], [0.2, 0.8]])
STILL = np.zeros(2)


def test_a_cohort_keeps_its_education_as_it_ages_and_the_oldest_mix():
    """Half of the open band's people come from the band before it: 0.5 × 0.8 + 0.5 × 1."""
    found = educated(SHARES, ENTERING, STILL, joining=0.5, steps=2)
    assert found[0].tolist() == [[0.3, 0.7], [0.5, 0.5], [0.9, pytest.approx(0.1)]]
    assert found[1, :2].tolist() == [[0.2, 0.8], [0.3, 0.7]]


def test_an_upgrade_raises_a_level_among_those_who_are_here_and_shares_stay_shares():
    """0.5 and 0.5 × 1.5 are 0.4 and 0.6 of what they add up to."""
    found = educated(SHARES, ENTERING[:1], np.array([0.0, 0.5]), joining=0.0, steps=1)
    assert found[0, 0].tolist() == [0.3, 0.7]
    assert found[0, 1] == pytest.approx([0.4, 0.6])
    assert found.sum(axis=2) == pytest.approx(1)


@pytest.mark.parametrize(
    ("shares", "entering", "upgrade", "joining", "message"),
    [
        (SHARES * 0.9, ENTERING, STILL, 0.5, "by age: 3 rows do not add up"),
        (SHARES, ENTERING[:, :1], STILL, 0.5, "do not fit 2 steps"),
        (SHARES[:1], ENTERING, STILL, 0.5, "do not fit"),
        (SHARES, ENTERING, np.zeros(3), 0.5, "fits no level"),
        (SHARES, ENTERING, np.array([0, -2.0]), 0.5, "below 0"),
        (SHARES, ENTERING, np.array([-1.0, 0]), 0.0, "without any level"),
        (SHARES, ENTERING, STILL, 1.5, "joins the open band"),
        (SHARES, ENTERING * 0.5, STILL, 0.5, "entering cohorts: 2 rows"),
    ],
)
def test_shares_that_are_none_are_refused(shares, entering, upgrade, joining, message):
    with pytest.raises(BadInput, match=message):
        educated(shares, entering, upgrade, joining, 2)
