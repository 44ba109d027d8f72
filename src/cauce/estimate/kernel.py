"""The compiled pass: every cell of every table, PSU by PSU.

Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 5.6
(linearisation) and result 4.3.1 applied to ultimate clusters; Wolter (2007), Introduction to
Variance Estimation, 2nd edition, section 6.2. Written out in docs/explanation/one-pass.md.
"""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cauce.model.arrays import Codes, Flags, Floats, Ints

# Sums of four lanes stand side by side, so that one instruction serves four of them: a block.
LANES = 4
# What a cell keeps of each lane. A row adds to the first three: sums of the PSU, which start anew
# with the next one, of z (y off its pilot, which is 0 but for means and ratios) and of x; and how
# many respondents there are, fewer than CASE, with those whose y is not 0 in units of CASE.
Z, X, COUNTS = range(3)
CASE = float(2**26)
# A row also adds to columns only some lanes have: z², y, whether the answer is missing, and zx.
YY, Y, MISSING, YX = range(4)
EXTRAS, FIRST_EXTRA = 4, 3 * LANES
# Then how far the cell's centre is from the pilot and whether b is x - y and not x; sums of the
# stratum; moments of z off the centre and b; how many PSUs, strata, and strata of a single PSU have
# a weight in the cell; sums of the cell; in the end the cases.
CENTRE, COMPLEMENT, STRATUM_Z, STRATUM_X, ZZ, ZB, BB = range(7, 14)
PSUS, STRATA, ALONE, SUM_Z, SUM_X, CASES = range(14, 20)
SLOTS = 20
# Places are unsigned: of a signed one the machine would first ask whether it counts from the end.
Places: TypeAlias = NDArray[np.uint32]
# Whom a cell saw last.
PSU, STRATUM = range(2)
NO_PSU = 2**32 - 1


@njit(nogil=True, cache=True, error_model="numpy")
def bring(
    weight: Floats,
    inside: Flags,
    missing: Flags,
    y: Floats,
    x: Floats,
    pilot: float,
    side: int,
    extras: Ints,
    brought: Floats,
) -> int:
    """Write what each row adds to a lane of a block; returns how many y do not lie within x.

    `missing` is empty where nobody is missing, and `x` where it is 1 for everyone: y then lies
    within x if it is 0 or 1. `extras` are the lane's columns of what not all have, -1 if it has
    them not. `brought` has the shape (rows, columns).
    """
    beyond = 0
    for r in range(len(weight)):
        w = weight[r] if inside[r] else 0.0
        value = y[r] if inside[r] else 0.0
        under = x[r] if inside[r] and len(x) > 0 else 1.0
        if len(x) > 0:
            beyond += not (0.0 <= value <= under)
        else:
            beyond += not (value == 0.0 or value == 1.0)
        z = value - pilot * under
        brought[r, Z * LANES + side] = w * z
        brought[r, X * LANES + side] = w * under
        one = 1.0 if value == 0.0 else 1.0 + CASE
        brought[r, COUNTS * LANES + side] = one if w != 0.0 else 0.0
        if extras[YY] >= 0:
            brought[r, extras[YY]] = w * z * z
        if extras[Y] >= 0:
            brought[r, extras[Y]] = w * value
        if extras[MISSING] >= 0:
            lost = missing[r] and not inside[r] and weight[r] != 0.0
            brought[r, extras[MISSING]] = 1.0 if lost else 0.0
        if extras[YX] >= 0:
            brought[r, extras[YX]] = w * z * under
    return beyond


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def close_psu(cell: int, lanes: int, factor: float, kept: Floats) -> None:
    """Add a PSU's sums in a cell to those of the stratum, their products to the moments."""
    for s in range(lanes):
        off = kept[cell, Z * LANES + s]
        x = kept[cell, X * LANES + s]
        z = off - kept[cell, CENTRE * LANES + s] * x
        b = x - kept[cell, COMPLEMENT * LANES + s] * off
        kept[cell, STRATUM_Z * LANES + s] += off
        kept[cell, STRATUM_X * LANES + s] += x
        kept[cell, ZZ * LANES + s] += factor * z * z
        kept[cell, ZB * LANES + s] += factor * z * b
        kept[cell, BB * LANES + s] += factor * b * b
        kept[cell, PSUS * LANES + s] += 1.0 if x > 0.0 else 0.0
        kept[cell, Z * LANES + s] = 0.0
        kept[cell, X * LANES + s] = 0.0


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def close_stratum(cell: int, lanes: int, factor: float, alone: float, kept: Floats) -> None:
    """Take the products of a stratum's means from the moments, and add its sums to the cell's."""
    for s in range(lanes):
        off = kept[cell, STRATUM_Z * LANES + s]
        x = kept[cell, STRATUM_X * LANES + s]
        z = off - kept[cell, CENTRE * LANES + s] * x
        b = x - kept[cell, COMPLEMENT * LANES + s] * off
        some = 1.0 if x > 0.0 else 0.0
        kept[cell, ZZ * LANES + s] -= factor * z * z
        kept[cell, ZB * LANES + s] -= factor * z * b
        kept[cell, BB * LANES + s] -= factor * b * b
        kept[cell, STRATA * LANES + s] += some
        kept[cell, ALONE * LANES + s] += alone * some
        kept[cell, SUM_Z * LANES + s] += off
        kept[cell, SUM_X * LANES + s] += x
        kept[cell, STRATUM_Z * LANES + s] = 0.0
        kept[cell, STRATUM_X * LANES + s] = 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def add_rows(
    cells: Places,
    stratum: Places,
    psu: Places,
    inner: Floats,
    outer: Floats,
    alone: Floats,
    lanes: int,
    brought: Floats,
    seen: Places,
    kept: Floats,
) -> None:
    """Add rows to one block of their cells; a cell closes a PSU when it sees the next one.

    `inner` and `outer` are the factors of a stratum's PSU sums and of its means. `lanes` is LANES,
    told at run time: a loop over neighbours whose length the compiler does not know becomes vector
    instructions, one of known length single ones.
    """
    whole = lanes // LANES * LANES
    width = brought.shape[1] // LANES * LANES
    for r in range(len(psu)):
        cell = cells[r]
        if seen[cell, PSU] != psu[r]:
            h = seen[cell, STRATUM]
            close_psu(cell, whole, inner[h], kept)
            seen[cell, PSU] = psu[r]
            if h != stratum[r]:
                close_stratum(cell, whole, outer[h], alone[h], kept)
                seen[cell, STRATUM] = stratum[r]
        for j in range(width):
            kept[cell, j] += brought[r, j]


