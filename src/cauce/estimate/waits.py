"""How long people wait, with those who still wait: medians and their intervals."""

from dataclasses import dataclass
from math import comb
from statistics import NormalDist

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import MethodFailed

HALF = 0.5
TIED = float(np.finfo(np.float64).eps) ** 0.5
"""How near to one half is one half, as in R's `survival`."""


@dataclass(frozen=True)
class Median:
    """A median with its interval, in the unit of the waits; NaN where nothing can be said.

    `low` and `high` are NaN on a side on which the data set no bound. `n` waited, `ended` are over.
    """

    value: float
    low: float
    high: float
    n: int
    ended: int


@dataclass(frozen=True)
class Survival:
    """The share that still waits after each wait that ended, with its interval, shape (t,)."""

    time: Floats
    share: Floats
    low: Floats
    high: Floats


def median_wait(waits: Floats, ended: Flags, level: float = 0.95) -> Median:
    """The median wait by Kaplan and Meier: who still waits counts as waiting, not as nobody.

    Args:
        waits: how long each waited, until the end or until the day looked at, shape (n,).
        ended: whose wait is over, shape (n,).

    Raises:
        MethodFailed: nobody, or a wait below 0.

    Source: Kaplan & Meier (1958); interval of the median after Brookmeyer & Crowley (1982) from the
        log-log band of the curve (Kalbfleisch & Prentice 2002, section 1.4), as R's
        `survfit(conf.type = "log-log")`.
    """
    curve = survival(waits, ended, level)
    return Median(
        _falls(curve.share, curve.time),
        _falls(curve.low, curve.time),
        _falls(curve.high, curve.time),
        n=len(waits),
        ended=int(ended.sum()),
    )


def survival(waits: Floats, ended: Flags, level: float = 0.95) -> Survival:
    """The curve of those who still wait. Variance after Greenwood.

    Raises:
        MethodFailed: nobody, or a wait below 0.

    Source: Kaplan & Meier (1958); Greenwood (1926).
    """
    if not len(waits):
        raise MethodFailed("Nobody waited: there is no median of no one.")
    if not (waits >= 0).all():
        raise MethodFailed(f"{int((~(waits >= 0)).sum()):,} waits end before they began.")
    time: Floats = np.unique(waits)
    at_risk = len(waits) - np.searchsorted(np.sort(waits), time, side="left")
    ends = np.bincount(np.searchsorted(time, waits[ended]), minlength=len(time))
    share: Floats = np.cumprod(1 - ends / at_risk, dtype=np.float64)
    left = at_risk - ends
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(np.where(left > 0, ends / (at_risk * left), np.inf))
        inside = np.where((share > 0) & (share < 1), share, np.nan)
        half = NormalDist().inv_cdf(HALF + level / 2) * np.sqrt(variance) / np.log(inside)
        centre = np.log(-np.log(inside))
        low: Floats = np.exp(-np.exp(centre - half))
        high: Floats = np.exp(-np.exp(centre + half))
    return Survival(time, share, low, high)


def _falls(share: Floats, time: Floats) -> float:
    """When a curve falls to one half: where it stays there, the middle of the stay; else NaN."""
    below = np.flatnonzero(share < HALF + TIED)
    if not len(below):
        return float("nan")
    first = int(below[0])
    under = np.flatnonzero(share < share[first])
    if abs(share[first] - HALF) < TIED and len(under):
        return float((time[first] + time[under[0]]) / 2)
    return float(time[first])


def median_of_ended(waits: Floats, level: float = 0.95) -> Median:
    """The median of waits that are all over, between two of them, whatever their distribution.

    The bounds are waits of the list: the r-th smallest and the r-th largest, r the largest rank
    whose interval holds the median with at least `level`. Fewer than six have none at 95 %.

    Raises:
        MethodFailed: nobody.

    Source: Conover (1999), Practical Nonparametric Statistics, section 3.2; exact binomial.
    """
    count = len(waits)
    if not count:
        raise MethodFailed("Nobody waited: there is no median of no one.")
    ordered = np.sort(waits)
    rank = _rank(count, (1 - level) / 2)
    low, high = (ordered[rank - 1], ordered[count - rank]) if rank else (np.nan, np.nan)
    return Median(float(np.median(waits)), float(low), float(high), count, count)


def _rank(count: int, tail: float) -> int:
    """The largest r with P(Binomial(count, 1/2) < r) at most `tail`; 0 if there is none."""
    whole, below, rank = 2**count, 0, 0
    while below + comb(count, rank) <= tail * whole:
        below += comb(count, rank)
        rank += 1
    return rank
