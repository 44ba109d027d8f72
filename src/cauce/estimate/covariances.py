"""Covariances of two sides of a cell – two domains, two waves – and the comparisons they make."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from cauce.estimate import covariance_kernel
from cauce.estimate.compared import without_spread
from cauce.estimate.grouping import Grouping
from cauce.estimate.intervals import t_interval
from cauce.estimate.regression import Fitted, Regression, left
from cauce.estimate.rows import Rows
from cauce.estimate.student import t_975
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.pair import Pair
from cauce.model.sample import Score

NOTHING = np.empty(0)
SPREAD = ("value", "se", "deff")


@dataclass(frozen=True)
class Line:
    """The rows that bring a covariance, in the order of strata and PSUs, with their factors.

    All arrays but `order` and those of strata have shape (n,); `weight` is everybody's, whether
    they bring any or not.
    """

    order: Ints
    stratum: Ints
    psu: Ints
    weight: Floats
    inner: Floats
    outer: Floats
    alone: Floats
    further: "tuple[Line, ...]" = ()
    regression: Regression | None = None


def line_of(rows: Rows) -> Line:
    """Everybody, in order."""
    order = np.arange(len(rows.weight)) if rows.order is None else rows.order
    own = rows.stratum, rows.psu, rows.weight, rows.inner, rows.outer, rows.alone
    further = tuple(line_of(stage) for stage in rows.stages)
    return Line(order, *own, further, rows.regression)


def covariance(line: Line, grouping: Grouping, side: Codes, score: Score) -> tuple[Floats, Ints]:
    """The covariance of a score's estimates on both sides of each cell, and the PSUs both rest on.

    Of a total, mean, rate or ratio. `side` is 0 or 1, -1 of whoever is on neither, shape (n,).
    Where strata of one PSU count as the others do on average, so they do here.
    """
    both = BothSides(grouping.size, score.estimator == "total")
    whole = len(line.order) == len(line.weight)
    # Whoever brings no covariance counts in the sums all the same.
    everyone = line.order if whole else np.arange(len(line.weight))
    both.sum_up(everyone, grouping.cell, side, line.weight, score)

    def at_stage(own: Line, sides: BothSides) -> Floats:
        sides.multiply(own, grouping.cell, side, score)
        moment = sides.moment(own)
        if own.regression is not None:
            z = _moving(line.weight, score, side, grouping.cell, both.sums)
            moment = _of_residuals(own.regression, moment, grouping, side, z)
        return moment

    found = at_stage(line, both)
    strata, alone = both.strata
    if line.regression is not None:
        # People outside a cell have residuals, too: strata are counted in the whole sample.
        strata, alone = np.array([len(line.alone)]), np.array([line.alone.sum()])
    found = found * lonely_as_others(strata, alone)
    for stage in line.further:
        found += at_stage(stage, both.stage())
    return found, both.common


def lonely_as_others(strata: Floats, alone: Floats) -> Floats:
    """By how much a moment grows if strata of one PSU count as the others do on average."""
    share: Floats = np.where(alone < strata, strata / np.maximum(strata - alone, 1), 1.0)
    return share


class BothSides:
    """The covariance of two sides of each cell, of so many respondents at a time as one likes.

    All are summed up first; then their products are taken in the order of strata and PSUs.
    """

    def __init__(self, cells: int, total: bool) -> None:
        self._total = total
        self.sums = np.zeros((cells, 2, 2))
        self._kept = np.zeros((cells, covariance_kernel.SLOTS))
        self._met = np.zeros((cells, 2), dtype=np.bool_)
        self._seen = np.full((cells, 2), -1, dtype=np.int64)

    def stage(self) -> "BothSides":
        """The same for another stage of the draw, from the same sums."""
        other = BothSides(len(self.sums), self._total)
        other.sums = self.sums
        return other

    def sum_up(self, order: Ints, cell: Codes, side: Codes, weight: Floats, score: Score) -> None:
        """Add respondents to the sums of their side and cell, in an order."""
        of = cell, side, weight, score.inside, score.numerator, under(score)
        covariance_kernel.add_sums(order, *of, self.sums)

    def multiply(self, line: Line, cell: Codes, side: Codes, score: Score) -> None:
        """Add respondents to the products, now that all are summed up."""
        covariance_kernel.add_moments(
            line.order,
            line.stratum,
            line.psu,
            line.inner,
            line.outer,
            line.alone,
            cell,
            side,
            line.weight,
            score.inside,
            score.numerator,
            under(score),
            self._total,
            self.sums,
            self._kept,
            self._met,
            self._seen,
        )

    def moment(self, line: Line) -> Floats:
        """What this stage adds to the covariance, (cells,), once all were taken in."""
        factors = line.inner, line.outer, line.alone
        covariance_kernel.close_all(*factors, self._kept, self._met, self._seen)
        return self._kept[:, covariance_kernel.MOMENT]

    @property
    def strata(self) -> tuple[Floats, Floats]:
        """Strata of each cell, and those of one PSU among them, once all were taken in."""
        kept = self._kept
        return kept[:, covariance_kernel.STRATA], kept[:, covariance_kernel.ALONE]

    @property
    def common(self) -> Ints:
        """The PSUs both sides of each cell rest on."""
        return self._kept[:, covariance_kernel.COMMON].astype(np.int64)


def under(score: Score) -> Floats:
    return NOTHING if score.denominator is None else score.denominator


def _moving(weight: Floats, score: Score, side: Codes, cell: Codes, sums: Floats) -> Floats:
    """By how much each respondent moves the estimate of his side of his cell, weights included."""
    here = score.inside & (side >= 0)
    z = score.numerator
    if score.estimator != "total":
        x = 1.0 if score.denominator is None else score.denominator
        above, below = (sums[cell, np.maximum(side, 0), at] for at in (0, 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            z = (z - above / below * x) / below
    return np.where(here & np.isfinite(z), weight * z, 0.0)


def _of_residuals(
    regression: Regression, found: Floats, grouping: Grouping, side: Codes, z: Floats
) -> Floats:
    """The covariances of both sides' residuals in place of those of their sums."""
    sides = 2 * grouping.cell.astype(np.int64) + np.maximum(side, 0)
    both = regression.fitted(sides, 0, 2 * grouping.size, z)
    one, other = (Fitted(both.slope[s::2], both.covariance[s::2]) for s in (0, 1))
    correction, fitted = regression.correction(one, other)
    return left(found, correction, np.abs(found) + np.abs(fitted))


