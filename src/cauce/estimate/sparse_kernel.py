"""Compiled sums over tables most of whose numbers are 0 (`model.sparse`)."""

import numpy as np
from numba import njit

from cauce.model.arrays import Floats, Ints


@njit(nogil=True, cache=True, error_model="numpy")
def lengths(
    bounds: Ints, order: Ints, pattern: Ints, starts: Ints, columns: Ints, width: int
) -> Ints:
    """How many columns the rows of each group have between them, summed up, shape (groups + 1,).

    Group g has the rows `order[bounds[g]:bounds[g + 1]]`; `pattern` says what a row has.
    """
    found = np.zeros(len(bounds), dtype=np.int64)
    met = np.full(width, -1, dtype=np.int64)
    for g in range(len(bounds) - 1):
        count = 0
        for r in order[bounds[g] : bounds[g + 1]]:
            for at in range(starts[pattern[r]], starts[pattern[r] + 1]):
                if met[columns[at]] != g:
                    met[columns[at]] = g
                    count += 1
        found[g + 1] = found[g] + count
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def gathered(
    bounds: Ints,
    order: Ints,
    pattern: Ints,
    factor: Floats,
    starts: Ints,
    columns: Ints,
    values: Floats,
    ends: Ints,
    width: int,
) -> tuple[Ints, Floats]:
    """Columns and values of the sum of each group's rows, each row times its factor.

    `ends` is what `lengths` found.
    """
    into = np.empty(ends[-1], dtype=np.int64)
    sums = np.zeros(ends[-1])
    place = np.full(width, -1, dtype=np.int64)
    for g in range(len(bounds) - 1):
        first = ends[g]
        last = first
        for r in order[bounds[g] : bounds[g + 1]]:
            for at in range(starts[pattern[r]], starts[pattern[r] + 1]):
                j = columns[at]
                if place[j] < first:
                    place[j] = last
                    into[last] = j
                    last += 1
                sums[place[j]] += factor[r] * values[at]
    return into, sums


@njit(nogil=True, cache=True, error_model="numpy")
def projected(starts: Ints, columns: Ints, values: Floats, coefficients: Floats) -> Floats:
    """Each row times the coefficients, shape (rows,)."""
    found = np.zeros(len(starts) - 1)
    for k in range(len(found)):
        for at in range(starts[k], starts[k + 1]):
            found[k] += values[at] * coefficients[columns[at]]
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def products(starts: Ints, columns: Ints, values: Floats, factor: Floats, width: int) -> Floats:
    """The sum of factor x row x row', shape (width, width)."""
    found = np.zeros((width, width))
    for k in range(len(factor)):
        for at in range(starts[k], starts[k + 1]):
            own = factor[k] * values[at]
            for other in range(starts[k], starts[k + 1]):
                found[columns[at], columns[other]] += own * values[other]
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def by_cell(
    cell: Ints,
    low: int,
    high: int,
    pattern: Ints,
    z: Floats,
    starts: Ints,
    columns: Ints,
    values: Floats,
    width: int,
) -> Floats:
    """The sum of z x row over everyone in each cell from `low` to `high`, (high - low, width)."""
    found = np.zeros((high - low, width))
    for r in range(len(z)):
        c = cell[r] - low
        if z[r] != 0.0 and c >= 0 and c < high - low:
            for at in range(starts[pattern[r]], starts[pattern[r] + 1]):
                found[c, columns[at]] += z[r] * values[at]
    return found
