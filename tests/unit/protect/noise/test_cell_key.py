"""Noise by cell keys, over many sets of records under one fixed secret."""

import numpy as np
import pytest

from cauce.model.safeguards import CellKey
from cauce.protect.noise.cell_key import cell_key_noise, chances

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
RULE = CellKey(variance=2, bound=5, least=1, ground="g")
MANY = 40_000
KEYS = np.arange(MANY, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


@pytest.mark.parametrize("count", [1, 3, 6, 500])
def test_the_noise_of_many_cells_has_the_mean_and_variance_declared(count):
    """Four standard errors of the mean, and of the variance by the fourth moment, at most."""
    noise = cell_key_noise(np.full(MANY, count), KEYS, RULE, SECRET)
    mean, variance = noise.mean(), noise.var()
    assert abs(mean) < 4 * (RULE.variance / MANY) ** 0.5
    assert abs(variance - 2) < 4 * ((noise.astype(float) ** 4).mean() / MANY) ** 0.5
    assert abs(noise).max() <= RULE.bound
    assert (count + noise).min() >= 0


def test_the_same_records_have_the_same_noise_and_other_secrets_another():
    counts = np.full(100, 20)
    once = cell_key_noise(counts, KEYS[:100], RULE, SECRET)
    again = cell_key_noise(counts[::-1], KEYS[:100][::-1], RULE, SECRET)[::-1]
    assert (once == again).all()
    assert (once != cell_key_noise(counts, KEYS[:100], RULE, OTHER)).any()


def test_zero_stays_zero_whatever_its_key():
    assert not cell_key_noise(np.zeros(50, dtype=np.int64), KEYS[:50], RULE, SECRET).any()


def test_what_is_drawn_for_one_purpose_says_nothing_of_another():
    one, two = (chances(KEYS[:2000], SECRET, purpose) for purpose in ("a", "b"))
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.1
    assert ((one >= 0) & (one < 1)).all()


def test_the_noise_of_a_sum_is_not_the_sum_of_noises():
    """Else a reader would add it up; it is said in the words of the method."""
    parts = cell_key_noise(np.full(200, 20), KEYS[:200], RULE, SECRET)
    pairs = parts[::2] + parts[1::2]
    whole = cell_key_noise(np.full(100, 40), KEYS[:200:2] + KEYS[1:200:2], RULE, SECRET)
    assert (pairs != whole).any()
