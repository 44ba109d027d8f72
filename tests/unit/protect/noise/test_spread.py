"""How noise is spread."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.safeguards import CellKey
from cauce.protect.noise.spread import limits, spread

RULE = CellKey(variance=2, bound=5, least=1, ground="g")


@pytest.mark.parametrize("rule", [RULE, CellKey(4, 6, 3, "g"), CellKey(9, 10, 1, "g")])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 20])
def test_noise_has_mean_zero_and_the_variance_declared(rule, count):
    noise, chance = spread(count, rule)
    assert (chance > 0).all()
    assert chance.sum() == pytest.approx(1, abs=1e-12)
    assert chance @ noise == pytest.approx(0, abs=1e-9)
    assert chance @ noise**2 == pytest.approx(rule.variance, abs=1e-9)


def test_noise_makes_no_number_below_zero_and_none_below_the_least():
    """Of 2 with least 3: down to 0, or up to 3 and more."""
    noise, _ = spread(2, CellKey(4, 6, 3, "g"))
    assert (2 + noise).tolist() == [0, 3, 4, 5, 6, 7, 8]


def test_large_counts_have_the_same_noise_both_ways():
    noise, chance = spread(40, RULE)
    assert noise.tolist() == list(range(-5, 6))
    np.testing.assert_allclose(chance, chance[::-1], atol=1e-9)


def test_zero_stays_zero():
    noise, chance = spread(0, RULE)
    assert (noise.tolist(), chance.tolist()) == ([0], [1.0])


def test_the_largest_entropy_of_one_up_and_one_down_by_hand():
    """Bound 1 and variance ½: a quarter up, a quarter down, half as it is."""
    _, chance = spread(9, CellKey(0.5, 1, 1, "g"))
    np.testing.assert_allclose(chance, [0.25, 0.5, 0.25], atol=1e-9)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (CellKey(1.5, 6, 3, "g"), "count of 1 .* between 2 and 6"),
        (CellKey(5, 5, 1, "g"), "count of 1 .* between 0 and 5"),
    ],
)
def test_a_variance_no_noise_can_have_is_refused(rule, said):
    with pytest.raises(BadInput, match=said):
        spread(1, rule)


def test_noise_that_can_go_one_way_alone_has_no_variance():
    assert limits(np.array([0, 1, 2])) == (0.0, 0.0)
