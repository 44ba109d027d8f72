"""True gaps, medians and Ginis of the invented country, by hand."""

import math

import numpy as np
import pytest

from cauce.sources.invented.spreads import earners, gap, gini, median, spreads, together


def test_the_median_of_an_even_number_is_the_lower_one_as_the_survey_has_it() -> None:
    assert median(np.array([7.0, 1.0, 3.0, 5.0])) == 3
    assert median(np.array([5.0, 1.0, 3.0])) == 3


def test_a_gini_by_hand() -> None:
    """1 and 3: the mean difference of all pairs is 1, twice the mean 4."""
    assert gini(np.array([3.0, 1.0])) == pytest.approx(0.25)
    assert gini(np.array([2.0, 2.0, 2.0])) == 0


def test_a_gap_is_of_the_first_mean() -> None:
    assert gap(np.array([10.0, 30.0]), np.array([15.0])) == pytest.approx(25)


def test_nobody_has_no_gap_median_or_gini() -> None:
    nobody = np.array([])
    assert all(map(math.isnan, (gap(nobody, nobody), median(nobody), gini(nobody))))


def test_two_villages_together_have_the_earners_of_both(village) -> None:
    one = earners(village)
    both = together([one, one])
    assert len(both.month) == 2 * len(one.month)
    alone = {(name, *codes.items()): value for name, codes, value in spreads(one)}
    twice = {(name, *codes.items()): value for name, codes, value in spreads(both)}
    assert alone == pytest.approx(twice, nan_ok=True)


def test_a_family_worker_and_a_producer_for_own_use_earn_nothing(village) -> None:
    assert 0 < len(earners(village).month) < len(village.jobs.who)
    assert (earners(village).month > 0).all()
