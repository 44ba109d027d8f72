"""What adds up to what."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.proving import coherence, hierarchy


def test_a_tree_sums_its_leaves_at_any_depth():
    """0 is above 1 and 4, and 1 is above 2 and 3: the leaves 2, 3 and 4."""
    of = hierarchy([-1, 0, 1, 1, 0])

    assert of.finest.tolist() == [2, 3, 4]
    assert of.above.tolist() == [0, 1]
    assert (of.sums @ np.array([1.0, 2.0, 4.0])).tolist() == [7, 3, 1, 2, 4]


def test_two_trees_are_crossed_node_by_node():
    """2 regions × 2 occupations, with both totals: 9 numbers."""
    of = hierarchy([-1, 0, 0], [-1, 0, 0])

    assert (of.sums @ np.array([1.0, 2.0, 4.0, 8.0])).tolist() == [15, 5, 10, 3, 1, 2, 12, 4, 8]


def test_several_trees_need_no_common_top():
    assert hierarchy([-1, -1]).above.tolist() == []


@pytest.mark.parametrize("parents", [[], [-2], [1], [1, 0], [-1, 0, 3, 2]])
def test_what_is_no_tree_is_refused(parents):
    with pytest.raises(BadInput, match="tree"):
        hierarchy(parents)


def test_coherence_is_the_largest_gap_over_the_largest_number():
    of = hierarchy([-1, 0, 0])

    assert coherence(np.array([10.0, 4.0, 5.0]), of) == 0.1
    assert coherence(np.zeros(3), of) == 0
