"""Compiled arithmetic on whole numbers of 128 bits, and on pairs of floating numbers.

A whole number is two limbs of 64 bits, the higher first, in two's complement; a pair is a number
and what it was rounded by, which together hold some 106 binary digits. Nothing here depends on the
order of additions or on the machine.

Source: Knuth, The Art of Computer Programming, volume 2, 3rd edition, section 4.3.1 (products of
limbs) and 4.2.2, theorem B (the error of a sum); Dekker (1971), A floating-point technique for
extending the available precision, Numerische Mathematik 18.
"""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cauce.model.arrays import Flags, Floats, Ints

Limbs: TypeAlias = NDArray[np.uint64]
HALF = np.uint64(32)
LOW = np.uint64(2**32 - 1)
NIL, ONE = np.uint64(0), np.uint64(1)
SPLITTER = 134217729.0
# What is kept of a measure in each cell: moments of z and b, and how many PSUs, strata, and strata
# of a single PSU have a weight in it.
ZZ, ZB, BB, PSUS, STRATA, ALONE = range(6)
KEPT = 6


@njit(nogil=True, cache=True, inline="always")
def product(a: np.uint64, b: np.uint64) -> tuple[np.uint64, np.uint64]:
    """The product of two unsigned limbs."""
    a0, a1, b0, b1 = a & LOW, a >> HALF, b & LOW, b >> HALF
    low, left, right = a0 * b0, a1 * b0, a0 * b1
    middle = (low >> HALF) + (left & LOW) + (right & LOW)
    high = a1 * b1 + (left >> HALF) + (right >> HALF) + (middle >> HALF)
    return high, (low & LOW) | (middle << HALF)


@njit(nogil=True, cache=True, inline="always")
def add(sums: Limbs, at: int, high: np.uint64, low: np.uint64, negative: bool) -> None:
    """Add a number, or take it off, in place."""
    if negative:
        low = ~low + ONE
        high = ~high + (ONE if low == NIL else NIL)
    total = sums[at, 1] + low
    carry = ONE if total < low else NIL
    sums[at, 0] = sums[at, 0] + high + carry
    sums[at, 1] = total


@njit(nogil=True, cache=True)
def add_products(at: Ints, inside: Flags, w: Ints, a: Ints, b: Ints, sums: Limbs) -> None:
    """Add w a b of everyone inside to the sums at his place; an empty array is 1 for all.

    No number may be above 2**53 and no sum above 2**127: whoever calls has seen to it.
    """
    for r in range(len(w)):
        if not inside[r]:
            continue
        one = a[r] if len(a) > 0 else np.int64(1)
        other = b[r] if len(b) > 0 else np.int64(1)
        high, low = product(np.uint64(abs(w[r])), np.uint64(abs(one)))
        times = np.uint64(abs(other))
        over, low = product(low, times)
        high = high * times + over
        add(sums, at[r], high, low, ((w[r] < 0) != (one < 0)) != (other < 0))


@njit(nogil=True, cache=True)
def add_up(at: Ints, parts: Limbs, sums: Limbs) -> None:
    """Add numbers of 128 bits to the sums at their places."""
    for r in range(len(at)):
        add(sums, at[r], parts[r, 0], parts[r, 1], False)


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def two_sum(a: float, b: float) -> tuple[float, float]:
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def plus(a: float, a_off: float, b: float, b_off: float) -> tuple[float, float]:
    """The sum of two pairs."""
    total, off = two_sum(a, b)
    off += a_off + b_off
    both = total + off
    return both, off - (both - total)


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def times(a: float, a_off: float, b: float, b_off: float) -> tuple[float, float]:
    """The product of two pairs."""
    made = a * b
    cut = SPLITTER * a
    a1 = cut - (cut - a)
    cut = SPLITTER * b
    b1 = cut - (cut - b)
    a0, b0 = a - a1, b - b1
    off = ((a1 * b1 - made) + a1 * b0 + a0 * b1) + a0 * b0
    off += a * b_off + a_off * b
    both = made + off
    return both, off - (both - made)


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def over(a: float, a_off: float, b: float, b_off: float) -> tuple[float, float]:
    """The quotient of two pairs; b is not 0."""
    first = a / b
    rest, rest_off = times(-first, 0.0, b, b_off)
    rest, rest_off = plus(a, a_off, rest, rest_off)
    second = rest / b
    back, back_off = times(-second, 0.0, b, b_off)
    rest, rest_off = plus(rest, rest_off, back, back_off)
    found, off = two_sum(first, second)
    return plus(found, off, rest / b, 0.0)


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def pair_of(high: np.uint64, low: np.uint64) -> tuple[float, float]:
    """A whole number as a pair."""
    negative = (high >> np.uint64(63)) == ONE
    if negative:
        low = ~low + ONE
        high = ~high + (ONE if low == NIL else NIL)
    found, off = two_sum(float(high >> HALF) * 2.0**96, float(high & LOW) * 2.0**64)
    found, off = plus(found, off, float(low >> HALF) * 2.0**32, float(low & LOW))
    return (-found, -off) if negative else (found, off)


