"""The idle, the returned, migrants below their qualification and transfers, counted by hand."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import below_qualification, idle, returnees

LEVELS = np.array([1, 2, 3, 4])
NEEDED = np.array([1, 2, 2, 4])
WITHIN = np.array([1.0, 0.75, 0.25, 1.0])


def test_the_idle_are_the_unemployed_beyond_friction_and_without_those_who_study():
    """100 − 10 − 0.04 × 1,000 = 50; 20 − 0 − 40 is nobody; they are as many every year."""
    found = idle(
        np.array([100.0, 20.0]), np.array([10.0, 0.0]), np.array([1000.0, 1000.0]), 0.04, 2
    )
    assert found.tolist() == [[[50, 0], [50, 0]]]


def test_where_nobody_knows_who_studies_the_idle_are_not_known():
    found = idle(np.array([100.0]), np.array([np.nan]), np.array([0.0]), 0.04, 1)
    assert np.isnan(found).all()


@pytest.mark.parametrize(
    ("unemployed", "studying", "friction", "message"),
    [
        (-1.0, 0.0, 0.1, "Unemployed: 1 numbers"),
        (5.0, 6.0, 0.1, "More of the unemployed"),
        (5.0, 1.0, 1.1, "Frictional"),
    ],
)
def test_unemployed_that_cannot_be_are_refused(unemployed, studying, friction, message):
    with pytest.raises(BadInput, match=message):
        idle(np.array([unemployed]), np.array([studying]), np.array([1.0]), friction, 1)


def test_those_who_return_are_added_up_and_have_the_occupations_given():
    found = returnees(np.array([100.0, 50.0]), np.array([0.8]), np.array([0.25, 0.75]))
    assert found.tolist() == [[[20, 60], [30, 90]]]
    assert returnees(np.zeros(1), np.ones(1), np.array([1.0])).tolist() == [[[0]]]
    with pytest.raises(BadInput, match="do not add up to 1"):
        returnees(np.ones(1), np.ones(1), np.array([0.5]))


def test_migrants_below_their_qualification_stand_once_at_the_level_of_their_own():
    """Of 40 at level 4, 10 work at 1 and 6 + 4 at 2; of 30 at level 2, 9 at 1; level 3 has no post.

    So 20 for the occupation of level 4, and 9 between the two of level 2, 3 to 1.
    """
    migrants = np.zeros((4, 4))
    migrants[3] = [10, 6, 4, 20]
    migrants[1] = [9, 20, 1, 0]
    migrants[2] = [7, 0, 0, 3]
    found = below_qualification(migrants, LEVELS, NEEDED, WITHIN, 1)
    assert found.tolist() == [[[0, 6.75, 2.25, 20]]]
    assert below_qualification(np.stack([migrants] * 3), LEVELS, NEEDED, WITHIN, 2).shape == (
        3,
        2,
        4,
    )


def test_a_withheld_cell_withholds_what_it_would_add_to_and_nothing_else():
    migrants = np.ones((4, 4))
    migrants[3, 0] = np.nan
    found = below_qualification(migrants, LEVELS, NEEDED, WITHIN, 1)[0, 0]
    assert np.isnan(found[3])
    assert np.isfinite(found[:3]).all()


@pytest.mark.parametrize(
    ("migrants", "qualified", "within", "message"),
    [
        (-np.ones((4, 4)), LEVELS, WITHIN, "below 0"),
        (np.ones((4, 4)), LEVELS + 1, WITHIN, "education are 1 to 4"),
        (np.ones((4, 4)), LEVELS, WITHIN / 2, "skill level 2: the shares"),
    ],
)
def test_migrants_that_cannot_be_are_refused(migrants, qualified, within, message):
    with pytest.raises(BadInput, match=message):
        below_qualification(migrants, qualified, NEEDED, within, 1)
