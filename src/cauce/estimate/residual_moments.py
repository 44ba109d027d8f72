"""The moments of all cells after calibration: those of residuals in place of those of amounts."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate import kernel
from cauce.estimate.layout import Lane, Layout
from cauce.estimate.regression import Fitted, Regression, left
from cauce.estimate.rows import Brought, Rows
from cauce.estimate.walk import Found
from cauce.model.arrays import Floats, Ints

# So many numbers of regressions are held at a time.
MOST_HELD = 2**22


@dataclass(frozen=True)
class _Part:
    """Some cells of one grouping, for one lane: places in the layout from `start` to `stop`."""

    lane: int
    cell: Ints
    first: int
    start: int
    stop: int


def with_residuals(
    found: Found,
    layout: Layout,
    rows: Rows,
    lanes: Sequence[Brought],
    pilots: Sequence[float],
    centre: Floats,
    threads: int | None,
) -> Found:
    """What a walk found, with the moments of the residuals; unchanged if nothing is calibrated.

    Arguments as of `walk_all`. People outside a cell have residuals there, too, so that strata of
    one PSU count as the others do in the whole sample, and not in the cell.
    """
    regression = rows.regression
    if regression is None:
        return found
    kept = found.kept.copy()

    def bring(at: int) -> None:
        lane = layout.lanes[at]
        z, x = _sums(rows.weight, lanes[at], pilots[at], both=lane.centred or lane.complement)
        for part in _parts(layout, rows, at, regression):
            _correct(regression, lane, part, z, x, centre, kept)

    with ThreadPoolExecutor(threads or 2) as pool:
        list(pool.map(bring, [at for at, lane in enumerate(layout.lanes) if not lane.weights]))
    return replace(found, kept=_as_in_the_whole(kept, rows))


def _sums(weight: Floats, lane: Brought, pilot: float, both: bool) -> tuple[Floats, Floats | None]:
    """What everyone adds to z and, if it is wanted, to x, weights included."""
    w = np.where(lane.inside, weight, 0.0)
    x = np.ones(len(w)) if lane.x is None else np.where(lane.inside, lane.x, 0.0)
    z = np.where(lane.inside, lane.y, 0.0) - pilot * x
    return w * z, w * x if both else None


def _parts(layout: Layout, rows: Rows, lane: int, regression: Regression) -> Iterator[_Part]:
    """The cells of every grouping, as many at a time as may be held."""
    step = max(1, MOST_HELD // max(1, 4 * regression.sums.width))
    for g, (first, last) in enumerate(layout.spans):
        cell = np.zeros(len(rows.weight), dtype=np.int64)
        for d in range(layout.group_start[g], layout.group_start[g + 1]):
            cell += rows.classifiers[layout.group_dims[d]] * layout.strides[d]
        for start in range(first, last, step):
            yield _Part(lane, cell, first, start, min(start + step, last))


def _correct(
    regression: Regression,
    lane: Lane,
    part: _Part,
    z: Floats,
    x: Floats | None,
    centre: Floats,
    kept: Floats,
) -> None:
    """Put the moments of residuals in the place of those of z and b; see `estimators.Sums`."""
    block, side = divmod(part.lane, kernel.LANES)
    here = slice(part.start, part.stop)
    moments = [
        kept[block, here, m * kernel.LANES + side] for m in (kernel.ZZ, kernel.ZB, kernel.BB)
    ]
    cells = part.cell, part.start - part.first, part.stop - part.first
    of_z = regression.fitted(*cells, z)
    if x is None:
        moments[0][:] = _left(regression, moments[0], moments[0], of_z, of_z)
        return
    of_x = regression.fitted(*cells, x)
    off = centre[here, part.lane][:, None]
    one = _less(of_z, off, of_x)
    other = _less(of_x, float(lane.complement), of_z)
    size = np.sqrt(np.abs(moments[0] * moments[2]))
    after = (
        _left(regression, moments[0], moments[0], one, one),
        _left(regression, moments[1], size, one, other),
        _left(regression, moments[2], moments[2], other, other),
    )
    for moment, new in zip(moments, after, strict=True):
        moment[:] = new


def _left(
    regression: Regression, moment: Floats, size: Floats, one: Fitted, other: Fitted
) -> Floats:
    correction, fitted = regression.correction(one, other)
    return left(moment, correction, np.abs(size) + np.abs(fitted))


def _less(one: Fitted, factor: Floats | float, other: Fitted) -> Fitted:
    """The regression of one sum less a factor times another."""
    return Fitted(one.slope - factor * other.slope, one.covariance - factor * other.covariance)


def _as_in_the_whole(kept: Floats, rows: Rows) -> Floats:
    """Moments in which strata of one PSU count as the others do, and cells that have none."""
    alone = float(rows.alone.sum())
    if alone:
        share = len(rows.alone) / (len(rows.alone) - alone)
        for slot in (kernel.ZZ, kernel.ZB, kernel.BB):
            kept[:, :, slot * kernel.LANES : (slot + 1) * kernel.LANES] *= share
        kept[:, :, kernel.ALONE * kernel.LANES : (kernel.ALONE + 1) * kernel.LANES] = 0.0
    return kept
