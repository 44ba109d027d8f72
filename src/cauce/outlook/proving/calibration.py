"""What past errors say of the width of intervals: variances are multiplied until they agree."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from cauce.model.arrays import Flags, Floats
from cauce.model.scorecard import Coverage
from cauce.outlook.proving.trials import Trials

LEAST = 1.2
"""The least inflation: the first horizons of a short history teach too little to go without one.

Domain page outlook, section 4.9, has 2, chosen for a filter that gave itself too little (54 to 76
of 80 %), and asks to tune it anew. Ours averages over how shares may move, and its own intervals
hold 67 to 88 %; with 2, half of the cells held more than 90. `bench/backtest_demo.py` prints what
this one achieves.
"""
NOMINAL = (0.5, 0.8)
ROUNDS = 12


@dataclass(frozen=True)
class Inflation:
    """What the variances of a method are multiplied by at each horizon, shape (h,).

    `learnt` is what past errors say, NaN where there are none; `errors` is from how many.
    """

    factor: Floats
    learnt: Floats
    errors: Floats


def inflation(past: Sequence[Trials], method: str, least: float) -> Inflation:
    """k = max(least, what past errors say) by horizon, pooled over origins, cells and countries.

    A squared error is expected to be v + kσ²: v is the sampling variance of the observed number,
    which is no error of the forecast. k is the moment estimate with each error weighed by how well
    it is known, in each country by itself: one with little noise must not speak for all. A horizon
    that the past does not reach takes the largest of the shorter ones times the root of how much
    farther it is: where a slope is wrong, squared errors grow faster than the model's variance.

    Args:
        past: back-tests of one level at the same horizons, of each country its own.
        least: the floor, as `LEAST`.

    Source: domain page outlook, section 4.9, weighed by DerSimonian & Kacker (2007), Contemporary
    Clinical Trials 28:105; without weights the noisiest cells decide.
    """
    parts = [[_learnt(one, method, at) for one in past] for at in range(len(past[0].horizons))]
    count = np.array([[errors for _, errors in each] for each in parts], dtype=np.float64)
    k = np.array([[factor for factor, _ in each] for each in parts])
    told = np.where(count > 0, k * count, 0.0).sum(axis=1)
    learnt = np.where(count.any(axis=1), told / np.maximum(count.sum(axis=1), 1), np.nan)
    known = np.isfinite(learnt)
    before = np.maximum.accumulate(np.where(known, np.arange(len(learnt)), -1))
    farther = np.sqrt(past[0].horizons / past[0].horizons[before])
    reached = np.where(before >= 0, learnt[before] * farther, least)
    return Inflation(np.maximum(reached, least), learnt, count.sum(axis=1))


def _learnt(one: Trials, method: str, at: int) -> tuple[float, int]:
    """k of one country at one horizon, and from how many errors; NaN and 0 if there are none."""
    if method not in one.value:
        return float("nan"), 0
    error, variance = log_error(one, method)[:, at], one.variance[method][:, at]
    told = np.isfinite(error) & (variance > 0)
    if not told.any():
        return float("nan"), 0
    return _moment(error[told] ** 2, one.noise[:, at][told], variance[told]), int(told.sum())


def log_error(one: Trials, method: str) -> Floats:
    """Log observed less log forecast, shape (o, h, c); NaN where either is missing or 0."""
    value = one.value[method]
    both: Flags = (value > 0) & (one.observed > 0)
    return np.log(np.where(both, one.observed, np.nan)) - np.log(np.where(both, value, np.nan))


def _moment(squared: Floats, noise: Floats, variance: Floats) -> float:
    k = 1.0
    for _ in range(ROUNDS):
        weight = 1 / (noise + k * variance) ** 2
        above = (weight * variance * (squared - noise)).sum()
        k = max(float(above / (weight * variance**2).sum()), 0.05)
    return k


def coverages(one: Trials, method: str, factor: float | Floats, at: int) -> tuple[Coverage, ...]:
    """Achieved coverage of the nominal levels at one horizon, over all origins and cells.

    An observed number counts as covered if it lies in the interval widened by its own sampling
    error; a truth without error (`noise` 0) if it lies in the interval.

    Args:
        factor: the inflation, or that of each origin, shape (o,).
    """
    error = log_error(one, method)[:, at]
    spread = one.variance[method][:, at] * np.reshape(factor, (-1, 1))
    told = np.isfinite(error) & (spread > 0)
    return tuple(
        _coverage(each, error[told], spread[told], one.noise[:, at][told]) for each in NOMINAL
    )


def _coverage(nominal: float, error: Floats, spread: Floats, noise: Floats) -> Coverage:
    if not len(error):
        return Coverage(nominal, np.nan, np.nan)
    z = float(ndtri((1 + nominal) / 2))
    inside = np.abs(error) <= z * np.sqrt(spread + noise)
    width = 2 * np.sinh(z * np.sqrt(spread))
    return Coverage(nominal, float(inside.mean()), float(width.mean()))


def crps(error: Floats, variance: Floats) -> Floats:
    """Continuous ranked probability score of normal forecasts; the absolute error if σ is unknown.

    Source: Gneiting & Raftery (2007), Strictly proper scoring rules, JASA 102(477), equation 21.
    """
    known = variance > 0
    sigma = np.sqrt(np.where(known, variance, 1.0))
    z = error / sigma
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    scored = sigma * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))
    return np.where(known, scored, np.abs(error))
