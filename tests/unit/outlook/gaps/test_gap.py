"""Openings less supply; the tables in tests/spec/outlook/gaps show it case by case."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.gaps import gap, totals


def test_the_base_may_differ_by_draw():
    """10 missing of 100 and of 200 employed."""
    found = gap(np.full((2, 1, 1), 10.0), np.zeros((2, 1, 1)), np.array([[100.0], [200.0]]))

    assert found.relative[:, 0, 0].tolist() == [0.1, 0.05]


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(BadInput, match="the supply"):
        gap(np.zeros((1, 1, 2)), np.zeros((1, 2, 1)), np.ones(2))
    with pytest.raises(BadInput, match="0 or more"):
        gap(np.full((1, 1, 1), -1.0), np.zeros((1, 1, 1)), np.ones(1))
    with pytest.raises(BadInput, match="0 or more"):
        gap(np.zeros((1, 1, 1)), np.zeros((1, 1, 1)), np.array([-1.0]))


def test_totals_say_of_how_many_posts_nothing_is_known():
    sums = totals(np.array([[[5.0, np.nan, -2.0]], [[1.0, 4.0, -2.0]]]))

    assert sums.missing[:, 0].tolist() == [5, 5]
    assert sums.surplus[:, 0].tolist() == [2, 2]
    assert sums.unknown.tolist() == [1]
