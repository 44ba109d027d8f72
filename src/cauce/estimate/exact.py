"""From whole-number sums by PSU and cell, wherever they were added up, to estimates.

The algebra is the same code for every engine: equal integers give equal bits.
"""

from dataclasses import dataclass

import numpy as np

from cauce.estimate import exact_kernel, kernel
from cauce.estimate.cube import Estimates, estimates_from, sums_of
from cauce.estimate.exact_kernel import Limbs
from cauce.estimate.exact_scales import Scale, Scales
from cauce.estimate.exact_sums import PsuSums
from cauce.estimate.layout import Layout
from cauce.estimate.rows import Rows
from cauce.estimate.walk import Found, empty_cells
from cauce.model.arrays import Floats, Ints

SUMMED = (kernel.PSUS, kernel.STRATA, kernel.ALONE)


@dataclass(frozen=True)
class Frame:
    """The stratum of each PSU, and what is done with the sums of each stratum."""

    stratum: Ints
    inner: Floats
    outer: Floats
    alone: Floats


def frame_of(rows: Rows) -> Frame:
    """The frame of PSUs that respondents, or a list of the PSUs alone, were drawn in."""
    stratum = np.zeros(int(rows.psu.max(initial=-1)) + 1, dtype=np.int64)
    stratum[rows.psu] = rows.stratum
    return Frame(stratum, rows.inner, rows.outer, rows.alone)


@dataclass(frozen=True)
class Parts:
    """The sums of one measure as pairs: of each row, and of each cell, by name."""

    rows: dict[str, Floats]
    cells: dict[str, Floats]


def estimates_of_sums(
    layout: Layout, frame: Frame, sums: PsuSums, scales: Scales, beyond: Ints, policy: int
) -> list[Estimates]:
    """The estimates of each measure in all cells, each (cells,), from sums in order.

    Args:
        beyond: of each measure, the respondents whose numerator does not lie in the denominator.
    """
    found = found_of(layout, frame, sums, scales, beyond)
    centre = np.zeros((layout.cells, len(layout.lanes)))
    return estimates_from(layout, found, sums_of(layout, found, centre), policy)


def found_of(layout: Layout, frame: Frame, sums: PsuSums, scales: Scales, beyond: Ints) -> Found:
    """What the walk over respondents would have found, each ratio centred at itself.

    Every sum is a whole number until it is divided; centres are pairs of floating numbers, so that
    no digit is lost however far a mean is from 0.
    """
    centre = np.zeros((layout.cells, len(layout.lanes)))
    found = Found(
        empty_cells(layout, centre), np.zeros(len(layout.lanes), dtype=np.int64), layout.extras
    )
    stratum = frame.stratum[sums.psu]
    for s in range(len(layout.measures)):
        parts = _parts(layout, sums, s)
        found.beyond[layout.first_lane[s]] = beyond[s]
        _keep_counts(layout, found, sums, s)
        _keep_moments(layout, found, frame, sums.cell, stratum, parts, scales, s)
    return found


def _parts(layout: Layout, sums: PsuSums, s: int) -> Parts:
    rows, cells = {}, {}
    for name, limbs in sums.sums[s].items():
        rows[name] = exact_kernel.pairs(limbs)
        cells[name] = exact_kernel.pairs(_by_cell(sums.cell, limbs, layout.cells))
    for names in (rows, cells):
        if not layout.measures[s].over:
            names |= {"x": names["w"], "xx": names["w"], "yx": names["y"]}
        names.setdefault("yy", names["y"])
    return Parts(rows, cells)


def _by_cell(cell: Ints, limbs: Limbs, cells: int) -> Limbs:
    found = np.zeros((cells, 2), dtype=np.uint64)
    exact_kernel.add_up(cell, limbs, found)
    return found


def _keep_counts(layout: Layout, found: Found, sums: PsuSums, s: int) -> None:
    first = layout.first_lane[s]
    counts = [
        np.bincount(sums.cell, sums.counts[:, s, which], minlength=layout.cells)
        for which in range(3)
    ]
    found.of(first, kernel.COUNTS)[:] = counts[0]
    found.of(first, kernel.CASES)[:] = counts[1]
    if (missing := found.column(first, kernel.MISSING)) is not None:
        missing[:] = counts[2]


def _keep_moments(
    layout: Layout,
    found: Found,
    frame: Frame,
    cell: Ints,
    stratum: Ints,
    parts: Parts,
    scales: Scales,
    s: int,
) -> None:
    first, last, lane = layout.first_lane[s], layout.last_lane[s], layout.lanes
    of, whole = parts.rows, parts.cells
    ratio = np.zeros((layout.cells, 2))
    if lane[first].centred:
        ratio = exact_kernel.ratios(whole["y"], whole["x"])
    factors = frame.inner, frame.outer, frame.alone
    complement = lane[first].complement
    kept = exact_kernel.moments(
        cell, stratum, of["y"], of["x"], of["w"], ratio, complement, *factors
    )
    yy, yx = exact_kernel.about(ratio, whole["yy"], whole["yx"], whole["xx"])
    w, y, x = scales.weight, scales.y[s], scales.x[s]
    z_sum = np.zeros(layout.cells) if lane[first].centred else _plain(whole["y"], w, y)
    for slot, column in (
        (kernel.SUM_Z, z_sum),
        (kernel.SUM_X, _plain(whole["x"], w, x)),
        (kernel.ZZ, _scaled(kept[:, exact_kernel.ZZ], w, w, y, y)),
        (kernel.ZB, _scaled(kept[:, exact_kernel.ZB], w, w, y, x)),
        (kernel.BB, _scaled(kept[:, exact_kernel.BB], w, w, x, x)),
    ):
        found.of(first, slot)[:] = column
    extras = [
        (first, kernel.YY, _scaled(yy, w, y, y)),
        (first, kernel.Y, _plain(whole["y"], w, y)),
        (first, kernel.YX, _scaled(yx, w, y, x)),
    ]
    if last != first:
        extras.append((last, kernel.YY, _plain(whole["xx"], w, x, x)))
    for at, extra, column in extras:
        if (own := found.column(at, extra)) is not None:
            own[:] = column
    found.of(last, kernel.SUM_X)[:] = _plain(whole["w"], w)
    for slot, which in zip(SUMMED, range(exact_kernel.PSUS, exact_kernel.KEPT), strict=True):
        found.of(last, slot)[:] = kept[:, which]


def _plain(pairs: Floats, *scales: Scale) -> Floats:
    return _scaled(pairs[:, 0] + pairs[:, 1], *scales)


def _scaled(numbers: Floats, *scales: Scale) -> Floats:
    """Whole numbers of scales as amounts; powers of ten are divided by one after the other."""
    left = sum(scale.decimals for scale in scales)
    while left > 0:
        numbers = numbers / 10.0 ** min(left, 22)
        left -= 22
    return numbers
