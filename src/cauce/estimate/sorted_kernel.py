"""Compiled loops over amounts in order within cells: quantiles, sums below a bound, Gini."""

import numpy as np
from numba import njit

from cauce.model.arrays import Codes, Flags, Floats, Ints

# Of two sums that should be equal the last digits may differ.
EXACT = 1.0 - 1e-12


@njit(cache=True)
def by_cell(order: Ints, cell: Codes, inside: Flags, cells: int) -> tuple[Ints, Ints]:
    """Who is inside, cell by cell and in the given order within each, and where a cell begins."""
    starts = np.zeros(cells + 1, dtype=np.int64)
    for row in order:
        if inside[row]:
            starts[cell[row] + 1] += 1
    for c in range(cells):
        starts[c + 1] += starts[c]
    at = starts[:-1].copy()
    places = np.empty(starts[cells], dtype=np.int64)
    for row in order:
        if inside[row]:
            places[at[cell[row]]] = row
            at[cell[row]] += 1
    return places, starts


@njit(cache=True)
def running(places: Ints, starts: Ints, weight: Floats) -> Floats:
    """Weights summed up to and with each place of its cell."""
    total = np.empty(len(places))
    for c in range(len(starts) - 1):
        so_far = 0.0
        for at in range(starts[c], starts[c + 1]):
            so_far += weight[places[at]]
            total[at] = so_far
    return total


@njit(cache=True)
def quantiles(places: Ints, starts: Ints, y: Floats, total: Floats, p: Floats) -> Floats:
    """The least amount of each cell up to which p of its weight lies; NaN where p is, or nobody."""
    found = np.full(len(p), np.nan)
    for c in range(len(p)):
        low, high = starts[c], starts[c + 1] - 1
        if high < low or np.isnan(p[c]):
            continue
        wanted = p[c] * total[high] * EXACT
        while low < high:
            middle = (low + high) // 2
            if total[middle] >= wanted:
                high = middle
            else:
                low = middle + 1
        found[c] = y[places[low]]
    return found


@njit(cache=True)
def share_below(places: Ints, starts: Ints, y: Floats, total: Floats, bound: Floats) -> Floats:
    """The share of each cell's weight with an amount below the cell's bound; NaN if nobody."""
    found = np.full(len(bound), np.nan)
    for c in range(len(bound)):
        low, high = starts[c], starts[c + 1]
        if high == low or np.isnan(bound[c]):
            continue
        whole = total[high - 1]
        while low < high:
            middle = (low + high) // 2
            if y[places[middle]] < bound[c]:
                low = middle + 1
            else:
                high = middle
        found[c] = total[low - 1] / whole if low > starts[c] else 0.0
    return found


@njit(cache=True)
def neighbours(places: Ints, starts: Ints, y: Floats, value: Floats) -> tuple[Floats, Floats]:
    """The next smaller and the next larger amount of each cell; NaN where there is none."""
    below, above = np.full(len(value), np.nan), np.full(len(value), np.nan)
    for c in range(len(value)):
        for at in range(starts[c], starts[c + 1]):
            amount = y[places[at]]
            if amount < value[c]:
                below[c] = amount
            elif amount > value[c]:
                above[c] = amount
                break
    return below, above


@njit(cache=True)
def gini(places: Ints, starts: Ints, y: Floats, weight: Floats, value: Floats, z: Floats) -> None:
    """Write the Gini of each cell and how much each respondent's weight moves it.

    With N and Y the sums of weights and amounts, N_k and Y_k those up to k, G the Gini:
    z_k = [2 (N_k y_k - Y_k) + Y - N y_k - G (Y + N y_k)] / (N Y).
    NaN where there is nobody, the amounts add up to nothing, or one of them is negative.

    Source: Langel & Tillé (2013), Variance estimation of the Gini index, JRSS A 176, section 4.
    """
    for c in range(len(value)):
        first, last = starts[c], starts[c + 1]
        people, amount, twice = 0.0, 0.0, 0.0
        for at in range(first, last):
            w, amounts = weight[places[at]], y[places[at]]
            people += w
            amount += w * amounts
            twice += w * amounts * (2.0 * people - w)
        if first == last or amount <= 0.0 or y[places[first]] < 0.0:
            value[c] = np.nan
            continue
        g = max(twice / (people * amount) - 1.0, 0.0)
        value[c] = g
        below, paid = 0.0, 0.0
        for at in range(first, last):
            w, amounts = weight[places[at]], y[places[at]]
            below += w
            paid += w * amounts
            moved = 2.0 * (below * amounts - paid) + amount - people * amounts
            z[places[at]] = (moved - g * (amount + people * amounts)) / (people * amount)
