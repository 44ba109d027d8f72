"""Compiled sums by replicate: the replicate vector stands innermost, so that it goes by vectors.

Source: Rao & Wu (1988), Resampling inference with complex survey data, JASA 83; Wolter (2007),
Introduction to Variance Estimation, 2nd edition, section 4.5 (jackknife).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cauce.model.arrays import Flags, Floats, Ints

Counts = NDArray[np.float32]
People = NDArray[np.int32]


@njit(nogil=True, cache=True, error_model="numpy")
def sum_rows(
    places: Ints, starts: Ints, y: Floats, weights: Floats, first: int, last: int, out: Floats
) -> None:
    """Sums of y under the replicates from `first` to `last` in each cell.

    Args:
        places: rows by cell, those of cell c from `starts[c]` to `starts[c + 1]`.
        y: (n, variables); `weights` (n, replicates); `out` (cells, variables, replicates).
    """
    width = last - first
    kept = np.empty((y.shape[1], width))
    for c in range(len(starts) - 1):
        kept[:] = 0.0
        for at in range(starts[c], starts[c + 1]):
            row = places[at]
            own = weights[row, first:last]
            for v in range(y.shape[1]):
                value = y[row, v]
                if value != 0.0:
                    for r in range(width):
                        kept[v, r] += value * own[r]
        out[c, :, first:last] = kept


@njit(nogil=True, cache=True, error_model="numpy")
def gather(
    places: Ints, starts: Ints, psu: Ints, weight: Floats, y: Floats, some: Flags
) -> tuple[Ints, Ints, Floats, People]:
    """Weighted sums of y for each PSU of each cell: where a cell begins, PSUs, sums, people.

    Args:
        places: rows by cell, those of a PSU together.
        y: (n, variables); `some` (n, domains): who counts as somebody there if his weight is not 0.
    """
    count, last = 0, -1
    for c in range(len(starts) - 1):
        last = -1
        for at in range(starts[c], starts[c + 1]):
            count += psu[places[at]] != last
            last = psu[places[at]]
    ends = np.zeros(len(starts), dtype=np.int64)
    units = np.empty(count, dtype=np.int64)
    sums = np.zeros((count, y.shape[1]))
    people = np.zeros((count, some.shape[1]), dtype=np.int32)
    e = -1
    for c in range(len(starts) - 1):
        last = -1
        for at in range(starts[c], starts[c + 1]):
            row = places[at]
            if psu[row] != last:
                e += 1
                last = units[e] = psu[row]
            w = weight[row]
            for v in range(y.shape[1]):
                sums[e, v] += w * y[row, v]
            for d in range(some.shape[1]):
                people[e, d] += some[row, d] and w != 0.0
        ends[c + 1] = e + 1
    return ends, units, sums, people


@njit(nogil=True, cache=True, error_model="numpy")
def sum_drawn(
    ends: Ints,
    units: Ints,
    sums: Floats,
    steady: Floats,
    moving: Floats,
    drawn: Counts,
    first: int,
    last: int,
    out: Floats,
) -> None:
    """Sums by replicate where a PSU's factor is steady + moving x how often it was drawn.

    Args:
        drawn: (PSUs, replicates); `out` (cells, variables, replicates).
    """
    width, variables = last - first, sums.shape[1]
    kept = np.empty((variables, width))
    for c in range(len(ends) - 1):
        for v in range(variables):
            base = 0.0
            for e in range(ends[c], ends[c + 1]):
                base += steady[units[e]] * sums[e, v]
            kept[v] = base
        for e in range(ends[c], ends[c + 1]):
            psu = units[e]
            own = drawn[psu, first:last]
            for v in range(variables):
                value = moving[psu] * sums[e, v]
                if value != 0.0:
                    for r in range(width):
                        kept[v, r] += value * own[r]
        out[c, :, first:last] = kept


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def leave_out(
    first: int, last: int, units: Ints, sums: Floats, column: Ints, grown: float, out: Floats
) -> None:
    """Take the PSUs of one stratum out of a sum, each in its replicate."""
    n = last - first
    if n == 1:
        out[first] -= sums[0] * grown
    elif n > 1:
        out[first:last] += sums.sum() / (n - 1)
        for at in range(len(units)):
            out[column[units[at]]] -= sums[at] * n / (n - 1)


@njit(nogil=True, cache=True, error_model="numpy")
def sum_left_out(
    ends: Ints,
    units: Ints,
    sums: Floats,
    stratum: Ints,
    begin: Ints,
    column: Ints,
    grown: float,
    out: Floats,
) -> None:
    """Sums where each replicate leaves one PSU out and the others of its stratum stand in.

    Args:
        stratum: of each PSU; its PSUs have the columns from `begin[h]` to `begin[h + 1]`.
        column: of each PSU, -1 if it is never left out; one that is alone in its stratum is left
            out while all others grow by `grown`.
        out: (cells, variables, replicates).
    """
    for c in range(len(ends) - 1):
        for v in range(sums.shape[1]):
            whole = sums[ends[c] : ends[c + 1], v].sum()
            for h in range(len(begin) - 1):
                factor = grown if begin[h + 1] - begin[h] == 1 else 1.0
                out[c, v, begin[h] : begin[h + 1]] = whole * factor
            e = ends[c]
            while e < ends[c + 1]:
                h, start = stratum[units[e]], e
                while e < ends[c + 1] and stratum[units[e]] == h:
                    e += 1
                here = slice(start, e)
                leave_out(
                    begin[h], begin[h + 1], units[here], sums[here, v], column, grown, out[c, v]
                )


@njit(nogil=True, cache=True, error_model="numpy")
def psus_and_whole(ends: Ints, units: Ints, people: People, stratum: Ints, many: Ints) -> Ints:
    """PSUs with somebody in each cell and domain, and strata all of whose PSUs are: (c, d, 2).

    `many` are the PSUs of a stratum, 0 if it never counts as whole.
    """
    found = np.zeros((len(ends) - 1, people.shape[1], 2), dtype=np.int64)
    for c in range(len(ends) - 1):
        for d in range(people.shape[1]):
            h, here = -1, 0
            for e in range(ends[c], ends[c + 1]):
                if people[e, d] == 0:
                    continue
                if stratum[units[e]] != h:
                    h, here = stratum[units[e]], 0
                here += 1
                found[c, d, 0] += 1
                found[c, d, 1] += here == many[h]
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def count_drawn(order: Ints, begin: Ints, many: Ints, unit: Floats, counts: Counts) -> None:
    """Count how often each PSU is drawn in each replicate.

    Args:
        order: PSUs by stratum; of each draw `begin` is where its stratum begins there and `many`
            how many PSUs that has.
        unit: numbers from 0 to below 1, shape (draws, replicates); `counts` (PSUs, replicates).
    """
    for d in range(len(unit)):
        for r in range(unit.shape[1]):
            counts[order[begin[d] + int(unit[d, r] * many[d])], r] += 1.0
