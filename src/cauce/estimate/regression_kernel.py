"""The compiled passes behind an error after calibration, PSU by PSU.

Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, result 6.6.1 (the
regression estimator's variance by g-weighted residuals), with ultimate clusters as in `kernel`.
"""

import numpy as np
from numba import njit

from cauce.model.arrays import Floats, Ints

NOBODY = -1


@njit(nogil=True, cache=True, error_model="numpy")
def close_psu(
    c: int,
    unit: int,
    factor: float,
    starts: Ints,
    columns: Ints,
    values: Floats,
    sums: Floats,
    found: Floats,
) -> None:
    """Add a PSU's sum in a cell times its sums of the margins, and the sum to the stratum's."""
    own = factor * sums[c, 0]
    for at in range(starts[unit], starts[unit + 1]):
        found[c, columns[at]] += own * values[at]
    sums[c, 1] += sums[c, 0]
    sums[c, 0] = 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def close_stratum(
    c: int, h: int, factor: float, whole: Floats, sums: Floats, found: Floats
) -> None:
    """Take the product of a stratum's sum in a cell and those of the margins away."""
    own = factor * sums[c, 1]
    if own != 0.0:
        for j in range(whole.shape[1]):
            found[c, j] -= own * whole[h, j]
    sums[c, 1] = 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def with_margins(
    cell: Ints,
    low: int,
    high: int,
    order: Ints,
    unit: Ints,
    stratum: Ints,
    z: Floats,
    starts: Ints,
    columns: Ints,
    values: Floats,
    inner: Floats,
    outer: Floats,
    whole: Floats,
) -> Floats:
    """The covariance of each cell's sum of z with every margin, shape (high - low, margins).

    Args:
        order: the rows that count, those of a stratum and of a PSU together; `unit` and `stratum`
            number these, in this order.
        z: of all rows, weights included.
        whole: the margins' sums of each stratum.
    """
    found = np.zeros((high - low, whole.shape[1]))
    sums = np.zeros((high - low, 2))
    seen = np.full((high - low, 2), NOBODY, dtype=np.int64)
    for r in range(len(order)):
        row = order[r]
        c = cell[row] - low
        if z[row] == 0.0 or c < 0 or c >= high - low:
            continue
        if seen[c, 0] != unit[r]:
            h = seen[c, 1]
            if seen[c, 0] != NOBODY:
                close_psu(c, seen[c, 0], inner[h], starts, columns, values, sums, found)
                if h != stratum[r]:
                    close_stratum(c, h, outer[h], whole, sums, found)
            seen[c, 0], seen[c, 1] = unit[r], stratum[r]
        sums[c, 0] += z[row]
    for c in range(high - low):
        if seen[c, 0] != NOBODY:
            h = seen[c, 1]
            close_psu(c, seen[c, 0], inner[h], starts, columns, values, sums, found)
            close_stratum(c, h, outer[h], whole, sums, found)
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def taken_off(
    cell: Ints,
    order: Ints,
    unit: Ints,
    stratum: Ints,
    starts: Ints,
    columns: Ints,
    values: Floats,
    inner: Floats,
    outer: Floats,
    whole: Floats,
    slope: Floats,
) -> Floats:
    """What the fitted part of a cell's z brings to the deviation of each row's PSU, shape (n,).

    `slope` are the coefficients of each cell, shape (cells, margins).
    """
    found = np.zeros(len(cell))
    for r in range(len(order)):
        c, h, own = cell[order[r]], stratum[r], 0.0
        for at in range(starts[unit[r]], starts[unit[r] + 1]):
            own += values[at] * slope[c, columns[at]]
        mean = 0.0
        for j in range(whole.shape[1]):
            mean += whole[h, j] * slope[c, j]
        found[order[r]] = inner[h] * own - outer[h] * mean
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def by_row(
    cell: Ints, pattern: Ints, starts: Ints, columns: Ints, values: Floats, slope: Floats
) -> Floats:
    """What each respondent's margins are worth by the coefficients of his cell, shape (n,)."""
    found = np.zeros(len(cell))
    for r in range(len(cell)):
        for at in range(starts[pattern[r]], starts[pattern[r] + 1]):
            found[r] += values[at] * slope[cell[r], columns[at]]
    return found
