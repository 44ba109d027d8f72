"""Laws of quantiles, Gini, gaps, shares and dissimilarity, whatever the sample."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.estimate import Estimates
from cauce.estimate.answers import Answers, Question
from cauce.estimate.sweep import Sweep
from cauce.model.design import Design
from cauce.model.indicator import Indicator
from cauce.model.sample import Score
from cauce.model.text import Text

WORD = Text("x", "x")
COMPARED = ("difference", "relative_gap", "quotient", "factor_gap", "dissimilarity")
MORE = {
    "quantile": {"p": (0.5,)},
    "quantile_ratio": {"p": (0.9, 0.1)},
    "low": {"p": (0.5,), "fraction": 2 / 3},
    "share": {"within": "W"},
}
WITHOUT_UNIT = ("quantile_ratio", "gini", "low", "relative_gap", "quotient", "factor_gap", "share")


def everything(seed: int, scale: float = 1.0, heavier: float = 1.0, mixed: bool = False):
    """Every estimator in three groups of a random sample, its rows in order or mixed."""
    random = np.random.default_rng(seed)
    n = 120
    psu = np.sort(random.integers(0, 12, n))
    design = Design(psu // 4, psu, random.uniform(0.5, 9, n) * heavier, single_psu="adjust")
    pay, men = np.round(random.lognormal(6, 0.6, n), 0) * scale, random.random(n) < 0.5
    group, code = (random.integers(0, size, n).astype(np.int32) for size in (3, 4))
    inside = random.random(n) < 0.9
    order = random.permutation(n) if mixed else np.arange(n)
    rows = {name: getattr(design, name)[order] for name in ("stratum", "psu", "weight")}
    design = replace(design, **rows)
    pay, men, group, code, inside = (a[order] for a in (pay, men, group, code, inside))
    answers = Answers(Sweep(design), [group, code], [3, 6])
    questions = []
    for name in ("quantile", "quantile_ratio", "gini", "low", "share", *COMPARED):
        people = name in ("share", "dissimilarity")
        score = Score(name, inside, np.ones(n) if people else pay, None, 0, not people, name)
        if name in COMPARED:
            score = replace(score, first=men, second=~men, factors=(code,), across=code)
        dims = frozenset({(0, 1)} if name == "share" else {(0,)})
        own = Indicator(name, WORD, WORD, name, "", "", "", "", 1, 1, "", **MORE.get(name, {}))
        questions.append(Question(own, score, dims, 1, 4))
    answers.ask(questions)
    return {name: found for (name, _), found in answers.found.items() if "/" not in name}


def close(one: Estimates, other: Estimates, factor: float = 1.0) -> None:
    for name in ("value", "se", "ci_low", "ci_high"):
        np.testing.assert_allclose(
            getattr(one, name) * factor, getattr(other, name), rtol=1e-6, atol=1e-9
        )
    for name in ("n", "cases", "psus", "df", "missing"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    found, mixed = everything(seed), everything(seed, mixed=True)
    for name, one in found.items():
        close(one, mixed[name])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.01, 0.5, 3.0, 1000.0]))
def test_the_scale_of_weights_does_not_matter(seed: int, heavier: float) -> None:
    found, other = everything(seed), everything(seed, heavier=heavier)
    for name, one in found.items():
        close(one, other[name])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.25, 2.0, 1024.0]))
def test_a_currency_changes_amounts_and_nothing_without_a_unit(seed: int, scale: float) -> None:
    found, other = everything(seed), everything(seed, scale=scale)
    for name, one in found.items():
        close(one, other[name], 1.0 if name in (*WITHOUT_UNIT, "dissimilarity") else scale)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_what_lies_between_0_and_1_stays_there_and_shares_add_up(seed: int) -> None:
    found = everything(seed)
    for name in ("gini", "low", "share", "dissimilarity"):
        one = found[name]
        for values in (one.value, one.ci_low, one.ci_high):
            known = values[np.isfinite(values)]
            assert ((known >= 0) & (known <= 1 + 1e-12)).all()
    assert np.isclose(np.nansum(found["share"].value), 3)
