"""Draws of every level, moved as little as their errors say, until they add up."""

import numpy as np
import pytest
from scipy.optimize import nnls

from cauce.model.errors import BadInput, MethodFailed
from cauce.outlook.proving import coherence, hierarchy, reconcile, reconciliation

PAIR = hierarchy([-1, 0, 0])
TABLE = hierarchy([-1, 0, 0, 0], [-1, 0, 0, 1, 1, 2, 2, 2])


def of_pair(*numbers, variance=(1.0, 1.0, 1.0), **how):
    draws = np.array(numbers, dtype=float)[None, None]
    return reconcile(draws, np.array(variance)[None], PAIR, **how)[0, 0]


def test_three_numbers_by_hand():
    """10 against 4 + 3: the 3 that are missing are shared out, 1 each, by equal variances."""
    np.testing.assert_allclose(of_pair(10, 4, 3), [9, 5, 4])


def test_the_number_that_is_known_best_moves_least():
    """Variances 1, 2 and 3 share out a gap of 6 as 1, 2 and 3."""
    np.testing.assert_allclose(of_pair(12, 3, 3, variance=(1, 2, 3)), [11, 5, 6])


def test_a_number_that_is_known_does_not_move():
    np.testing.assert_allclose(of_pair(10, 4, 3, variance=(0, 1, 2)), [10, 5, 5], rtol=1e-8)


def test_numbers_that_are_known_and_do_not_add_up_are_refused():
    with pytest.raises(BadInput, match="do not add up"):
        of_pair(10, 4, 3, variance=(0, 0, 0))


def test_nobody_is_below_zero():
    """1 against 5 + (−1): −1 is held at 0, the others meet at 3."""
    np.testing.assert_allclose(of_pair(1, 5, -1, negative=False), [3, 3, 0], atol=1e-12)


def test_a_number_below_zero_may_stay_where_that_is_said():
    assert of_pair(-1, 5, -6, negative=True)[0] == pytest.approx(-1)


def test_the_non_negative_solution_is_that_of_least_squares():
    """As scipy's nnls, of which ours is a sparse and batched kin."""
    rng = np.random.default_rng(4)
    true = TABLE.sums @ rng.lognormal(2, 1.5, 15)
    variance = rng.lognormal(0, 2, len(true)) * true**2
    draws = true * rng.normal(1, 1.5, (25, 1, len(true)))
    found = reconcile(draws, variance[None], TABLE)[:, 0]

    root = 1 / np.sqrt(variance)
    for draw, one in zip(draws[:, 0], found, strict=True):
        expected, _ = nnls(root[:, None] * TABLE.sums.toarray(), root * draw)
        np.testing.assert_allclose(one[TABLE.finest], expected, atol=1e-8 * expected.max())


def test_every_draw_and_year_adds_up():
    rng = np.random.default_rng(5)
    draws = rng.lognormal(3, 1, (70, 2, 32))

    found = reconcile(draws, rng.lognormal(0, 1, (2, 32)), TABLE)

    assert found.shape == (70, 2, 32)
    assert coherence(found, TABLE) < 1e-6
    assert (found >= 0).all()


def test_pivoting_that_does_not_settle_turns_one_at_a_time_and_then_gives_up(monkeypatch):
    monkeypatch.setattr(reconciliation, "TURNS", 1)
    rng = np.random.default_rng(6)
    draws = rng.normal(0, 100, (1, 1, 32))

    with pytest.raises(MethodFailed, match="in 1 turns"):
        reconcile(draws, rng.lognormal(0, 3, (1, 32)), TABLE)


def test_what_cannot_be_weighed_is_refused():
    numbers, weights = np.ones((2, 1, 3)), np.ones((1, 3))
    with pytest.raises(BadInput, match="not of the 3 numbers"):
        reconcile(np.ones((2, 1, 4)), weights, PAIR)
    with pytest.raises(BadInput, match="not of the 3 numbers"):
        reconcile(np.ones((2, 3)), weights, PAIR)
    with pytest.raises(BadInput, match="1 variances"):
        reconcile(numbers, np.array([[1.0, -1.0, 1.0]]), PAIR)
    numbers[1, 0, 2] = np.nan
    with pytest.raises(BadInput, match="1 numbers to reconcile are missing"):
        reconcile(numbers, weights, PAIR)


def test_where_steps_are_too_many_the_matrix_is_factored_and_says_the_same(monkeypatch):
    """Weights over twelve powers of ten, of a deep tree."""
    of = hierarchy([-1, 0, 0, 1, 1, 3, 3, 2, 2])
    rng = np.random.default_rng(3)
    draws = 100 + 10 * rng.normal(size=(3, 1, 9))
    variance = 10.0 ** rng.uniform(-6, 6, (1, 9))
    found = reconcile(draws, variance, of, negative=True)
    monkeypatch.setattr(reconciliation, "STEPS", 0)

    assert found == pytest.approx(reconcile(draws, variance, of, negative=True), rel=1e-8)
    assert coherence(found, of) < 1e-12
