"""Compiled sums by replicate: the replicate vector stands innermost, so that it goes by vectors.

Source: Rao & Wu (1988), Resampling inference with complex survey data, JASA 83; Wolter (2007),
Introduction to Variance Estimation, 2nd edition, section 4.5 (jackknife).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cauce.model.arrays import Codes, Flags, Floats, Ints

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
    order: Ints, psu: Ints, cell: Codes, cells: int, weight: Floats, y: Floats, some: Flags
) -> tuple[Codes, Ints, Floats, People]:
    """Weighted sums of y for each PSU in each cell: cells, PSUs, sums and people, PSU by PSU.

    Args:
        order: the rows, those of a PSU together.
        y: (n, variables); `some` (n, domains): who counts as somebody there if his weight is not 0.
    """
    count = 0
    seen, place = np.full(cells, -1, dtype=np.int64), np.zeros(cells, dtype=np.int64)
    found, units = np.empty(len(order), dtype=np.int32), np.empty(len(order), dtype=np.int64)
    sums = np.empty((len(order), y.shape[1]))
    people = np.empty((len(order), some.shape[1]), dtype=np.int32)
    for row in order:
        c = cell[row]
        if seen[c] != psu[row]:
            seen[c], place[c] = psu[row], count
            found[count], units[count] = c, psu[row]
            sums[count], people[count] = 0.0, 0
            count += 1
        e, w = place[c], weight[row]
        for v in range(y.shape[1]):
            sums[e, v] += w * y[row, v]
        for d in range(some.shape[1]):
            people[e, d] += some[row, d] and w != 0.0
    return found[:count], units[:count], sums[:count], people[:count]


@njit(nogil=True, cache=True, error_model="numpy")
def sum_drawn(
    cell: Codes,
    units: Ints,
    sums: Floats,
    steady: Floats,
    moving: Floats,
    drawn: Counts,
    lowest: int,
    first: int,
    last: int,
    out: Floats,
) -> None:
    """Sums by replicate where a PSU's factor is steady + moving x how often it was drawn.

    Its draws are read once, and stay near while the PSU goes through its cells.

    Args:
        drawn: (PSUs, replicates); `out` (cells, variables, replicates), from cell `lowest` on.
    """
    base = np.zeros(out.shape[:2])
    out[:, :, first:last] = 0.0
    for e in range(len(cell)):
        c = cell[e] - lowest
        if c < 0 or c >= len(out):
            continue
        psu = units[e]
        own = drawn[psu, first:last]
        for v in range(sums.shape[1]):
            base[c, v] += steady[psu] * sums[e, v]
            value = moving[psu] * sums[e, v]
            kept = out[c, v, first:last]
            if value != 0.0:
                for r in range(len(own)):
                    kept[r] += value * own[r]
    for c in range(len(out)):
        for v in range(sums.shape[1]):
            out[c, v, first:last] += base[c, v]


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
def psus_and_whole(
    cell: Codes, cells: int, units: Ints, people: People, stratum: Ints, many: Ints
) -> Ints:
    """PSUs with somebody in each cell and domain, and strata all of whose PSUs are: (c, d, 2).

    PSUs come by stratum; `many` are those of a stratum, 0 if it never counts as whole.
    """
    found = np.zeros((cells, people.shape[1], 2), dtype=np.int64)
    last = np.full((cells, people.shape[1]), -1, dtype=np.int64)
    here = np.zeros((cells, people.shape[1]), dtype=np.int64)
    for e in range(len(cell)):
        c, h = cell[e], stratum[units[e]]
        for d in range(people.shape[1]):
            if people[e, d] > 0:
                here[c, d] = here[c, d] + 1 if last[c, d] == h else 1
                last[c, d] = h
                found[c, d, 0] += 1
                found[c, d, 1] += here[c, d] == many[h]
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
