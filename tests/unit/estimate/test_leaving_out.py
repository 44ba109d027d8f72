"""How far a number moves without a respondent, by hand and as a law."""

import numpy as np
import pytest

from cauce.estimate import influences
from cauce.model.design import Design
from cauce.model.sample import Score


def design(weight: list[float]) -> Design:
    """Each respondent is a PSU of one stratum."""
    n = len(weight)
    return Design(np.zeros(n, dtype=np.int64), np.arange(n), np.array(weight))


def amount(values: list[float], estimator: str = "mean", x: list[float] | None = None) -> Score:
    y = np.array(values)
    return Score(
        "PAY",
        np.ones(len(y), dtype=np.bool_),
        y,
        None if x is None else np.array(x),
        0,
        True,
        estimator,
    )


def test_a_mean_without_its_largest_value_by_hand() -> None:
    """1, 2, 3, 10: mean 4, without 10 it is 2. SE² = Σ(y−4)²/12 = 50/12."""
    (found,) = influences(design([1, 1, 1, 1]), [amount([1, 2, 3, 10])], 1)
    se = (50 / 12) ** 0.5
    assert found.rows == (4,)
    assert found.effects[0] == pytest.approx(2 / se)
    assert found.joint == pytest.approx(2 / se)
    assert found.over == (4, 1, 0)
    assert found.n == 4


def test_a_total_loses_what_a_respondent_adds() -> None:
    (found,) = influences(design([2, 1, 1]), [amount([3, 1, 1], "total")], 2)
    assert found.rows == (1, 2)
    assert found.effects[0] / found.effects[1] == pytest.approx(6)
    assert found.shares == pytest.approx((6 / 7, 1 / 7))


def test_a_ratio_moves_above_and_below() -> None:
    """Σy/Σx = 6/3 = 2; without the third, 2/2 = 1."""
    (found,) = influences(design([1, 1, 1]), [amount([1, 1, 4], "ratio", [1, 1, 1])], 1)
    se = (6 / 2) ** 0.5 / 3**0.5
    assert found.effects[0] == pytest.approx(1 / se)


def test_whoever_is_alone_below_the_line_moves_nothing() -> None:
    """Without the only respondent with a denominator no ratio is left to compare with."""
    (found,) = influences(design([1, 1, 1]), [amount([1, 1, 4], "ratio", [0, 0, 1])], 1)
    assert np.isfinite(found.effects).all()


def test_people_with_weight_0_are_not_looked_at() -> None:
    (found,) = influences(design([1, 1, 1, 0]), [amount([1, 2, 6, 900])], 10)
    assert found.n == 3
    assert 4 not in found.rows
    assert found.group == 3


def test_counts_and_numbers_without_an_error_have_no_outliers() -> None:
    rate = Score("RATE", np.ones(3, np.bool_), np.array([1.0, 0, 1]), None, 0, False, "rate")
    same = amount([5, 5, 5])
    assert influences(design([1, 1, 1]), [rate], 5) == ()
    assert influences(design([1, 1, 1]), [same], 5) == ()
