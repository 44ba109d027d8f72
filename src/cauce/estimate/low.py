"""The share of people below a fraction of a quantile that is itself an estimate."""

from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate.amounts import InOrder, Quantiles
from cauce.estimate.cube import Estimates
from cauce.estimate.grouping import Grouping
from cauce.estimate.influence import told
from cauce.estimate.sweep import Sweep
from cauce.model.arrays import Floats
from cauce.model.sample import Score


@dataclass(frozen=True)
class Threshold:
    """A fraction of a quantile of everyone in the universe, and what is known of its error.

    `low` and `high` are the threshold at the ends of the quantile's interval and `span` the orders
    between these. `deviation`, of shape (n,), carries the covariance of the quantile's order with
    any total, `variance` is its variance.
    """

    value: float
    low: float
    high: float
    span: float
    deviation: Floats
    variance: float


def threshold(
    sweep: Sweep, ordered: InOrder, quantile: Quantiles, p: float, fraction: float
) -> Threshold:
    """The threshold from the quantile of everyone inside; NaN if it is not above 0."""
    weight = np.where(ordered.inside, ordered.weight, 0.0)
    rank = (ordered.y <= quantile.value[0]) - p
    z = weight * rank / max(weight.sum(), np.finfo(np.float64).tiny)
    deviation = sweep.deviations(z)
    value = fraction * float(quantile.value[0])
    return Threshold(
        value=value if value > 0 else np.nan,
        low=fraction * float(quantile.ends[0][0]),
        high=fraction * float(quantile.ends[1][0]),
        span=float(quantile.span[0]),
        deviation=deviation,
        variance=float((z * deviation).sum()),
    )


def low_score(score: Score, found: Threshold) -> Score:
    """The rate of those below the threshold, as if it were known."""
    below = score.inside & (score.numerator < found.value)
    return replace(score, numerator=below.astype(np.float64), magnitude=False, estimator="rate")


def moved_by(ordered: InOrder, found: Threshold) -> Floats:
    """How much the share below moves when the order of the line's quantile does, (cells,)."""
    return (ordered.share_below(found.high) - ordered.share_below(found.low)) / found.span


def with_threshold(
    rate: Estimates, ordered: InOrder, grouping: Grouping, found: Threshold
) -> Estimates:
    """The rate below with the threshold's own error and its covariance with the cell.

    Where the share below moves by b when the order of the quantile does by 1, the estimate moves by
    a_i - b (1[y_i <= Q] - p) / N: variance v(a, a) - 2 b v(a, r) + b² v(r, r). b is taken between
    the ends of the quantile's interval, so that no density has to be smoothed.
    """
    moved = moved_by(ordered, found)
    cell, weight = grouping.cell, np.where(ordered.inside, ordered.weight, 0.0)
    own = np.bincount(cell, weight, grouping.size)
    below = np.where(ordered.y < found.value, 1.0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        a = (below - rate.value[cell]) / own[cell]
    both = np.bincount(cell, np.where(weight > 0, weight * a * found.deviation, 0.0), grouping.size)
    variance = rate.se**2 - 2 * moved * both + moved**2 * found.variance
    se = np.sqrt(np.maximum(variance, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = rate.deff * np.where(rate.se > 0, variance / rate.se**2, np.nan)
    # Without a threshold nobody can be said to lie below it.
    value = rate.value + 0.0 * found.value
    se = np.where(np.isfinite(value), se, np.nan)
    return told("low", replace(rate, value=value, se=se, deff=deff))