def crossings(dims: Sequence[int]) -> list[tuple[int, ...]]:
    """All combinations of some dimensions, the margins first."""
    return [chosen for k in range(len(dims) + 1) for chosen in combinations(dims, k)]


@dataclass(frozen=True)
class Shared:
    """What both sides of some cells have in common: keys (k, d), covariances and PSUs (k,).

    Covariances are in the unit of the indicator, squared.
    """

    key: Codes
    covariance: Floats
    common: Ints


def joined(parts: Sequence[Shared]) -> Shared:
    """All of them together; there must be something."""
    names = ("key", "covariance", "common")
    return Shared(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def comparisons(
    of: Pair | tuple[str, str],
    shared: Shared,
    first: tuple[Cells, Codes],
    second: tuple[Cells, Codes],
) -> Comparisons:
    """The comparisons of pairs of cells, each given by the cells they are among and their keys.

    Kept where both have somebody and a value. The covariance is no larger than both errors allow;
    where neither varied, as of rates that are 0 in both, an error of 0 would say nothing and is not
    known.
    """
    at_first, at_second = (rows_at(cells, keys) for cells, keys in (first, second))
    kept = np.flatnonzero((at_first >= 0) & (at_second >= 0))
    for cells, at in ((first[0], at_first), (second[0], at_second)):
        kept = kept[(cells.n[at[kept]] > 0) & np.isfinite(cells.value[at[kept]])]
    one, two = _rows(first[0], at_first[kept]), _rows(second[0], at_second[kept])
    most = one["se"] * two["se"]
    with np.errstate(invalid="ignore"):
        both = np.clip(shared.covariance[kept], -most, most)
        variance = one["se"] ** 2 + two["se"] ** 2 - 2 * both
        still = without_spread(*(one[name] for name in SPREAD)) & without_spread(
            *(two[name] for name in SPREAD)
        )
        se = np.where(still, np.nan, np.sqrt(np.maximum(variance, 0.0)))
    difference, df = one["value"] - two["value"], np.minimum(one["df"], two["df"])
    low, high = t_interval(difference, se, t_975(df))
    return Comparisons(
        dataflow=first[0].dataflow,
        of=of,
        key=shared.key[kept],
        first=one["value"],
        second=two["value"],
        difference=difference,
        se=se,
        ci_low=low,
        ci_high=high,
        covariance=both,
        df=df,
        n=np.minimum(one["n"], two["n"]),
        common=shared.common[kept],
    )


def _rows(cells: Cells, rows: Ints) -> dict[str, np.ndarray]:
    """What is compared of some cells."""
    return {name: getattr(cells, name)[rows] for name in ("value", "se", "deff", "df", "n")}


def rows_at(cells: Cells, keys: Codes) -> Ints:
    """The row of each key among the cells, -1 where there is none, shape (k,)."""
    sizes = [len(dimension.codes) for dimension in cells.dataflow.dimensions]
    ours: Ints = np.ravel_multi_index(tuple(cells.key.T), sizes)
    wanted: Ints = np.ravel_multi_index(tuple(keys.T), sizes)
    order = np.argsort(ours)
    at = np.minimum(np.searchsorted(ours[order], wanted), len(order) - 1)
    found: Flags = ours[order][at] == wanted
    return np.where(found, order[at], -1)
