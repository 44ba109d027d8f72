"""The variance of a total after several stages, written as the books write it, and slowly."""

from collections.abc import Sequence

import numpy as np

Level = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Stratum, unit and how many units there are in the population, all of shape (n,)."""


def variance(z: np.ndarray, levels: Sequence[Level]) -> float:
    """Of the sum of z, weights included: Särndal, Swensson & Wretman (1992), result 4.3.1."""
    stratum, unit, population = levels[0]
    found = 0.0
    for h in np.unique(stratum):
        here = stratum == h
        units = np.unique(unit[here])
        n, size = len(units), population[here][0]
        sums = np.array([z[here & (unit == c)].sum() for c in units])
        if n > 1:
            found += (1 - n / size) * n / (n - 1) * ((sums - sums.mean()) ** 2).sum()
        if len(levels) == 1:
            continue
        for c in units:
            own = here & (unit == c)
            below = [tuple(part[own] for part in level) for level in levels[1:]]
            found += n / size * variance(z[own], below)  # type: ignore[arg-type]
    return found


def covariance(a: np.ndarray, b: np.ndarray, levels: Sequence[Level]) -> float:
    both = variance(a + b, levels) - variance(a, levels) - variance(b, levels)
    return both / 2
