"""Laws of replicate weights: true whatever the sample."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.estimate import cube
from cauce.estimate.rows import rows_of
from cauce.model.design import Design
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Score

JACKKNIFE = Replication(Replicates(made="jkn", mse=True))
Survey = tuple[Design, np.ndarray, tuple[Score, ...]]


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Up to five strata of two to four PSUs of one to four people, in three classes."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    psus = np.array(draw(st.lists(st.integers(2, 4), min_size=1, max_size=5)))
    people = random.integers(1, 5, psus.sum())
    psu = np.repeat(np.arange(psus.sum()), people)
    n = len(psu)
    design = Design(np.repeat(np.arange(len(psus)), psus)[psu], psu, random.uniform(0.1, 9, n))
    y, flag = random.normal(5, 1, n), (random.random(n) < 0.4) * 1.0
    inside = random.random(n) < 0.9
    scores = (
        Score("total", inside, y, None, 0, True, "total"),
        Score("rate", inside, flag, None, 0, False, "rate"),
        Score("mean", inside, y, None, 0, True, "mean"),
    )
    return design, random.integers(0, 3, n).astype(np.int32), scores


def errors(design: Design, survey: Survey) -> Any:
    return cube(design, [survey[1]], [3], [(0,)], survey[2])[0]


@settings(deadline=None)
@given(surveys())
def test_the_jackknife_of_a_total_is_its_linearised_error(survey: Survey) -> None:
    """A total is linear: what leaving PSUs out finds is what linearisation finds, exactly."""
    linear = errors(survey[0], survey)
    jackknife = errors(replace(survey[0], replication=JACKKNIFE), survey)
    np.testing.assert_allclose(jackknife.se[:, 0], linear.se[:, 0], rtol=1e-9, atol=1e-9)


@settings(deadline=None)
@given(surveys(), st.floats(0.001, 1000), st.sampled_from(["jkn", "bootstrap"]))
def test_replicates_do_not_care_about_the_scale_of_weights(
    survey: Survey, factor: float, made: Any
) -> None:
    said = Replication(Replicates(made=made, count=12, seed=5))
    design = replace(survey[0], replication=said)
    one = errors(design, survey)
    other = errors(replace(design, weight=design.weight * factor), survey)
    np.testing.assert_allclose(other.se[:, 0], one.se[:, 0] * factor, rtol=1e-8)
    np.testing.assert_allclose(other.se[:, 1:], one.se[:, 1:], rtol=1e-6, atol=1e-9)
    assert np.array_equal(one.df, other.df)


@settings(deadline=None)
@given(surveys())
def test_made_replicates_are_what_the_same_columns_would_give(survey: Survey) -> None:
    """Sums by PSU times their factors, and a pass over n columns: two ways to one number."""
    said = Replication(Replicates(made="bootstrap", count=15, seed=9))
    design = replace(survey[0], replication=said)
    made: Any = rows_of(design, ()).replication
    drawn = made.made
    factors = drawn.steady[:, None] + drawn.moving[:, None] * drawn.counts
    own = Replication(Replicates("bootstrap", combined=False), factors[design.psu])
    one, other = errors(design, survey), errors(replace(design, replication=own), survey)
    np.testing.assert_allclose(other.se, one.se, rtol=1e-8, atol=1e-10)


@settings(deadline=None)
@given(surveys(), st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_nothing(survey: Survey, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(survey[1]))
    mixed = tuple(
        replace(score, inside=score.inside[order], numerator=score.numerator[order])
        for score in survey[2]
    )
    design = replace(survey[0], replication=JACKKNIFE)
    moved = replace(
        design,
        stratum=design.stratum[order],
        psu=design.psu[order],
        weight=design.weight[order],
    )
    one = errors(design, survey)
    other = errors(moved, (moved, survey[1][order], mixed))
    np.testing.assert_allclose(other.se, one.se, rtol=1e-7, atol=1e-9)
    assert np.array_equal(one.df, other.df)
