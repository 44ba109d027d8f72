"""Compiled passes over all respondents, so that what follows has a few thousand rows."""

import numpy as np
from numba import njit

from cauce.model.arrays import Codes, Floats, Ints


@njit(nogil=True, cache=True, error_model="numpy")
def people(codes: Codes | Ints, weight: Floats, size: int) -> Ints:
    """How many with a weight have each code, and in the last place how many none, (size + 1,)."""
    found = np.zeros(size + 1, dtype=np.int64)
    for r in range(len(codes)):
        if weight[r] > 0.0:
            found[codes[r] if codes[r] >= 0 else size] += 1
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def numbered(key: Ints, size: int, number: Ints) -> Ints:
    """Number the keys below `size` in the order they come; returns the row each comes first in."""
    place = np.full(size, -1, dtype=np.int64)
    first = np.empty(min(size, len(key)), dtype=np.int64)
    count = 0
    for r in range(len(key)):
        if place[key[r]] < 0:
            place[key[r]] = count
            first[count] = r
            count += 1
        number[r] = place[key[r]]
    return first[:count]


@njit(nogil=True, cache=True, error_model="numpy")
def swept(matrix: Floats, dependent: float) -> Ints:
    """Turn a matrix of products, with ones on its diagonal, into its generalised inverse.

    Each margin is swept in turn, of those that are left the one that follows least from the others.
    Returns which were, 1 or 0, shape (p,). Of the others row i, column j says how much of swept
    margin i there is in margin j.

    Source: Goodnight (1979), A tutorial on the sweep operator, American Statistician 33.
    """
    width = len(matrix)
    done = np.zeros(width, dtype=np.int64)
    for _ in range(width):
        pivot = -1
        for j in range(width):
            if done[j] == 0 and (pivot < 0 or matrix[j, j] > matrix[pivot, pivot]):
                pivot = j
        d = matrix[pivot, pivot]
        if not d > dependent:
            break
        done[pivot] = 1
        for j in range(width):
            matrix[pivot, j] /= d
        for i in range(width):
            b = matrix[i, pivot]
            if i != pivot and b != 0.0:
                for j in range(width):
                    matrix[i, j] -= b * matrix[pivot, j]
                matrix[i, pivot] = -b / d
        matrix[pivot, pivot] = 1.0 / d
    return done
