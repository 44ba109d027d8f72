"""Compiled loops over the respondents of two domains."""

import numpy as np
from numba import njit

from cauce.model.arrays import Codes, Flags, Floats


@njit(cache=True)
def domain_sums(
    cell: Codes,
    weight: Floats,
    inside: Flags,
    first: Flags,
    second: Flags,
    y: Floats,
    x: Floats,
    cells: int,
) -> Floats:
    """Weighted sums of y and of x, and of weights, in both domains of every cell: (6, cells).

    `x` is empty where it is 1 for everyone.
    """
    sums = np.zeros((6, cells))
    for row in range(len(cell)):
        if not inside[row]:
            continue
        w, under, at = weight[row], x[row] if len(x) > 0 else 1.0, cell[row]
        if first[row]:
            sums[0, at] += w * y[row]
            sums[2, at] += w * under
            sums[4, at] += w
        if second[row]:
            sums[1, at] += w * y[row]
            sums[3, at] += w * under
            sums[5, at] += w
    return sums


@njit(cache=True)
def gap_influence(
    cell: Codes,
    inside: Flags,
    first: Flags,
    second: Flags,
    y: Floats,
    x: Floats,
    ratio: Floats,
    factor: Floats,
) -> Floats:
    """factor x (y - ratio x) of the respondent's domains, shape (n,); 0 where there is none.

    `ratio` and `factor` have shape (2, cells): of the first and of the second domain.
    """
    z = np.zeros(len(cell))
    for row in range(len(cell)):
        if not inside[row]:
            continue
        under, at = x[row] if len(x) > 0 else 1.0, cell[row]
        moved = 0.0
        if first[row]:
            moved += factor[0, at] * (y[row] - ratio[0, at] * under)
        if second[row]:
            moved += factor[1, at] * (y[row] - ratio[1, at] * under)
        z[row] = moved
    return z
