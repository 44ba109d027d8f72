"""What each respondent's weight moves an estimate by, and the error that follows.

An estimate of a cell that is no total or ratio is linearised: z_i is how much it moves when the
weight of respondent i does. Its variance is that of the total of z, which the compiled pass gives
for all cells at once, because each respondent is in one cell of a grouping.

Source: Deville (1999), Variance estimation for complex statistics and estimators: linearization and
residual techniques, Survey Methodology 25; Osier (2009), Variance estimation for complex indicators
of poverty and inequality using linearization techniques, Survey Research Methods 3.
"""

from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate.cube import Estimates
from cauce.estimate.intervals import gap_interval, logit_interval, positive_interval, t_interval
from cauce.estimate.student import t_975
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.indicator import PROPORTIONS, Estimator
from cauce.model.sample import Score


@dataclass(frozen=True)
class Influence:
    """An estimate of every cell and what moves it.

    `value` has shape (cells,), `z` and `inside` (n,); `cases`, of shape (cells,), counts those
    inside whose amount is not 0. Where `still`, nothing varied among the respondents of the cell,
    so that an error of 0 would say nothing: it is then not known.
    """

    value: Floats
    z: Floats
    inside: Flags
    cases: Ints
    still: Flags


def score_of_z(score: Score, influence: Influence) -> Score:
    """The total of z as a score; whoever is missing stays missing."""
    return Score(
        indicator=score.indicator,
        inside=influence.inside,
        numerator=influence.z,
        denominator=None,
        missing=score.missing,
        magnitude=True,
        estimator="total",
        missing_rows=score.missing_rows,
    )


def with_error(estimator: Estimator, influence: Influence, total: Estimates) -> Estimates:
    """The estimates of cells with the error of the total of z, each array of shape (cells,)."""
    known = np.isfinite(influence.value) & ~influence.still
    value = np.where(total.n > 0, influence.value, np.nan)
    se = np.where(known & (total.n > 0), total.se, np.nan)
    deff = np.where(known, total.deff, np.nan)
    return told(estimator, replace(total, value=value, se=se, deff=deff))


def told(estimator: Estimator, found: Estimates) -> Estimates:
    """The estimates with what follows from value, se, deff and df: cv, ess and the interval."""
    t = t_975(found.df)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(found.value != 0, found.se / np.abs(found.value), np.nan)
        ess = np.where(found.deff > 0, found.n / found.deff, np.nan)
    low, high = interval(estimator, found.value, found.se, t, found.n)
    return replace(found, cv=cv, ess=ess, ci_low=low, ci_high=high)


def interval(
    estimator: Estimator, value: Floats, se: Floats, t: Floats, n: Ints
) -> tuple[Floats, Floats]:
    """The 95 % interval on the scale that suits what is estimated.

    Proportions and Gini lie between 0 and 1: logit. Quotients are positive: logarithm; so is what a
    relative gap is taken from 1 of.
    """
    if estimator == "gini":
        inner = np.where((value > 0) & (value < 1), value, np.nan)
        return logit_interval(inner, se, t, n)
    if estimator in PROPORTIONS:
        return logit_interval(value, se, t, n)
    if estimator in ("quotient", "quantile_ratio"):
        return positive_interval(value, se, t)
    if estimator in ("relative_gap", "factor_gap"):
        return gap_interval(value, se, t)
    low, high = t_interval(value, se, t)
    if estimator == "dissimilarity":
        return np.maximum(low, 0.0), np.minimum(high, 1.0)
    return low, high
