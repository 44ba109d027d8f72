"""The compiled pass: every cell of every table, PSU by PSU.

Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 5.6
(linearisation) and result 4.3.1 applied to ultimate clusters; Wolter (2007), Introduction to
Variance Estimation, 2nd edition, section 6.2. Written out in docs/explanation/one-pass.md.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cauce.model.arrays import Flags, Floats, Ints

# What a row adds to each cell, by score. The first three are wanted PSU by PSU, and a PSU's sums
# are kept in `buffer`; the others only as totals. `columns` says where each is kept, -1 if nowhere.
W, Y, X, N, CASES, MISSING, YY, YX, XX = range(9)
ROLES, BUFFERED = 9, 3
# What a cell keeps of a score during the walk, side by side in one cache line: sums of the stratum,
# moments, PSUs active in the stratum, and PSUs and strata so far.
SUM_Z, SUM_B, ZZ, ZB, BB, ACTIVE, PSUS, STRATA = range(8)
WORK = 8
# States of a row for a score.
OUTSIDE, INSIDE, UNANSWERED = range(3)
# What is done with a stratum of one PSU.
SKIP, UNCENTRED, AVERAGE = range(3)


@njit(nogil=True, cache=True)
def row_sums(
    row: int,
    weight: Floats,
    state: NDArray[np.uint8],
    y: Floats,
    x: Floats,
    pilot: Floats,
    columns: Ints,
    buffered: Floats,
    plain: Floats,
) -> None:
    """Fill `buffered` and `plain` with what one row adds to every cell it is in."""
    buffered[:] = 0.0
    plain[:] = 0.0
    w = weight[row]
    if w == 0.0:
        return
    for s in range(columns.shape[0]):
        if state[row, s] == UNANSWERED:
            plain[columns[s, MISSING]] = 1.0
        elif state[row, s] == INSIDE:
            value = y[row, s]
            plain[columns[s, N]] = 1.0
            buffered[columns[s, W]] = w
            buffered[columns[s, Y]] = w * value
            if value != 0.0:
                plain[columns[s, CASES]] = 1.0
            if columns[s, X] >= 0:
                under = x[row, s]
                centred = value - pilot[s] * under
                buffered[columns[s, X]] = w * under
                plain[columns[s, YX]] = w * centred * under
                plain[columns[s, XX]] = w * under * under
                plain[columns[s, YY]] = w * centred * centred
            elif columns[s, YY] >= 0:
                centred = value - pilot[s]
                plain[columns[s, YY]] = w * centred * centred


@njit(nogil=True, cache=True)
def close_psu(
    cells: Ints,
    n_cells: int,
    factor: float,
    buffer: Floats,
    columns: Ints,
    under: Ints,
    complement: Flags,
    centre: Floats,
    total: Floats,
    work: Floats,
) -> None:
    """Add a PSU's sums in the touched cells to totals and stratum, their products to moments."""
    for i in range(n_cells):
        cell = cells[i]
        own = buffer[cell]
        for s in range(columns.shape[0]):
            if own[columns[s, W]] > 0.0:
                sum_x = own[under[s]]
                sum_y = own[columns[s, Y]]
                z = sum_y - centre[cell, s] * sum_x
                b = sum_x - sum_y if complement[s] else sum_x
                kept = work[cell, s]
                scaled = factor * z
                kept[SUM_Z] += z
                kept[SUM_B] += b
                kept[ZZ] += scaled * z
                kept[ZB] += scaled * b
                kept[BB] += factor * b * b
                kept[ACTIVE] += 1.0
        grown = total[cell]
        for j in range(own.shape[0]):
            grown[j] += own[j]
            own[j] = 0.0


@njit(nogil=True, cache=True)
def close_stratum(
    cells: Ints,
    n_cells: int,
    mean_factor: float,
    averaged: bool,
    work: Floats,
    alone: Ints,
) -> None:
    """Take the products of a stratum's means from the moments of the touched cells.

    `mean_factor` is the stratum's factor over its PSUs, 0 where products are not centred. `alone`
    counts the lonely strata that are active.
    """
    for i in range(n_cells):
        cell = cells[i]
        for s in range(work.shape[1]):
            kept = work[cell, s]
            if kept[ACTIVE] == 0.0:
                continue
            kept[PSUS] += kept[ACTIVE]
            kept[STRATA] += 1.0
            if averaged:
                alone[cell, s] += 1
            scaled = mean_factor * kept[SUM_Z]
            kept[ZZ] -= scaled * kept[SUM_Z]
            kept[ZB] -= scaled * kept[SUM_B]
            kept[BB] -= mean_factor * kept[SUM_B] * kept[SUM_B]
            kept[SUM_Z] = 0.0
            kept[SUM_B] = 0.0
            kept[ACTIVE] = 0.0


