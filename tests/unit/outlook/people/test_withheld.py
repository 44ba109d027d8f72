"""What a total leaves is given to its withheld cells as all people are, and nobody is invented."""

import numpy as np

from cauce.outlook.people import left_over


def test_what_a_total_leaves_is_divided_as_all_are():
    """100 less 40 are 60, of which 1 part in 3 and 2 in 3."""
    told = np.array([40.0, np.nan, np.nan])
    assert left_over(told, 100.0, np.array([7.0, 1.0, 2.0])).tolist() == [40, 20, 40]
    assert left_over(told, 100.0, np.array([7.0, np.nan, np.nan])).tolist() == [40, 30, 30]
    assert left_over(told, 30.0, np.ones(3)).tolist() == [40, 0, 0]


def test_nothing_is_divided_where_all_is_told_or_the_total_is_withheld():
    whole = np.array([1.0, 2.0])
    assert left_over(whole, np.nan, whole) is whole
    assert np.isnan(left_over(np.array([1.0, np.nan]), np.nan, whole)).tolist() == [False, True]
