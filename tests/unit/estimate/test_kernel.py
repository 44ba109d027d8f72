"""The compiled kernels are their Python; threads change no bit."""

import numpy as np
import pytest

from cauce.estimate import cube, design_from_labels, kernel, student
from cauce.estimate.cube import Estimates
from cauce.model.errors import MethodFailed
from cauce.model.sample import Score


def sample(policy: str = "average"):
    """Three hundred people in nine strata, one of them with a single PSU."""
    rng = np.random.default_rng(11)
    n = 300
    psu = rng.integers(0, 30, n)
    stratum = np.where(psu == 29, 8, psu // 4)
    weight = rng.uniform(1, 9, n) * (rng.random(n) > 0.05)
    design = design_from_labels(stratum, psu, weight, None, "survey", policy)
    sex, region = (rng.integers(0, k, n).astype(np.int32) for k in (2, 5))
    inside = rng.random(n) < 0.8
    lost = ~inside & (rng.random(n) < 0.5)
    y, x = rng.normal(40, 9, n), rng.uniform(1, 3, n)
    flag = (rng.random(n) < 0.3).astype(float)
    scores = [
        Score("t", inside, y, None, 0, True, "total"),
        Score("m", inside, y, None, int(lost.sum()), True, "mean", lost),
        Score("r", inside, flag, None, 0, False, "rate"),
        Score("q", np.ones(n, dtype=bool), y, x, 0, True, "ratio"),
    ]
    return design, [sex, region], [2, 5], [(), (0,), (0, 1)], scores


def same(a: tuple[Estimates, ...], b: tuple[Estimates, ...]) -> None:
    for one, other in zip(a, b, strict=True):
        for name in Estimates.__dataclass_fields__:
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("policy", ["average", "adjust", "certainty", "collapse"])
def test_python_and_machine_code_agree(policy: str, request) -> None:
    """Up to the last binary digits, which fused machine instructions round differently."""
    compiled = cube(*sample(policy))
    request.getfixturevalue("uncompiled")
    for one, other in zip(compiled, cube(*sample(policy)), strict=True):
        for name in Estimates.__dataclass_fields__:
            np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12)


@pytest.mark.parametrize("policy", ["average", "adjust", "certainty", "collapse"])
def test_the_walk_gives_the_same_bits_uncompiled(policy: str, monkeypatch) -> None:
    compiled = cube(*sample(policy))
    for name in ("bring", "close_psu", "close_stratum", "add_rows", "add_everywhere", "close_all"):
        monkeypatch.setattr(kernel, name, getattr(kernel, name).py_func)
    same(compiled, cube(*sample(policy)))


def test_one_thread_or_many_give_the_same_bits() -> None:
    found = [cube(*sample(), threads=count) for count in (1, 2, 7)]
    same(found[0], found[1])
    same(found[0], found[2])


@pytest.mark.parametrize("rows", [1, 7, 64, 300])
def test_how_many_rows_come_at_a_time_does_not_matter(rows: int, monkeypatch) -> None:
    found = cube(*sample())
    monkeypatch.setattr("cauce.estimate.rows.CHUNK", rows)
    centred = cube(*sample())
    # The pilot is taken from other rows then, so only what does not hang on it is the same.
    for one, other in zip(found, centred, strict=True):
        for name in ("value", "n", "psus", "strata", "cases", "missing"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        np.testing.assert_allclose(one.se, other.se, rtol=1e-12)


def test_more_respondents_than_can_be_counted_are_refused(monkeypatch) -> None:
    """Cases are counted in units of 67,108,864 respondents; so many are not at hand here."""
    monkeypatch.setattr(kernel, "CASE", 50.0)
    with pytest.raises(MethodFailed, match="Above 50 they cannot be counted: divide it"):
        cube(*sample())


def test_the_largest_contributors_are_found(uncompiled: None) -> None:
    codes = np.array([0, 0, 0, 1, 0], dtype=np.int32)
    top = kernel.two_largest(codes, 2, np.array([3.0, 1.0, 5.0, 2.0, 0.5]))
    assert top.tolist() == [[5.0, 3.0], [2.0, 0.0]]
    again = kernel.two_largest(codes, 2, np.array([5.0, 1.0, 3.0, 2.0, 0.5]))
    assert again.tolist() == [[5.0, 3.0], [2.0, 0.0]]


@pytest.mark.parametrize("df", [1, 2, 3, 7, 40, 999, 1001])
def test_the_quantiles_run_uncompiled(uncompiled: None, df: int) -> None:
    t = student.quantile_975(df)
    assert student.upper_tail(t, df) == pytest.approx(0.025, rel=1e-9)


def test_the_tail_is_known_near_the_middle(uncompiled: None) -> None:
    assert student.upper_tail(0.1, 5) == pytest.approx(0.4621, abs=1e-4)
    assert np.isnan(student.t_975(np.array([0]))[0])


def test_one_stratum_is_one_block(uncompiled: None) -> None:
    design = design_from_labels(np.zeros(4), np.arange(4), np.ones(4))
    score = Score("t", np.ones(4, dtype=bool), np.ones(4), None, 0, False, "total")
    assert cube(design, [], [], [()], [score])[0].value[0, 0] == 4
