"""Errors after calibration: whatever is estimated, less what the margins already say of it.

A total whose weights were calibrated errs by the residuals e = z - B'x of its regression on the
margins x: B with the weights before calibration, the residuals times those after it. They are not 0
outside the domain, so every cell has a B of its own; but with PSU sums of z and of x the moments of
the residuals follow from moments:

  v(e, f) = v(z, u) - B'v(x, u) - C'v(x, z) + B'v(x, x)C,  e = z - B'x, f = u - C'x.

Source: Särndal, Swensson & Wretman (1992), result 6.6.1; Deville & Särndal (1992), Calibration
estimators in survey sampling, JASA 87, section 3: all distances have the error of the linear one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate import regression_kernel, sparse_kernel
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.residuals import Residuals
from cauce.model.sparse import Sparse

# Less than this of what it was made of is the last digits of a 0: the margins say all there is.
NOTHING_LEFT = 1e-12


@dataclass(frozen=True)
class Fitted:
    """The regressions of the sums of some cells: coefficients and covariances with the margins.

    Both have shape (cells, margins).
    """

    slope: Floats
    covariance: Floats


@dataclass(frozen=True)
class Regression:
    """The margins of a sample in the order of its strata and PSUs.

    `before` is what each combination brings to the margins with its weight before calibration, per
    unit of that after it. `order` are the rows that count, `unit` and `stratum` number their PSUs
    and strata. `sums` are the weighted margins of each PSU, `whole` those of each stratum, shape
    (strata, margins), and `moments` their variances and covariances, shape (margins, margins).
    """

    of: Residuals
    before: Sparse
    order: Ints
    unit: Ints
    stratum: Ints
    inner: Floats
    outer: Floats
    sums: Sparse
    whole: Floats
    moments: Floats

    def fitted(self, cell: Codes | Ints, low: int, high: int, z: Floats) -> Fitted:
        """The regressions of the sums of z, weights included, in the cells from `low` to `high`."""
        cell = cell.astype(np.int64)
        onto = sparse_kernel.by_cell(
            *(cell, low, high, self.of.pattern, z), *_parts(self.before), self.before.width
        )
        covariance = regression_kernel.with_margins(
            *(cell, low, high, self.order, self.unit, self.stratum, z),
            *_parts(self.sums),
            *(self.inner, self.outer, self.whole),
        )
        return Fitted(onto @ self.of.inverse, covariance)

    def correction(self, one: Fitted, other: Fitted) -> tuple[Floats, Floats]:
        """What the margins take from the covariance of two sums in each cell, and the fitted part.

        Both have shape (cells,).
        """
        both = np.einsum("cj,cj->c", one.slope @ self.moments, other.slope)
        crossed = np.einsum("cj,cj->c", one.slope, other.covariance)
        crossed += np.einsum("cj,cj->c", other.slope, one.covariance)
        return both - crossed, both

    def deviations(self, cell: Codes | Ints, cells: int, z: Floats) -> Floats:
        """What the margins add to the deviations of z, summed up within each cell, shape (n,).

        With d the deviations, the covariance of z's residuals with those of any a of the cell is
        the sum of a x (d + this), weights included in both: taking residuals of a is turned round,
        from what a brings to the margins to what these bring to it.
        """
        cell = cell.astype(np.int64)
        fit = self.fitted(cell, 0, cells, z)
        off = regression_kernel.taken_off(
            *(cell, self.order, self.unit, self.stratum),
            *_parts(self.sums),
            *(self.inner, self.outer, self.whole, fit.slope),
        )
        back = (fit.covariance - fit.slope @ self.moments) @ self.of.inverse
        own = regression_kernel.by_row(cell, self.of.pattern, *_parts(self.before), back)
        found: Floats = -off - own
        return found


def regression_of(
    residuals: Residuals,
    weight: Floats,
    order: Ints,
    labels: tuple[Ints, Ints],
    inner: Floats,
    outer: Floats,
) -> Regression:
    """The margins of a sample, or of some of its rows, in order.

    Args:
        order: the rows that count, those of a stratum and of a PSU together.
        labels: of everyone, stratum and PSU; the first are places in `inner` and `outer`.
    """
    stratum, psu = (own[order] for own in labels)
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (psu[1:] != psu[:-1]) | (stratum[1:] != stratum[:-1])
    first = np.flatnonzero(new)
    sums = gathered(
        np.append(first, len(order)),
        order,
        residuals.pattern,
        weight,
        residuals.margins,
    )
    home, width = stratum[first], sums.width
    each = np.arange(len(first))
    whole = sparse_kernel.by_cell(
        home, 0, len(inner), each, np.ones(len(first)), *_parts(sums), width
    )
    moments = sparse_kernel.products(*_parts(sums), inner[home], width)
    moments -= (whole * outer[:, None]).T @ whole
    unit = np.cumsum(new) - 1
    of = residuals.margins
    scaled = np.repeat(residuals.before, np.diff(of.starts)) * of.values
    before = Sparse(of.starts, of.columns, scaled, of.width)
    return Regression(residuals, before, order, unit, stratum, inner, outer, sums, whole, moments)


def gathered(bounds: Ints, order: Ints, pattern: Ints, factor: Floats, of: Sparse) -> Sparse:
    """The sum over the rows of each group, each row times its factor; see `sparse_kernel`."""
    ends = sparse_kernel.lengths(bounds, order, pattern, of.starts, of.columns, of.width)
    columns, values = sparse_kernel.gathered(
        bounds, order, pattern, factor, *_parts(of), ends, of.width
    )
    return Sparse(ends, columns, values, of.width)


def _parts(of: Sparse) -> tuple[Ints, Ints, Floats]:
    return of.starts, of.columns, of.values


def left(moment: Floats, correction: Floats, size: Floats) -> Floats:
    """A moment after its correction; 0 where no digit of it is left.

    Args:
        size: of what the correction was taken.
    """
    after = moment + correction
    return np.where(np.abs(after) < NOTHING_LEFT * size, 0.0, after)


def stacked(parts: Sequence[tuple[Residuals | None, int]], scale: float = 1.0) -> Residuals | None:
    """The respondents of several samples, each with the margins of his own; None if none has any.

    Args:
        parts: what is known of each sample and how many respondents it has.
        scale: what the weights of all were divided by since.
    """
    if all(own is None for own, _ in parts):
        return None
    known = [blank(count) if own is None else own for own, count in parts]
    rows = np.cumsum([0, *(len(own.margins.starts) - 1 for own in known)])
    wide = np.cumsum([0, *(own.margins.width for own in known)])
    kept = np.cumsum([0, *(len(own.margins.values) for own in known)])
    inverse = np.zeros((wide[-1], wide[-1]))
    for own, at in zip(known, wide[:-1].tolist(), strict=True):
        here = slice(at, at + own.margins.width)
        inverse[here, here] = own.inverse * scale
    starts = [own.margins.starts[:-1] + at for own, at in zip(known, kept[:-1], strict=True)]
    columns = [own.margins.columns + at for own, at in zip(known, wide[:-1], strict=True)]
    values = np.concatenate([own.margins.values for own in known])
    ends = np.concatenate([*starts, kept[-1:]])
    return Residuals(
        np.concatenate([own.pattern + at for own, at in zip(known, rows[:-1], strict=True)]),
        Sparse(ends, np.concatenate(columns), values, int(wide[-1])),
        np.concatenate([own.before for own in known]),
        inverse,
    )


def blank(count: int) -> Residuals:
    """So many respondents whose weights are as they were drawn."""
    nothing: Ints = np.empty(0, dtype=np.int64)
    margins = Sparse(np.zeros(2, dtype=np.int64), nothing, np.empty(0), 0)
    return Residuals(np.zeros(count, dtype=np.int64), margins, np.ones(1), np.empty((0, 0)))
