"""Graduates reach occupations as others of their programme did; few respondents are as all are."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import allocation, allocation_draws, graduates_by_occupation

COUNTS = np.array([[80.0, 20.0], [10.0, 90.0], [0.0, 0.0]])
EVEN = np.array([[[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]])


def test_a_programme_nobody_answered_for_has_the_pattern_of_all():
    found = allocation(COUNTS, concentration=10)
    assert found.weights[2] == pytest.approx([4.5, 5.5])
    assert found.weights[0] == pytest.approx([84.5, 25.5])


def test_programmes_that_differ_are_worth_more_than_the_pattern_and_alike_ones_less():
    alike = np.array([[50.0, 50.0], [49.0, 51.0], [52.0, 48.0]])
    assert allocation(COUNTS).concentration < 10
    assert allocation(alike).concentration > 1000


def test_the_pattern_may_be_the_regions():
    found = allocation(np.zeros((2, 2)), pattern=np.array([0.25, 0.75]))
    assert found.weights[:, 1] / found.weights.sum(axis=1) == pytest.approx([0.75, 0.75])


def test_draws_are_shares_around_their_weights():
    drawn = allocation_draws(allocation(COUNTS, concentration=10), 4000, 1)
    assert drawn.sum(axis=2) == pytest.approx(1)
    assert drawn.mean(axis=0)[0] == pytest.approx([84.5 / 110, 25.5 / 110], abs=0.005)


def test_graduates_by_hand_are_added_up_over_the_years():
    """100, 20 and 10 graduates, of whom 80, 50 and 100 % work or look for work: 85 and 15."""
    graduates = np.array([[100.0, 20.0, 10.0], [0.0, 0.0, 0.0]])
    found = graduates_by_occupation(graduates, np.array([0.8, 0.5, 1.0]), EVEN, 2026, 2025)
    assert found.tolist() == [[[85, 15], [85, 15]]]


def test_a_year_nobody_knows_is_not_0_and_nor_is_what_follows():
    graduates = np.array([[100.0, 20.0, 10.0], [np.nan, 0.0, 0.0]])
    found = graduates_by_occupation(graduates, np.ones(3), EVEN, 2026, 2025)
    assert np.isfinite(found[0, 0]).all()
    assert np.isnan(found[0, 1, 0])


@pytest.mark.parametrize("first", [2024, 2025, 2027])
def test_graduates_of_the_base_year_or_before_are_in_the_labour_force_already(first):
    with pytest.raises(BadInput, match="would be counted twice"):
        graduates_by_occupation(np.ones((1, 3)), np.ones(3), EVEN, first, 2025)


def test_graduates_of_other_programmes_or_below_0_are_refused():
    with pytest.raises(BadInput, match="not of the same programmes"):
        graduates_by_occupation(np.ones((1, 2)), np.ones(3), EVEN, 2026, 2025)
    with pytest.raises(BadInput, match="Graduates: 3 numbers are below 0"):
        graduates_by_occupation(-np.ones((1, 3)), np.ones(3), EVEN, 2026, 2025)


@pytest.mark.parametrize(
    ("counts", "pattern", "concentration", "message"),
    [
        (-COUNTS, None, None, "below 0"),
        (COUNTS * np.nan, None, None, "every cell is needed"),
        (COUNTS * 0, None, None, "No graduate was found"),
        (COUNTS, np.array([0.5, 0.2, 0.3]), None, "3 occupations, the counts 2"),
        (COUNTS, np.array([0.5, 0.2]), None, "adds up to 0.7"),
        (COUNTS, np.array([1.0, 0.0]), None, "the pattern says has none"),
        (COUNTS, None, 0.0, "concentration of 0"),
    ],
)
def test_allocations_that_cannot_be_are_refused(counts, pattern, concentration, message):
    with pytest.raises(BadInput, match=message):
        allocation(counts, pattern, concentration)
