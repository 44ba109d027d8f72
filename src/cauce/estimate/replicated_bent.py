"""Errors of what is no total or ratio from replicate weights: each replicate makes it again.

Source: Wolter (2007), Introduction to Variance Estimation, 2nd edition, chapters 3 to 5; that a
jackknife of PSUs gives no error of a function of quantiles, Rao, Wu & Yue (1992), Survey
Methodology 18.
"""

from dataclasses import replace

import numpy as np

from cauce.estimate import amounts, replicated_parts, replicated_sorted
from cauce.estimate.cube import Estimates
from cauce.estimate.grouping import Grouping
from cauce.estimate.influence import told
from cauce.estimate.questions import Asked, Dims, Question
from cauce.estimate.replicated import quotients
from cauce.estimate.replicated_blocks import step_of, weights_of
from cauce.estimate.replicated_sums import Replicas
from cauce.model.arrays import Floats
from cauce.model.errors import MethodFailed
from cauce.model.indicator import LINEAR, Estimator
from cauce.model.sample import Score

UNSMOOTH: tuple[Estimator, ...] = ("quantile_ratio", "low")


def with_replicates(
    answers: Asked, replicas: Replicas, q: Question, dims: Dims, found: Estimates
) -> Estimates:
    """The estimates of cells with the error of their replicates in place of a linearised one."""
    variance = replicas.variance(deviations(answers, replicas, q, dims))
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.where(np.isfinite(found.se), np.sqrt(variance), np.nan)
        deff = found.deff * np.where(found.se > 0, variance / found.se**2, np.nan)
    return told(q.indicator.estimator, replace(found, se=se, deff=deff))


def deviations(answers: Asked, replicas: Replicas, q: Question, dims: Dims) -> Floats:
    """How far an estimate lies from itself under each replicate, shape (cells, replicates).

    Raises:
        MethodFailed: the replicates are a jackknife and the estimate is made of quantiles.
    """
    kind, grouping, weight = q.indicator.estimator, answers.grouping(dims), answers.weight
    if kind in UNSMOOTH:
        refuse_jackknife(replicas, q.indicator.id)
        return _resorted(answers, replicas, q, dims)
    if kind == "gini":
        return _resorted(answers, replicas, q, dims)
    if kind in LINEAR:
        parts = replicated_parts.plain(q.score, grouping)
    elif kind == "share":
        whole = answers.grouping(tuple(d for d in dims if d != q.within))
        codes = answers.classifiers[q.within]
        parts = replicated_parts.share(q.score, codes, q.known, grouping, whole)
    elif kind == "factor_gap":
        parts = replicated_parts.by_factor(q.score, grouping, weight)
    elif kind == "dissimilarity":
        parts = replicated_parts.unlike(q.score, grouping)[1]
    else:
        parts = replicated_parts.two_domains(kind, q.score, grouping)
    return replicated_parts.off(answers.sweep.rows, replicas, parts)


def variances_of(answers: Asked, score: Score, grouping: Grouping) -> Floats | None:
    """The variances of the differences an index of dissimilarity adds up; None if linearised."""
    replicas = answers.sweep.rows.replication
    if replicas is None or score.across is None:
        return None
    parts = replicated_parts.unlike(score, grouping)[0]
    return replicas.variance(replicated_parts.off(answers.sweep.rows, replicas, parts))


def refuse_jackknife(replicas: Replicas, indicator: str) -> None:
    """Raises MethodFailed: quantiles move in steps, which leaving a PSU out does not show."""
    if replicas.jackknife:
        raise MethodFailed(
            f"{indicator} is made of quantiles, and a jackknife gives no error of those. Take it "
            'out, or make bootstrap replicates: [design.replicates] made = "bootstrap".'
        )


def _resorted(answers: Asked, replicas: Replicas, q: Question, dims: Dims) -> Floats:
    """The same of what needs the amounts in order, some replicates at a time."""
    rows = answers.sweep.rows
    found = np.empty((answers.grouping(dims).size, replicas.count))
    step = step_of(len(rows.weight))
    for first in range(0, replicas.count, step):
        last = min(first + step, replicas.count)
        weights = weights_of(replicas, rows.weight, rows.psu, first, last)
        found[:, first:last] = _again(answers, q, dims, weights)
    whole = _again(answers, q, dims, np.ascontiguousarray(rows.weight[:, None]))
    difference: Floats = found - whole
    return difference


def _again(answers: Asked, q: Question, dims: Dims, weights: Floats) -> Floats:
    """The estimate of each cell under some weights, (cells, replicates)."""
    ordered = _everybody_in_order(answers, q, dims)
    out = np.empty((len(ordered.starts) - 1, weights.shape[1]))
    own = ordered.places, ordered.starts, ordered.y, weights
    if q.indicator.estimator == "gini":
        replicated_sorted.gini(*own, out)
        return out
    if q.indicator.estimator == "quantile_ratio":
        below = np.empty_like(out)
        replicated_sorted.quantiles(*own, q.indicator.p[0], out)
        replicated_sorted.quantiles(*own, q.indicator.p[1], below)
        return quotients(out, np.where(below > 0, below, 0.0))
    every = _everybody_in_order(answers, q, ())
    line = np.empty((1, weights.shape[1]))
    replicated_sorted.quantiles(every.places, every.starts, *own[2:], q.indicator.p[0], line)
    replicated_sorted.share_below(*own, q.indicator.fraction * line[0], out)
    return out


def _everybody_in_order(answers: Asked, q: Question, dims: Dims) -> amounts.InOrder:
    """Also those whose weight is 0 in the survey: a replicate may count them."""
    order = answers.order_of(q)
    return amounts.in_order(q.score, answers.grouping(dims), np.ones(len(answers.weight)), order)
