"""What published figures say of the numbers behind them, as bounds no rounding makes too narrow."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf, nextafter

from cauce.protect.span import Vector

Bounds = tuple[float, float]
PERCENT = Fraction(100)


@dataclass(frozen=True)
class Shown:
    """A figure as it is printed: the true one is within half of its last digit, ends included."""

    low: Fraction
    high: Fraction

    @property
    def bounds(self) -> Bounds:
        return outward(self.low, self.high)


def shown(value: float, decimals: int) -> Shown:
    """A figure with so many decimals; negative ones are zeros before the point, -3 of thousands."""
    half = Fraction(10) ** -decimals / 2
    printed = round(Fraction(value) / (2 * half)) * 2 * half
    return Shown(printed - half, printed + half)


def exactly(value: float) -> Shown:
    return Shown(Fraction(value), Fraction(value))


def outward(low: Fraction, high: Fraction) -> Bounds:
    """The nearest floats that leave both ends inside."""
    below, above = float(low), float(high)
    return (
        nextafter(below, -inf) if Fraction(below) > low else below,
        nextafter(above, inf) if Fraction(above) < high else above,
    )


def whole(bounds: Bounds) -> Bounds:
    """Bounds of a number of people: the whole numbers within."""
    return float(ceil(bounds[0])), float(floor(bounds[1]))


def part(rate: Shown, of: Shown) -> Bounds:
    """A numerator from its rate or share, in per cent, and its denominator."""
    return outward(rate.low * of.low / PERCENT, rate.high * of.high / PERCENT)


def denominator(rate: Shown, of: Shown) -> Bounds:
    """A denominator from a rate in per cent and its numerator; without end below a rate of 0."""
    high = inf if rate.low <= 0 else outward(of.high, of.high * PERCENT / rate.low)[1]
    return outward(of.low * PERCENT / rate.high, of.high)[0] if rate.high > 0 else 0.0, high


def ratio(rate: Shown, numerator: Vector, of: Vector) -> list[tuple[Vector, float, float]]:
    """What a rate in per cent says of two sums neither of which is public: two sums with a side."""
    found = []
    for end, low, high in ((rate.low, 0.0, inf), (rate.high, -inf, 0.0)):
        share = end / PERCENT
        vector = {unknown: factor * share.denominator for unknown, factor in numerator.items()}
        for unknown, factor in of.items():
            vector[unknown] = vector.get(unknown, 0) - factor * share.numerator
        found.append(({at: factor for at, factor in vector.items() if factor}, low, high))
    return found


def rest(shares: list[Shown]) -> Shown:
    """The one share that is missing of those that add up to 100 per cent."""
    return Shown(
        PERCENT - sum((one.high for one in shares), Fraction(0)),
        PERCENT - sum((one.low for one in shares), Fraction(0)),
    )


def total_of_mean(mean: Shown, count: int) -> Bounds:
    """What so many numbers add up to whose plain mean is public, as of a year's quarters."""
    return outward(mean.low * count, mean.high * count)


def grown(before: Shown, growth: Shown) -> Bounds:
    """A number from that of an earlier period and its growth in per cent since."""
    return outward(
        before.low * (1 + growth.low / PERCENT), before.high * (1 + growth.high / PERCENT)
    )


def error_of_interval(low: Shown, high: Shown, times: float) -> Shown:
    """A standard error from an interval of so `many times` of it on either side."""
    many = 2 * Fraction(times)
    return Shown(max(high.low - low.high, Fraction(0)) / many, (high.high - low.low) / many)


def middle(low: Shown, high: Shown) -> Bounds:
    """A value from the ends of its interval, which is as wide above as below."""
    return outward((low.low + high.low) / 2, (low.high + high.high) / 2)


def value_of_cv(error: Shown, cv: Shown) -> Bounds:
    """A value from its standard error and its coefficient of variation in per cent."""
    high = inf if cv.low <= 0 else float(outward(error.high, error.high * PERCENT / cv.low)[1])
    return outward(error.low * PERCENT / cv.high, error.high)[0], high


def size_of_error(rate: Shown, error: Shown, deff: Shown) -> Bounds:
    """How many answered, from a rate in per cent, its standard error in points and its deff.

    n = deff × p (1 - p) / se², as the design effect is defined.
    """
    ends = [one / PERCENT for one in (rate.low, rate.high)]
    spread = [max(one * (1 - one), Fraction(0)) for one in ends]
    most = Fraction(1, 4) if ends[0] <= Fraction(1, 2) <= ends[1] else max(spread)
    se_low, se_high = error.low / PERCENT, error.high / PERCENT
    low = deff.low * min(spread) / se_high**2
    if se_low <= 0:
        return outward(low, low)[0], inf
    return outward(low, deff.high * most / se_low**2)


def size_of_ess(ess: Shown, deff: Shown) -> Bounds:
    """How many answered, from the effective sample size and the design effect: their product."""
    return outward(ess.low * deff.low, ess.high * deff.high)
