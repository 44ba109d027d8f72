"""Compiled loops over amounts in order within cells, for many replicates side by side."""

import numpy as np
from numba import njit

from cauce.estimate.sorted_kernel import EXACT
from cauce.model.arrays import Floats, Ints


@njit(nogil=True, cache=True, error_model="numpy")
def gini(places: Ints, starts: Ints, y: Floats, weight: Floats, out: Floats) -> None:
    """Write the Gini of each cell under each replicate, as `sorted_kernel.gini` has it.

    Args:
        weight: (n, replicates); `out` (cells, replicates).
    """
    width = weight.shape[1]
    for c in range(len(starts) - 1):
        people, amount, twice = np.zeros(width), np.zeros(width), np.zeros(width)
        for at in range(starts[c], starts[c + 1]):
            row = places[at]
            for r in range(width):
                w = weight[row, r]
                people[r] += w
                amount[r] += w * y[row]
                twice[r] += w * y[row] * (2.0 * people[r] - w)
        some = starts[c] < starts[c + 1] and y[places[starts[c]]] >= 0.0
        for r in range(width):
            out[c, r] = np.nan
            if some and amount[r] > 0.0:
                out[c, r] = max(twice[r] / (people[r] * amount[r]) - 1.0, 0.0)


@njit(nogil=True, cache=True, error_model="numpy")
def quantiles(places: Ints, starts: Ints, y: Floats, weight: Floats, p: float, out: Floats) -> None:
    """Write the least amount up to which p of a cell's weight lies, under each replicate."""
    width = weight.shape[1]
    for c in range(len(starts) - 1):
        wanted = np.zeros(width)
        for at in range(starts[c], starts[c + 1]):
            for r in range(width):
                wanted[r] += weight[places[at], r]
        wanted *= p * EXACT
        so_far = np.zeros(width)
        out[c] = np.nan
        for at in range(starts[c], starts[c + 1]):
            row = places[at]
            for r in range(width):
                before = so_far[r]
                so_far[r] += weight[row, r]
                if before < wanted[r] <= so_far[r]:
                    out[c, r] = y[row]


@njit(nogil=True, cache=True, error_model="numpy")
def share_below(
    places: Ints, starts: Ints, y: Floats, weight: Floats, bound: Floats, out: Floats
) -> None:
    """Write the share of a cell's weight below each replicate's bound; NaN where it has none."""
    width = weight.shape[1]
    for c in range(len(starts) - 1):
        whole, below = np.zeros(width), np.zeros(width)
        for at in range(starts[c], starts[c + 1]):
            row = places[at]
            for r in range(width):
                whole[r] += weight[row, r]
                if y[row] < bound[r]:
                    below[r] += weight[row, r]
        for r in range(width):
            known = whole[r] > 0.0 and bound[r] > 0.0
            out[c, r] = below[r] / whole[r] if known else np.nan
