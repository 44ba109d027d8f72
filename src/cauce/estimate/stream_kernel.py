"""The compiled steps of a stream beyond the pass: numbers of cells, and who holds most."""

import numpy as np
from numba import njit

from cauce.model.arrays import Codes, Floats, Ints


@njit(nogil=True, cache=True)
def numbers_of(codes: Codes, dims: Ints, sizes: Ints) -> Ints:
    """The mixed-radix number of every row's cell, first classifier slowest; codes (all, rows)."""
    number = np.zeros(codes.shape[1], dtype=np.int64)
    for at in range(len(dims)):
        size, column = sizes[at], codes[dims[at]]
        for row in range(len(number)):
            number[row] = number[row] * size + column[row]
    return number


@njit(nogil=True, cache=True)
def place_codes(column: Codes, size: int, not_applicable: int, places: Codes) -> None:
    """The codes of rows as `tables.positions` has them: whoever has none is in the last two."""
    for row in range(len(column)):
        code = column[row]
        if code >= 0:
            places[row] = code
        else:
            places[row] = size - 1 if code == not_applicable else size - 2


@njit(nogil=True, cache=True)
def keep_rows(cell: Codes, amount: Floats, top: Floats, total: Floats) -> None:
    """Add rows to the sum and the two largest amounts of their cells: `top` is (cells, 2)."""
    for row in range(len(amount)):
        value, at = amount[row], cell[row]
        total[at] += value
        if value > top[at, 0]:
            top[at, 1] = top[at, 0]
            top[at, 0] = value
        elif value > top[at, 1]:
            top[at, 1] = value


@njit(nogil=True, cache=True)
def keep_psus(
    cell: Codes, psu: Ints, amount: Floats, top: Floats, total: Floats, held: Floats, last: Ints
) -> None:
    """The same where PSUs answer: `held` is what the `last` of a cell holds so far, (cells,)."""
    for row in range(len(amount)):
        at = cell[row]
        total[at] += amount[row]
        if last[at] != psu[row]:
            enter(at, top, held)
            last[at] = psu[row]
        held[at] += amount[row]


@njit(nogil=True, cache=True)
def enter(at: int, top: Floats, held: Floats) -> None:
    """Enter what the last PSU of a cell holds among the two largest, and begin anew."""
    value = held[at]
    if value > top[at, 0]:
        top[at, 1] = top[at, 0]
        top[at, 0] = value
    elif value > top[at, 1]:
        top[at, 1] = value
    held[at] = 0.0


@njit(nogil=True, cache=True)
def enter_all(top: Floats, held: Floats) -> None:
    """Enter the last PSU of every cell."""
    for at in range(len(held)):
        enter(at, top, held)
