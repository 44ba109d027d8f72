"""Kappa of two coders, by hand and beside another program."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from cauce.outlook.coding import agreement, in_or_out


def table(counts: dict[tuple[str, str], int]) -> tuple[list[str], list[str]]:
    pairs = [pair for pair, count in counts.items() for _ in range(count)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def test_kappa_by_hand() -> None:
    """Agreed 0.7; by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5; kappa 0.2 ÷ 0.5 = 0.4."""
    one, other = table({("a", "a"): 40, ("a", "b"): 10, ("b", "a"): 20, ("b", "b"): 30})
    found = agreement(one, other)

    assert (found.n, found.agreed) == (100, pytest.approx(0.7))
    assert found.kappa == pytest.approx(0.4)
    assert found.low < 0.4 < found.high


def test_kappa_is_that_of_scikit_learn() -> None:
    chance = np.random.default_rng(4)
    one = chance.choice(list("abcde"), 400)
    other = np.where(chance.random(400) < 0.6, one, chance.choice(list("abcde"), 400))

    assert agreement(one, other).kappa == pytest.approx(cohen_kappa_score(one, other), abs=1e-12)


def test_the_error_of_kappa_is_that_of_the_jackknife_in_large_samples() -> None:
    one, other = table({("a", "a"): 300, ("a", "b"): 60, ("b", "a"): 90, ("b", "b"): 250,
                        ("c", "c"): 200, ("c", "a"): 50})  # fmt: skip
    found = agreement(one, other)
    n = found.n
    kinds = sorted(set(zip(one, other, strict=True)))
    counts = [sum(pair == kind for pair in zip(one, other, strict=True)) for kind in kinds]
    without = []
    for kind in kinds:
        at = list(zip(one, other, strict=True)).index(kind)
        without.append(agreement(one[:at] + one[at + 1 :], other[:at] + other[at + 1 :]).kappa)
    mean = np.average(without, weights=counts)
    jackknife = ((n - 1) / n * np.sum(np.array(counts) * (np.array(without) - mean) ** 2)) ** 0.5

    assert found.se == pytest.approx(jackknife, rel=0.01)


def test_kappa_of_few_pairs_is_not_said() -> None:
    assert agreement(["a"] * 29, ["a"] * 29).why == "too few"
    assert np.isnan(agreement([], []).agreed)


def test_kappa_of_one_code_does_not_exist() -> None:
    found = agreement(["a"] * 40, ["a"] * 40)

    assert (found.why, found.agreed) == ("one code only", 1.0)
    assert np.isnan(found.kappa)


def test_a_group_is_compared_with_the_rest() -> None:
    assert in_or_out(["7112", "5120"], "7") == ["in", "out"]
