"""Whole numbers that still add up."""

import numpy as np
import pytest

from cauce.model.errors import BadInput, MethodFailed
from cauce.outlook.proving import coherence, hierarchy, rounded, rounding

PAIR = hierarchy([-1, 0, 0])


def test_halves_are_rounded_so_that_the_sum_stays():
    """1.5 + 1.5 = 3: one goes up and one down; each for itself, both would go to 2."""
    found = rounded(np.array([3.0, 1.5, 1.5]), PAIR)

    assert sorted(found.tolist()) == [1, 2, 3]


def test_numbers_are_rounded_to_the_base_that_is_asked_for():
    assert rounded(np.array([1040.0, 630.0, 410.0]), PAIR, base=100).tolist() == [1000, 600, 400]


def test_what_is_whole_already_stays():
    assert rounded(np.array([7.0, 3.0, 4.0]), PAIR).tolist() == [7, 3, 4]


def test_every_number_of_a_table_is_next_to_its_own():
    of = hierarchy([-1, 0, 0, 0], [-1, 0, 0, 1, 1, 2, 2])
    numbers = of.sums @ np.random.default_rng(3).lognormal(1, 1, of.sums.shape[1])

    found = rounded(numbers, of)

    assert coherence(found.astype(float), of) == 0
    assert (np.abs(found - numbers) < 1).all()


@pytest.mark.parametrize("numbers", [[3, 1, 1], [0, -1, 1], [np.nan, 1, 1]])
def test_what_does_not_add_up_is_not_rounded(numbers):
    with pytest.raises(BadInput, match="can be rounded"):
        rounded(np.array(numbers, dtype=float), PAIR)


def test_a_solver_without_a_solution_is_told(monkeypatch):
    class Nothing:
        x, message = None, "time is up"

    monkeypatch.setattr(rounding, "milp", lambda *_, **__: Nothing)
    with pytest.raises(MethodFailed, match="time is up"):
        rounded(np.array([3.0, 1.5, 1.5]), PAIR)
