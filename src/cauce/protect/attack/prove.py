"""Exact proofs of how much a sum can be: nothing of them rests on rounding."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from cauce.protect.span import Vector
from cauce.protect.told import Told

DENOMINATORS = (1, 12, 1_000, 1_000_000, 1_000_000_000)
"""How fine the fractions are that a solver's weights may stand for, the plainest first."""

NEAR = 1e-6
"""How much more than the solver found, relative to it, a proof may leave room for."""


def proven_most(
    goal: Vector, told: Sequence[Told], weights: Sequence[float], most: float
) -> Fraction | None:
    """The most the goal can be, from what is told, each times its weight; None if it proves none.

    A proof that it cannot be much more than the `most` a solver found, and no looser one, will do.

    No unknown is negative, so where the weighed sums are in no unknown below the goal, they are
    above it as a whole.

    Source: weak duality of linear programmes, e.g. Schrijver (1986), section 7.4; fractions in
        place of a solver's numbers as in Applegate, Cook, Dash & Espinoza (2007).
    """
    for finest in DENOMINATORS:
        exact = [Fraction(weight).limit_denominator(finest) for weight in weights]
        total = _total(told, exact) if _covers(goal, told, exact) else None
        if total is not None and total <= most + NEAR * max(1.0, abs(most)):
            return total
    return None


def _covers(goal: Vector, told: Sequence[Told], weights: Iterable[Fraction]) -> bool:
    left = {unknown: Fraction(factor) for unknown, factor in goal.items()}
    for one, weight in zip(told, weights, strict=True):
        if weight:
            for unknown, factor in one.sum.items():
                left[unknown] = left.get(unknown, Fraction(0)) - weight * factor
    return all(rest <= 0 for rest in left.values())


def _total(told: Sequence[Told], weights: Iterable[Fraction]) -> Fraction | None:
    """What the weighed bounds come to, None where one of them is no bound."""
    found = Fraction(0)
    for one, weight in zip(told, weights, strict=True):
        if weight:
            end = one.high if weight > 0 else one.low
            if end in (float("inf"), float("-inf")):
                return None
            found += weight * Fraction(end)
    return found