@njit(nogil=True, cache=True)
def place_row(
    codes: NDArray[np.int32],
    psu: int,
    group_start: Ints,
    group_dims: Ints,
    strides: Ints,
    offsets: Ints,
    adds: Floats,
    plain_adds: Floats,
    buffer: Floats,
    plain: Floats,
    seen: Ints,
    touched: Ints,
    count: int,
) -> int:
    """Add one row's sums to its cell in every grouping; returns the cells touched in this PSU."""
    for g in range(offsets.shape[0]):
        cell = offsets[g]
        for d in range(group_start[g], group_start[g + 1]):
            cell += codes[group_dims[d]] * strides[d]
        if seen[cell] != psu:
            seen[cell] = psu
            touched[count] = cell
            count += 1
        own = buffer[cell]
        for j in range(adds.shape[0]):
            own[j] += adds[j]
        grown = plain[cell]
        for j in range(plain_adds.shape[0]):
            grown[j] += plain_adds[j]
    return count


@njit(nogil=True, cache=True)
def stratum_factors(factor: float, n_psus: int, lonely: bool, policy: int) -> tuple[float, float]:
    """What the products of PSU sums, and of their means, are multiplied with in a stratum.

    `factor` is (1 - n/N) n/(n - 1), or 1 - n/N where n = 1. A lonely stratum adds its products
    uncentred or not at all.
    """
    if not lonely:
        return factor, factor / n_psus
    return (factor if policy == UNCENTRED else 0.0), 0.0


@njit(nogil=True, cache=True)
def walk(
    start: int,
    stop: int,
    stratum_of: Ints,
    psu_of: Ints,
    weight: Floats,
    state: NDArray[np.uint8],
    y: Floats,
    x: Floats,
    pilot: Floats,
    columns: Ints,
    complement: Flags,
    classifiers: NDArray[np.int32],
    group_start: Ints,
    group_dims: Ints,
    strides: Ints,
    offsets: Ints,
    n_psus: Ints,
    factor: Floats,
    lonely: Flags,
    policy: int,
    centre: Floats,
    total: Floats,
    plain: Floats,
    moments: Floats,
    counts: Ints,
) -> None:
    """Walk the rows from `start` to `stop`, which are sorted by stratum and PSU, once.

    `total` and `plain` (cells, columns), `moments` and `counts` (cells, scores, 3) grow.
    """
    cells, width = total.shape
    scores = columns.shape[0]
    under = np.where(columns[:, X] >= 0, columns[:, X], columns[:, W])
    buffer = np.zeros((cells, width))
    work = np.zeros((cells, scores, WORK))
    seen_psu = np.full(cells, -1, dtype=np.int64)
    seen_stratum = np.full(cells, -1, dtype=np.int64)
    in_psu = np.empty(cells, dtype=np.int64)
    in_stratum = np.empty(cells, dtype=np.int64)
    adds = np.zeros(width)
    plain_adds = np.zeros(plain.shape[1])
    row = start
    while row < stop:
        h = stratum_of[row]
        count_h = 0
        product, mean = stratum_factors(factor[h], n_psus[h], lonely[h], policy)
        while row < stop and stratum_of[row] == h:
            c = psu_of[row]
            count_c = 0
            while row < stop and psu_of[row] == c:
                row_sums(row, weight, state, y, x, pilot, columns, adds, plain_adds)
                count_c = place_row(
                    classifiers[row],
                    c,
                    group_start,
                    group_dims,
                    strides,
                    offsets,
                    adds,
                    plain_adds,
                    buffer,
                    plain,
                    seen_psu,
                    in_psu,
                    count_c,
                )
                row += 1
            close_psu(
                in_psu,
                count_c,
                product,
                buffer,
                columns,
                under,
                complement,
                centre,
                total,
                work,
            )
            for i in range(count_c):
                cell = in_psu[i]
                if seen_stratum[cell] != h:
                    seen_stratum[cell] = h
                    in_stratum[count_h] = cell
                    count_h += 1
        averaged = lonely[h] and policy == AVERAGE
        close_stratum(in_stratum, count_h, mean, averaged, work, counts[:, :, 2])
    moments += work[:, :, ZZ : BB + 1]
    for cell in range(cells):
        for s in range(scores):
            counts[cell, s, 0] += int(work[cell, s, PSUS])
            counts[cell, s, 1] += int(work[cell, s, STRATA])


@njit(nogil=True, cache=True)
def two_largest(
    classifiers: NDArray[np.int32], dims: Ints, strides: Ints, size: int, amount: Floats
) -> Floats:
    """The two largest amounts of each cell of one grouping, shape (size, 2)."""
    top = np.zeros((size, 2))
    for row in range(amount.shape[0]):
        value = amount[row]
        cell = 0
        for d in range(dims.shape[0]):
            cell += classifiers[row, dims[d]] * strides[d]
        if value > top[cell, 0]:
            top[cell, 1] = top[cell, 0]
            top[cell, 0] = value
        elif value > top[cell, 1]:
            top[cell, 1] = value
    return top


def sorted_by_psu(stratum: Ints, psu: Ints) -> bool:
    """Whether rows come stratum by stratum and, within them, PSU by PSU."""
    later = (stratum[1:] > stratum[:-1]) | ((stratum[1:] == stratum[:-1]) & (psu[1:] >= psu[:-1]))
    return bool(later.all())


def pilots(numerator: Floats, denominator: Floats | None, weight: Floats) -> float:
    """A centre near the ratios of all cells, so that sums of squares keep their digits."""
    below = float(weight.sum() if denominator is None else weight @ denominator)
    return float(weight @ numerator) / below if below != 0.0 else 0.0
