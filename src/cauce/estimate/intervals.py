"""95 % intervals: t for amounts, logit for proportions, one-sided where nothing varies."""

import numpy as np

from cauce.model.arrays import Floats, Ints


def t_interval(value: Floats, se: Floats, t: Floats) -> tuple[Floats, Floats]:
    """value ± t se, `t` the quantile; NaN where it is (df < 1)."""
    half = t * se
    return value - half, value + half


def logit_interval(p: Floats, se: Floats, t: Floats, n: Ints) -> tuple[Floats, Floats]:
    """The interval of a proportion, worked out on the logit scale and carried back.

    At p = 0 or 1 nothing varied in the sample and se = 0 says nothing: the open end is then the
    one-sided exact 95 % bound of n equal and independent respondents.

    Source: Korn & Graubard (1999), Analysis of Health Surveys, section 5.2 (logit); Clopper &
    Pearson (1934), one-sided.
    """
    inner = (p > 0) & (p < 1)
    safe = np.where(inner, p, 0.5)
    middle = np.log(safe / (1 - safe))
    half = t * se / (safe * (1 - safe))
    with np.errstate(over="ignore"):  # exp of more than 709 is infinite and the end is 0 or 1
        low = np.where(inner, 1 / (1 + np.exp(half - middle)), p)
        high = np.where(inner, 1 / (1 + np.exp(-half - middle)), p)
    bound = np.power(0.05, 1 / np.maximum(n, 1))
    low = np.where(p == 1, bound, low)
    high = np.where(p == 0, 1 - bound, high)
    return low, high


def positive_interval(value: Floats, se: Floats, t: Floats) -> tuple[Floats, Floats]:
    """The interval of what cannot be negative, worked out on the logarithm and carried back.

    A value that is not above 0 all the same has the plain interval.
    """
    plain = t_interval(value, se, t)
    above = value > 0
    safe = np.where(above, value, 1.0)
    with np.errstate(over="ignore", invalid="ignore"):
        factor = np.exp(t * se / safe)
        low, high = safe / factor, safe * factor
    return np.where(above, low, plain[0]), np.where(above, high, plain[1])


def gap_interval(value: Floats, se: Floats, t: Floats) -> tuple[Floats, Floats]:
    """The interval of a relative gap, 1 less a quotient: that of the quotient, carried back."""
    low, high = positive_interval(1 - value, se, t)
    return 1 - high, 1 - low
