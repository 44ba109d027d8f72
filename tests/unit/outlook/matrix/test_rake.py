"""Raking meets both margins in every draw, keeps zeros, and says whose margins cannot be met."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.matrix import MarginsUnmet, rake

NAMES = (("farms", "shops"), ("growers", "sellers", "drivers"))
SEED = np.array([[8.0, 0.0, 2.0], [0.0, 6.0, 4.0]])


def test_a_seed_that_meets_its_margins_is_left_as_it_is():
    assert rake(SEED, SEED.sum(axis=1), SEED.sum(axis=0), NAMES) == pytest.approx(SEED)


def test_two_by_two_by_hand():
    """The odds ratio of the seed, 4, is kept: x(x − 1) / ((3 − x)(4 − x)) = 4, so x = 2.4385."""
    seed = np.array([[2.0, 1.0], [1.0, 2.0]])

    found = rake(seed, np.array([3.0, 3.0]), np.array([4.0, 2.0]), (("a", "b"), ("x", "y")))

    assert found[0, 0] == pytest.approx((27 - 153**0.5) / 6)
    assert found.sum(axis=1) == pytest.approx([3, 3])
    assert found.sum(axis=0) == pytest.approx([4, 2])


def test_every_draw_and_year_meets_both_margins_and_keeps_zeros():
    rng = np.random.default_rng(1)
    rows, columns = rng.dirichlet([90, 90], (50, 4)), rng.dirichlet([60, 60, 60], (50, 4))
    seed = np.array([[8.0, 0.5, 2.0], [0.0, 6.0, 4.0]])

    found = rake(seed, rows * 100, columns * 100, NAMES)

    assert found.shape == (50, 4, 2, 3)
    assert found.sum(axis=-1) == pytest.approx(rows * 100)
    assert found.sum(axis=-2) == pytest.approx(columns * 100)
    assert (found[..., 1, 0] == 0).all()


def test_a_seed_for_each_draw_gives_what_one_seed_does():
    rows, columns = np.array([[11.0, 9.0], [9.0, 11.0]]), np.array([[8.0, 6.5, 5.5]] * 2)

    each = rake(np.stack([SEED, 2 * SEED]), rows, columns, NAMES)

    assert each == pytest.approx(rake(SEED, rows, columns, NAMES))


def test_a_margin_of_nobody_empties_its_row():
    found = rake(SEED, np.array([0.0, 10.0]), np.array([0.0, 6.0, 4.0]), NAMES)

    assert found.tolist() == [[0, 0, 0], [0, pytest.approx(6), pytest.approx(4)]]
    assert not rake(SEED, np.zeros(2), np.zeros(3), NAMES).any()


def test_margins_that_zeros_forbid_are_refused_with_whose_they_are():
    """Growers work on farms alone, and there would be more growers than people on farms."""
    with pytest.raises(MarginsUnmet) as refused:
        rake(SEED.T, np.array([12.0, 5.0, 3.0]), np.array([10.0, 10.0]), (NAMES[1], NAMES[0]))

    assert str(refused.value) == (
        "In 1 of 1 draws the margins cannot be met: growers have 12 people, and the only columns "
        "that the seed lets them into (farms) have 10."
    )


def test_people_in_a_row_without_cells_have_nowhere_to_go():
    seed = np.stack([SEED, SEED * [[0.0], [1.0]]])

    with pytest.raises(MarginsUnmet, match=r"In 1 of 2 draws .* farms have 10 people.*\(none\)"):
        rake(seed, np.array([[10.0, 10.0]] * 2), np.array([[8.0, 6.0, 6.0]] * 2), NAMES)


def test_margins_that_only_empty_cells_meet_are_refused():
    """All of the first column's people would have to be the first row's, whose rest is empty."""
    seed = np.array([[1.0, 1.0], [0.0, 1.0]])

    with pytest.raises(MarginsUnmet, match="contradict each other"):
        rake(seed, np.array([5.0, 5.0]), np.array([5.0, 5.0]), (("a", "b"), ("x", "y")))


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        ([-1.0, 21.0], [8.0, 6.0, 6.0], "1 numbers of the row margin are missing or below 0"),
        ([10.0, 10.0], [float("nan"), 6.0, 6.0], "1 numbers of the column margin"),
        ([10.0, 10.0], [8.0, 6.0, 7.0], "forecast both margins with one total"),
        ([10.0, 10.0], [8.0, 12.0], "not of one shape"),
    ],
)
def test_margins_that_are_none_are_refused(rows: list[float], columns: list[float], words: str):
    with pytest.raises(BadInput, match=words):
        rake(SEED, np.array(rows), np.array(columns), NAMES)
