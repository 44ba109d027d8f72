"""From sums and moments to values and errors, for all cells at once.

Source: Särndal, Swensson & Wretman (1992), section 5.6 (ratio, linearised); design effect against
simple random sampling with replacement: Kish (1965), Survey Sampling, section 8.2, in the form
of R survey 4.x, `deff = "replace"`.
"""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.indicator import Estimator

ROUNDING = 1e-14
"""What is so small a part of a sum of squares is the last digit of a 0."""


@dataclass(frozen=True)
class Sums:
    """The sums and moments of one score in c cells, each of shape (c,).

    `z` is the sum of y - pilot x, and `yy`, `yx` and `xx` are weighted squares and products of it
    and of x. `zz`, `zb`, `bb` are the variances and covariance of y - (pilot + centre) x and of b,
    where b is x, or x - y for a rate.
    """

    n: Floats
    w: Floats
    y: Floats
    x: Floats
    z: Floats
    yy: Floats
    yx: Floats
    xx: Floats
    zz: Floats
    zb: Floats
    bb: Floats
    centre: Floats


def value_and_variance(estimator: Estimator, sums: Sums) -> tuple[Floats, Floats]:
    """Value and variance, shape (c,); NaN where nobody is inside or the denominator is 0."""
    some = sums.n > 0
    # A variance is not negative; a hair below 0 is the last binary digit of a 0.
    if estimator == "total":
        return np.where(some, sums.y, np.nan), np.where(some, np.maximum(sums.zz, 0.0), np.nan)
    x = np.where(some & (sums.x != 0), sums.x, np.nan)
    r = sums.y / x
    if estimator == "rate":
        variance = (1 - r) ** 2 * sums.zz - 2 * r * (1 - r) * sums.zb + r**2 * sums.bb
    else:
        # The ratio off the centre, without taking one large number from another.
        variance = _about(sums.z / x - sums.centre, sums.zz, sums.zb, sums.bb)
    return r, np.maximum(variance, 0.0) / x**2


def _about(off: Floats, zz: Floats, zb: Floats, bb: Floats) -> Floats:
    """The square of z - off b, from the squares and the product of both."""
    square: Floats = zz - 2 * off * zb + off**2 * bb
    return square


def all_or_nothing(proportion: Floats, cases: Ints) -> Flags:
    """Where a proportion is 0 or 1, shape (c,); of two equal sums the last digits may differ."""
    nothing: Flags = (proportion == 0) & (cases == 0)
    return nothing | (np.abs(proportion - 1) < 1e-12)


def badly_centred(estimator: Estimator, sums: Sums) -> bool:
    """Whether a cell lost more than four digits because its ratio is far from the centre."""
    if estimator in ("total", "rate"):
        return False
    value, variance = value_and_variance(estimator, sums)
    known = np.isfinite(value)
    x = np.where(known, sums.x, 1.0)
    lost = (sums.z / x - sums.centre) ** 2 * sums.bb / x**2
    return bool((lost[known] > 1e4 * variance[known]).any())


def simple_variance(estimator: Estimator, sums: Sums) -> Floats:
    """The variance of the same estimate under simple random sampling with replacement, n equal."""
    n, w = sums.n, sums.w
    with np.errstate(divide="ignore", invalid="ignore"):
        if estimator == "ratio":
            squares = _about(sums.z / sums.x, sums.yy, sums.yx, sums.xx)
            return squares / w * n / (n - 1) * w**2 / n / sums.x**2
        spread = _squares(sums) / w * n / (n - 1)
        return spread * w**2 / n if estimator == "total" else spread / n


def _squares(sums: Sums) -> Floats:
    """Weighted squares of z off its mean; 0 where all that is left of them is rounding."""
    squares = sums.yy - sums.z**2 / sums.w
    found: Floats = np.where(squares <= ROUNDING * sums.yy, 0.0, squares)
    return found


def own_sums(estimator: Estimator, sums: Sums) -> Sums:
    """The same where z is taken off the cell's own ratio: the same value and error, bit by bit.

    A pilot is near the ratio of some of the respondents, so that it would tell something of them.
    Of a total and a rate nothing was taken off.
    """
    if estimator in ("total", "rate"):
        return sums
    none = np.zeros_like(sums.z)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = sums.z / sums.x
        if estimator == "mean":
            squares, products = _squares(sums), none
        else:
            squares = _about(off, sums.yy, sums.yx, sums.xx)
            products = sums.yx - off * sums.xx
        far = off - sums.centre
        return replace(
            sums,
            z=none,
            yy=squares,
            yx=products,
            zz=_about(far, sums.zz, sums.zb, sums.bb),
            zb=sums.zb - far * sums.bb,
            centre=none,
        )
