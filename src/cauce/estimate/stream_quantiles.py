"""Quantiles of numbers that do not fit into memory, exactly, by reading them four times."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from cauce.model.arrays import Floats, Ints

# A number above 0 is ordered as its bits are; they are looked at from above, 16 at a time.
STEP, WIDTH = 16, 64


def quantiles(
    numbers: Callable[[], Iterator[Floats]], count: int, orders: Sequence[float]
) -> list[float]:
    """The quantiles `numpy.quantile` gives, of so many numbers, none of them below 0.

    Source: Hyndman & Fan (1996), Sample Quantiles in Statistical Packages, definition 7.
    """
    wanted = [order * (count - 1) for order in orders]
    ranks = sorted({int(at) for at in wanted} | {min(int(at) + 1, count - 1) for at in wanted})
    found = dict(zip(ranks, in_order(numbers, ranks), strict=True))
    return [
        between(found[int(at)], found[min(int(at) + 1, count - 1)], at - int(at)) for at in wanted
    ]


def between(one: float, other: float, part: float) -> float:
    """So far from one number to another, as NumPy rounds it."""
    step = other - one
    return other - step * (1 - part) if part >= 0.5 else one + step * part


def in_order(numbers: Callable[[], Iterator[Floats]], ranks: Sequence[int]) -> list[float]:
    """The numbers that would stand at some places, from 0, if all were put in order."""
    begun, left = np.zeros(len(ranks), dtype=np.uint64), np.array(ranks, dtype=np.int64)
    for shift in range(WIDTH - STEP, -1, -STEP):
        counts = {int(prefix): np.zeros(2**STEP, dtype=np.int64) for prefix in begun}
        for some in numbers():
            _count(some, shift, counts)
        for at, prefix in enumerate(begun.tolist()):
            up_to = np.cumsum(counts[prefix])
            digit = int(np.searchsorted(up_to, left[at], side="right"))
            left[at] -= up_to[digit - 1] if digit else 0
            begun[at] = (prefix << STEP) | digit
    return begun.view(np.float64).tolist()


def _count(some: Floats, shift: int, counts: dict[int, Ints]) -> None:
    """Count the next digit of the numbers that begin with each prefix."""
    bits = (some + 0.0).view(np.uint64) >> np.uint64(shift)
    digit = (bits & np.uint64(2**STEP - 1)).astype(np.int64)
    if shift == WIDTH - STEP:
        counts[0] += np.bincount(digit, minlength=2**STEP)
        return
    above = bits >> np.uint64(STEP)
    for prefix, own in counts.items():
        own += np.bincount(digit[above == np.uint64(prefix)], minlength=2**STEP)
