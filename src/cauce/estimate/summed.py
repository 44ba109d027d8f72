"""Sums that do not depend on the order of what is added, to the last bit."""

from fractions import Fraction

import numpy as np

from cauce.model.arrays import Floats

# A number is a whole one of 53 bits times a power of two; its halves add up without rounding.
BITS, LOW_BITS = 53, 26
LOW = 2**LOW_BITS - 1
# Powers of two of floating-point numbers lie between these.
LEAST, POWERS = -1074, 2100


class ExactSum:
    """Adds numbers up exactly, so many at a time; rounds once, when it is asked.

    The sum of a file is then the same whatever the order of its rows and however it is cut.
    """

    def __init__(self) -> None:
        self._high = [0] * POWERS
        self._low = [0] * POWERS

    def add(self, numbers: Floats) -> None:
        """Add finite numbers."""
        for at in range(0, len(numbers), LOW + 1):
            self._add(numbers[at : at + LOW + 1])

    def _add(self, numbers: Floats) -> None:
        fraction, power = np.frexp(numbers)
        whole = np.ldexp(fraction, BITS).astype(np.int64)
        place = power.astype(np.int64) - LEAST
        # So few halves add up to less than 2^53, in which floating point does not round.
        high = np.bincount(place, (whole >> LOW_BITS).astype(np.float64), POWERS)
        low = np.bincount(place, (whole & LOW).astype(np.float64), POWERS)
        for at in np.flatnonzero(np.bincount(place, minlength=POWERS)).tolist():
            self._high[at] += int(high[at])
            self._low[at] += int(low[at])

    def value(self) -> float:
        """The floating-point number nearest to the sum; infinite if it is beyond all of them."""
        total = Fraction(0)
        for at, (high, low) in enumerate(zip(self._high, self._low, strict=True)):
            if high or low:
                total += (high * (LOW + 1) + low) * Fraction(2) ** (at + LEAST - BITS)
        try:
            return float(total)
        except OverflowError:
            return float(np.inf) if total > 0 else -float(np.inf)


def exact_sum(numbers: Floats) -> float:
    """The sum of finite numbers, rounded once."""
    found = ExactSum()
    found.add(numbers)
    return found.value()
