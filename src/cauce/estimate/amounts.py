"""How an amount is distributed in every cell: quantiles, their ratio, Gini."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate import sorted_kernel
from cauce.estimate.cube import Estimates
from cauce.estimate.grouping import Grouping
from cauce.estimate.influence import Influence
from cauce.estimate.student import t_975
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.sample import Score


@dataclass(frozen=True)
class InOrder:
    """Who is inside, cell by cell and within each by amount.

    `places` are rows, `starts` where in them a cell begins, `total` the weights summed up within
    the cell.
    """

    y: Floats
    weight: Floats
    inside: Flags
    places: Ints
    starts: Ints
    total: Floats

    def quantiles(self, p: Floats | float) -> Floats:
        """The least amount up to which p of the weight lies, shape (cells,).

        Source: Hyndman & Fan (1996), Sample quantiles in statistical packages, type 1.
        """
        orders = np.broadcast_to(np.asarray(p, dtype=np.float64), (len(self.starts) - 1,)).copy()
        found: Floats = sorted_kernel.quantiles(
            self.places, self.starts, self.y, self.total, orders
        )
        return found

    def share_below(self, bound: Floats | float) -> Floats:
        """The share of the weight below a bound, shape (cells,)."""
        bounds = np.broadcast_to(np.asarray(bound, dtype=np.float64), (len(self.starts) - 1,))
        found: Floats = sorted_kernel.share_below(
            self.places, self.starts, self.y, self.total, bounds.copy()
        )
        return found

    def all_same(self) -> Flags:
        """Whether a cell has one amount only, or nobody."""
        last = np.maximum(self.starts[1:] - 1, 0)
        first = np.minimum(self.starts[:-1], max(len(self.places) - 1, 0))
        if len(self.places) == 0:
            return np.ones(len(last), dtype=np.bool_)
        ends = self.y[self.places[last]], self.y[self.places[first]]
        same: Flags = (ends[0] == ends[1]) | (self.starts[1:] == self.starts[:-1])
        return same


@dataclass(frozen=True)
class Quantiles:
    """A quantile of every cell with its interval; arrays of shape (cells,).

    `ends` are the amounts at the ends of the interval of the quantile's order, which is `span`
    wide; `low` and `high` are the same unless that is a single amount.
    """

    value: Floats
    low: Floats
    high: Floats
    ends: tuple[Floats, Floats]
    span: Floats

    @property
    def slope(self) -> Floats:
        """How much the quantile moves when its order does."""
        return (self.ends[1] - self.ends[0]) / self.span


def by_amount(score: Score) -> Ints:
    """Everybody's rows by their amount."""
    return np.argsort(score.numerator, kind="stable")


def in_order(score: Score, grouping: Grouping, weight: Floats, order: Ints) -> InOrder:
    inside = score.inside & (weight > 0)
    places, starts = sorted_kernel.by_cell(order, grouping.cell, inside, grouping.size)
    total = sorted_kernel.running(places, starts, weight)
    return InOrder(score.numerator, weight, inside, places, starts, total)


def rank_score(score: Score, grouping: Grouping, quantile: Floats) -> Score:
    """The rate of those who have at most their cell's quantile."""
    at_most = score.inside & (score.numerator <= quantile[grouping.cell])
    return replace(
        score,
        numerator=at_most.astype(np.float64),
        denominator=None,
        magnitude=False,
        estimator="rate",
    )


def woodruff(ordered: InOrder, value: Floats, p: float, rank: Estimates) -> Quantiles:
    """The interval of a quantile: that of its order, turned back into amounts.

    The interval of the order is worked out on the logit scale. Where many have the same amount it
    may turn back into a single one; then the next amounts on either side are its ends.

    Source: Woodruff (1952), Confidence intervals for medians and other position measures, JASA 47.
    """
    t = t_975(rank.df)
    with np.errstate(over="ignore", invalid="ignore"):
        half = t * rank.se / (p * (1 - p))
        middle = np.log(p / (1 - p))
        # Nobody above: how far up the quantile may lie is not to be seen.
        half = np.where((rank.value < 1) & (rank.se > 0), half, np.nan)
        orders = 1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))
    low, high = (ordered.quantiles(order) for order in orders)
    below, above = sorted_kernel.neighbours(ordered.places, ordered.starts, ordered.y, value)
    single = low == high
    return Quantiles(
        value=value,
        low=np.where(single, below, np.minimum(low, value)),
        high=np.where(single, above, np.maximum(high, value)),
        ends=(low, high),
        span=orders[1] - orders[0],
    )


def quantile_estimates(found: Quantiles, rank: Estimates) -> Estimates:
    """A quantile with the counts of its rank; half the interval stands for t errors."""
    t = t_975(rank.df)
    se = (found.high - found.low) / (2 * t)
    known = np.isfinite(se)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(found.value != 0, se / np.abs(found.value), np.nan)
    return replace(
        rank,
        value=found.value,
        se=se,
        cv=cv,
        ci_low=np.where(known, found.low, np.nan),
        ci_high=np.where(known, found.high, np.nan),
    )


def quantile_ratio(
    ordered: InOrder, grouping: Grouping, p: Sequence[float], found: Sequence[Quantiles]
) -> Influence:
    """The quantile of order p[0] over that of p[1], with both errors and their covariance."""
    above, below = found
    cell, inside = grouping.cell, ordered.inside
    weight = np.bincount(cell, np.where(inside, ordered.weight, 0.0), grouping.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(below.value > 0, above.value / below.value, np.nan)
        moved = above.slope / below.value, -value * below.slope / below.value
        z = np.zeros(len(inside))
        for order, own, factor in zip(p, found, moved, strict=True):
            rank = (ordered.y <= own.value[cell]) - order
            z -= np.where(inside, rank * (factor / weight)[cell], 0.0)
    still = ~np.isfinite(above.slope) | ~np.isfinite(below.slope)
    still |= (above.slope == 0) & (below.slope == 0)
    usable = np.isfinite(z) & inside
    return Influence(value, np.where(usable, z, 0.0), inside, cases(ordered, grouping), still)


def gini(ordered: InOrder, grouping: Grouping) -> Influence:
    """The Gini coefficient; of amounts below 0, or that add up to nothing, there is none."""
    value, z = np.zeros(grouping.size), np.zeros(len(ordered.y))
    sorted_kernel.gini(ordered.places, ordered.starts, ordered.y, ordered.weight, value, z)
    return Influence(value, z, ordered.inside, cases(ordered, grouping), ordered.all_same())


def cases(ordered: InOrder, grouping: Grouping) -> Ints:
    """How many of each cell have an amount that is not 0."""
    own = ordered.inside & (ordered.y != 0)
    return np.bincount(grouping.cell[own], minlength=grouping.size)
