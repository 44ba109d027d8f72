"""Counts as multiples of a base."""

from itertools import product

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.protect.noise.rounding import by_chance, controlled, nearest

SECRET = bytes(range(32))


def test_the_nearest_multiple_and_of_two_the_larger():
    assert nearest(np.arange(8), 5).tolist() == [0, 0, 0, 5, 5, 5, 5, 5]
    assert nearest(np.array([4, 5, 14, 15]), 10).tolist() == [0, 10, 10, 20]


def test_up_by_a_chance_as_large_as_what_is_left_over():
    """Of 12 by 5: 15 with two chances in five, so that the mean is 12."""
    keys = np.arange(20_000, dtype=np.uint64)
    rounded = by_chance(np.full(len(keys), 12), 5, keys, SECRET)
    assert set(rounded.tolist()) == {10, 15}
    assert abs(rounded.mean() - 12) < 4 * (6 / len(keys)) ** 0.5
    assert by_chance(np.array([0, 10]), 5, keys[:2], SECRET).tolist() == [0, 10]


def margins(inner):
    """A table with its totals, and the sums that hold in it."""
    table = np.zeros(np.array(inner.shape) + 1, dtype=np.int64)
    table[1:, 1:] = inner
    table[0] = table[1:].sum(axis=0)
    table[:, 0] = table[:, 1:].sum(axis=1)
    at = np.arange(table.size).reshape(table.shape)
    sums = [
        {int(at[0, j]): 1, **{int(at[i, j]): -1 for i in range(1, len(table))}}
        for j in range(table.shape[1])
    ] + [
        {int(at[i, 0]): 1, **{int(at[i, j]): -1 for j in range(1, table.shape[1])}}
        for i in range(table.shape[0])
    ]
    return table, sums


def test_controlled_rounding_keeps_every_sum_and_stays_within_a_base():
    table, sums = margins(np.random.default_rng(1).integers(0, 30, (4, 5)))
    rounded = controlled(table.ravel(), 5, sums, "T").reshape(table.shape)
    assert (rounded % 5 == 0).all()
    assert (rounded[0] == rounded[1:].sum(axis=0)).all()
    assert (rounded[:, 0] == rounded[:, 1:].sum(axis=1)).all()
    assert abs(rounded - table).max() < 5


def test_a_sum_of_many_small_counts_needs_more_than_the_next_multiple():
    """Twelve counts of 1 and their total of 12, by 10: totals of 10 or 20 take parts of 0 or 10."""
    counts, sums = np.array([12] + [1] * 12), [{0: 1, **dict.fromkeys(range(1, 13), -1)}]
    assert controlled(counts, 10, sums, "T")[0] == 10


def test_sums_no_multiples_near_can_keep_are_refused():
    """Three parts of one cell each: nothing near 9 is three times a part of 1 by bases of 10."""
    counts = np.array([1, 1, 1, 60])
    sums = [{3: 1, 0: -1, 1: -1, 2: -1}]
    with pytest.raises(BadInput, match="T: no multiples of 5 near its 4 counts"):
        controlled(counts, 5, sums, "T")


@pytest.mark.parametrize(("base", "count"), [*product((3, 5, 10), (0, 1, 7))])
def test_every_way_tells_a_multiple(base, count):
    keys = np.array([7], dtype=np.uint64)
    told = (
        nearest(np.array([count]), base),
        by_chance(np.array([count]), base, keys, SECRET),
        controlled(np.array([count]), base, [], "T"),
    )
    assert all(one % base == 0 for one in np.concatenate(told))