@njit(nogil=True, cache=True, error_model="numpy")
def pairs(sums: Limbs) -> Floats:
    """Whole numbers as pairs, shape (n, 2)."""
    found = np.empty((len(sums), 2))
    for at in range(len(sums)):
        found[at, 0], found[at, 1] = pair_of(sums[at, 0], sums[at, 1])
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def ratios(above: Floats, below: Floats) -> Floats:
    """Quotients of pairs, 0 where there is none, shape (n, 2)."""
    found = np.zeros((len(above), 2))
    for at in range(len(above)):
        if below[at, 0] != 0.0:
            found[at, 0], found[at, 1] = over(
                above[at, 0], above[at, 1], below[at, 0], below[at, 1]
            )
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def about(ratio: Floats, yy: Floats, yx: Floats, xx: Floats) -> tuple[Floats, Floats]:
    """Squares of y - R x, and its products with x, from those of y and x; pairs in, numbers out."""
    squares, products = np.empty(len(yy)), np.empty(len(yy))
    for at in range(len(yy)):
        r, r_off = ratio[at, 0], ratio[at, 1]
        part, off = times(-r, -r_off, xx[at, 0], xx[at, 1])
        part, off = plus(yx[at, 0], yx[at, 1], part, off)
        products[at] = part
        # yy - R yx - R (yx - R xx)
        both, both_off = plus(yx[at, 0], yx[at, 1], part, off)
        both, both_off = times(-r, -r_off, both, both_off)
        squares[at] = plus(yy[at, 0], yy[at, 1], both, both_off)[0]
    return squares, products


@njit(nogil=True, cache=True, error_model="numpy")
def moments(
    cell: Ints,
    stratum: Ints,
    y: Floats,
    x: Floats,
    w: Floats,
    ratio: Floats,
    complement: bool,
    inner: Floats,
    outer: Floats,
    alone: Floats,
) -> Floats:
    """What each cell keeps of a measure, shape (cells, KEPT), from the sums of its PSUs.

    The rows are one PSU of one cell each, by cell and stratum. z is y - R x, and b is x, or x - y.
    `ratio`, of shape (cells, 2), is 0 where nothing is centred.
    """
    kept = np.zeros((len(ratio), KEPT))
    # Pairs: moments of zz, zb, bb of the cell, and the stratum's sums of z and b.
    run = np.zeros((5, 2))
    some = False
    for r in range(len(cell)):
        at, h = cell[r], stratum[r]
        off, off_off = times(-ratio[at, 0], -ratio[at, 1], x[r, 0], x[r, 1])
        z, z_off = plus(y[r, 0], y[r, 1], off, off_off)
        b, b_off = x[r, 0], x[r, 1]
        if complement:
            b, b_off = plus(b, b_off, -y[r, 0], -y[r, 1])
        add_square(run, inner[h], z, z_off, b, b_off)
        run[3, 0], run[3, 1] = plus(run[3, 0], run[3, 1], z, z_off)
        run[4, 0], run[4, 1] = plus(run[4, 0], run[4, 1], b, b_off)
        if w[r, 0] > 0.0:
            kept[at, PSUS] += 1.0
            some = True
        last = r + 1 == len(cell) or cell[r + 1] != at
        if last or stratum[r + 1] != h:
            add_square(run, -outer[h], run[3, 0], run[3, 1], run[4, 0], run[4, 1])
            run[3:] = 0.0
            if some:
                kept[at, STRATA] += 1.0
                kept[at, ALONE] += alone[h]
            some = False
        if last:
            for which in range(3):
                kept[at, which] = run[which, 0] + run[which, 1]
            run[:] = 0.0
    return kept


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def add_square(run: Floats, factor: float, z: float, z_off: float, b: float, b_off: float) -> None:
    """Add the products of z and b, times a factor, to the moments."""
    fz, fz_off = times(factor, 0.0, z, z_off)
    fb, fb_off = times(factor, 0.0, b, b_off)
    made, off = times(fz, fz_off, z, z_off)
    run[0, 0], run[0, 1] = plus(run[0, 0], run[0, 1], made, off)
    made, off = times(fz, fz_off, b, b_off)
    run[1, 0], run[1, 1] = plus(run[1, 0], run[1, 1], made, off)
    made, off = times(fb, fb_off, b, b_off)
    run[2, 0], run[2, 1] = plus(run[2, 0], run[2, 1], made, off)