@njit(nogil=True, cache=True, error_model="numpy")
def add_everywhere(
    stratum: Places,
    psu: Places,
    codes: Codes,
    group_start: Ints,
    group_dims: Ints,
    strides: Ints,
    offsets: Ints,
    inner: Floats,
    outer: Floats,
    alone: Floats,
    lanes: int,
    brought: Floats,
    seen: Places,
    kept: Floats,
) -> None:
    """Add rows sorted by stratum and PSU to their cells, grouping by grouping.

    The cells of one grouping stay in the processor's cache while the rows go by.

    Args:
        codes: (classifiers, rows).
        brought: (blocks, rows, columns), `seen` (blocks, cells, 2) and `kept` (blocks, cells, SLOTS
            x LANES).
    """
    cells = np.empty(len(psu), dtype=np.uint32)
    for g in range(len(offsets)):
        cells[:] = offsets[g]
        for d in range(group_start[g], group_start[g + 1]):
            dim, stride = group_dims[d], strides[d]
            for r in range(len(psu)):
                cells[r] += codes[dim, r] * stride
        for block in range(len(kept)):
            add_rows(
                cells,
                stratum,
                psu,
                inner,
                outer,
                alone,
                lanes,
                brought[block],
                seen[block],
                kept[block],
            )


@njit(nogil=True, cache=True, error_model="numpy")
def close_all(
    inner: Floats, outer: Floats, alone: Floats, lanes: int, seen: Places, kept: Floats
) -> None:
    """Close the last PSU and stratum of every cell, and tell cases from respondents."""
    for block in range(len(kept)):
        for cell in range(len(seen[block])):
            h = seen[block, cell, STRATUM]
            close_psu(cell, lanes, inner[h], kept[block])
            close_stratum(cell, lanes, outer[h], alone[h], kept[block])
            for s in range(lanes):
                cases = kept[block, cell, COUNTS * LANES + s] // CASE
                kept[block, cell, COUNTS * LANES + s] -= cases * CASE
                kept[block, cell, CASES * LANES + s] = cases


@njit(nogil=True, cache=True, error_model="numpy")
def weighted_sums(weight: Floats, inside: Flags, y: Floats, x: Floats) -> tuple[float, float]:
    """Weighted sums of y and x inside, row by row; `x` is empty where it is 1 for everyone."""
    above, below = 0.0, 0.0
    for r in range(len(weight)):
        if inside[r]:
            above += weight[r] * y[r]
            below += weight[r] * (x[r] if len(x) > 0 else 1.0)
    return above, below


@njit(nogil=True, cache=True)
def two_largest(cell: Codes, size: int, amount: Floats) -> Floats:
    """The two largest amounts of each cell of one grouping, shape (size, 2)."""
    top = np.zeros((size, 2))
    for row in range(amount.shape[0]):
        value, at = amount[row], cell[row]
        if value > top[at, 0]:
            top[at, 1] = top[at, 0]
            top[at, 0] = value
        elif value > top[at, 1]:
            top[at, 1] = value
    return top


@njit(nogil=True, cache=True)
def within_cells(order: Ints, label: Ints, cell: Codes, cells: int) -> Ints:
    """A number for each label in each cell, shape (n,); in the order equal labels come together.

    Rows that are not in the order have 0.
    """
    found = np.zeros(len(label), dtype=np.int64)
    last = np.full(cells, -1, dtype=np.int64)
    number = np.zeros(cells, dtype=np.int64)
    count = 0
    for row in order:
        at = cell[row]
        if last[at] != label[row]:
            last[at] = label[row]
            number[at] = count
            count += 1
        found[row] = number[at]
    return found
