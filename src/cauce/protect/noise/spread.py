"""How the noise of a count is spread: as evenly as its mean, variance and bound allow.

Source: Marley & Leaver (2011), A method for confidentialising user-defined tables; Giessing (2016),
Computational issues in the design of transition probabilities and disclosure risk estimation for
additive noise: the distribution of the largest entropy.
"""

from functools import cache

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput
from cauce.model.safeguards import CellKey

CLOSE = 1e-12
STEPS = 500


def support(count: int, rule: CellKey) -> Ints:
    """By how much a count may change: no number below zero, none from 1 to below the least."""
    noise: Ints = np.arange(-rule.bound, rule.bound + 1, dtype=np.int64)
    told = count + noise
    possible: Ints = noise[(told == 0) | (told >= rule.least)]
    return possible


@cache
def spread(count: int, rule: CellKey) -> tuple[Ints, Floats]:
    """The changes of a count and the chance of each: mean 0, and the variance declared.

    Zero stays zero: no other number could have a mean of zero and none below it.

    Raises:
        BadInput: no chances of that variance and bound have a mean of zero.
    """
    if count == 0:
        return np.zeros(1, dtype=np.int64), np.ones(1)
    noise = support(count, rule)
    low, high = limits(noise)
    if not low < rule.variance < high:
        raise BadInput(
            f"Noise of variance {rule.variance:g}, at most {rule.bound}, is not possible for a "
            f"count of {count} where no positive number below {rule.least} appears: its variance "
            f"is between {low:g} and {high:g}. Change variance, bound or least."
        )
    return noise, largest_entropy(noise.astype(np.float64), rule.variance)


def limits(noise: Ints) -> tuple[float, float]:
    """The least and the largest variance of changes whose mean is zero, both out of reach."""
    down, up = noise[noise < 0], noise[noise > 0]
    if not (len(down) and len(up)):
        return 0.0, 0.0
    least = 0.0 if 0 in noise else float(-down.max() * up.min())
    return least, float(-down.min() * up.max())


def largest_entropy(noise: Floats, variance: float) -> Floats:
    """exp(a v + b v²), with a and b so that the mean is 0 and the variance as asked.

    Newton's method on the convex dual, halving a step that would go too far.
    """
    moments = np.stack([noise, noise**2])
    wanted, at = np.array([0.0, variance]), np.zeros(2)
    for _ in range(STEPS):
        chance = _chances(at, moments)
        found = moments @ chance
        gap = found - wanted
        if np.abs(gap).max() < CLOSE * max(1.0, variance):
            break
        spread_of = (moments * chance) @ moments.T - np.outer(found, found)
        step = np.linalg.solve(spread_of, gap)
        size, worth = 1.0, _dual(at, moments, wanted)
        while size > CLOSE and _dual(at - size * step, moments, wanted) > worth:
            size /= 2
        at = at - size * step
    return _chances(at, moments)


def _chances(at: Floats, moments: Floats) -> Floats:
    power = at @ moments
    weight: Floats = np.exp(power - power.max())
    chance: Floats = weight / weight.sum()
    return chance


def _dual(at: Floats, moments: Floats, wanted: Floats) -> float:
    power = at @ moments
    top = float(power.max())
    return top + float(np.log(np.exp(power - top).sum())) - float(at @ wanted)
