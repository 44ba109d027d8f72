"""Quantiles of Student's t, without a statistics library.

Source: Abramowitz & Stegun (1964), 26.5.8 (incomplete beta as a continued fraction, evaluated by
the method of Lentz) and 26.7.1, 26.7.5 (t as an incomplete beta, expansion near the normal).
"""

import math

import numpy as np
from numba import njit

from cauce.model.arrays import Floats, Ints

NORMAL_975 = 1.959963984540054


@njit(cache=True)
def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta I_x(a, b) for 0 < x < (a + 1)/(a + b + 2)."""
    tiny = 1e-300
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    c = 1.0
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / d if abs(d) > tiny else 1.0 / tiny
    value = d
    change = 0.0
    m = 0
    while abs(change - 1.0) > 3e-16 and m < 400:
        m += 1
        step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / (1.0 + step * d)
        c = 1.0 + step / c
        value *= d * c
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 / (1.0 + step * d)
        c = 1.0 + step / c
        change = d * c
        value *= change
    return front * value / a


@njit(cache=True)
def upper_tail(t: float, df: int) -> float:
    """P(T > t) for t > 0."""
    x = df / (df + t * t)
    a, b = 0.5 * df, 0.5
    if x < (a + 1.0) / (a + b + 2.0):
        return 0.5 * incomplete_beta(a, b, x)
    return 0.5 * (1.0 - incomplete_beta(b, a, t * t / (df + t * t)))


@njit(cache=True)
def quantile_975(df: int) -> float:
    """The value T stays below with probability 0.975; df a whole number from 1."""
    if df == 1:
        return math.tan(0.475 * math.pi)
    if df == 2:
        return 0.95 * math.sqrt(2.0 / (1.0 - 0.95 * 0.95))
    z = NORMAL_975
    t = z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
    t += (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
    t += (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * df**4)
    if df > 1000:
        return t
    log_constant = (
        math.lgamma(0.5 * (df + 1)) - math.lgamma(0.5 * df) - 0.5 * math.log(df * math.pi)
    )
    step = t
    # Newton doubles the digits at every step: after one of 1e-9 none is wrong.
    while abs(step) > 1e-9 * t:
        density = math.exp(log_constant - 0.5 * (df + 1) * math.log1p(t * t / df))
        step = (upper_tail(t, df) - 0.025) / density
        t += step
    return t


def t_975(df: Ints) -> Floats:
    """The 0.975 quantile of Student's t for each df, shape of `df`; NaN where df < 1."""
    known, where = np.unique(df, return_inverse=True)
    quantiles = [quantile_975(d) if d > 0 else math.nan for d in known.tolist()]
    return np.array(quantiles, dtype=np.float64)[where].reshape(df.shape)
