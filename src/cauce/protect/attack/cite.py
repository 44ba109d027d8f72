"""Which public numbers give a secret away: no more than are needed."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from cauce.protect.attack.block import blocks
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.programme import Contradiction, Programme, Solved
from cauce.protect.attack.prove import proven_most
from cauce.protect.attack.settle import Settled
from cauce.protect.told import Secret, System

NEAR = 1e-9
"""How much narrower than asked, relative to it, is still as wide as asked."""
ROUND = 1e-6
"""How far from a whole number a solution may be that stands for it."""
USED = 1e-9
"""A smaller weight of a number is none."""


@dataclass(frozen=True)
class Ends:
    """How little and how much a secret can be; `proven` says that no rounding is in it."""

    low: float
    high: float
    proven: bool

    def narrow(self, asked: float) -> bool:
        return self.high - self.low < asked - NEAR * max(1.0, asked)

    def same(self, other: "Ends") -> bool:
        near = ROUND * max(1.0, abs(other.low), abs(other.high))
        return abs(self.low - other.low) <= near and abs(self.high - other.high) <= near


def because(system: System, settled: Settled, rows: Iterable[int], secret: Secret) -> set[int]:
    """The numbers told that rows of a settled system come from, and those that made parts known."""
    found: set[int] = set()
    waiting = [*rows, *_behind(settled, secret.sum)]
    while waiting:
        row = waiting.pop()
        if row not in found:
            found.add(row)
            waiting.extend(_behind(settled, system.told[row].sum))
    return found


def _behind(settled: Settled, unknowns: Iterable[int]) -> list[int]:
    return [row for unknown in unknowns for row in settled.because.get(unknown, ())]


def cite(
    system: System, secret: Secret, candidates: Iterable[int], clock: Clock
) -> tuple[Ends, tuple[int, ...]]:
    """The ends of a secret, and the numbers told that alone say so.

    Those no proof uses are dropped first, then, one after the other, those without which the ends
    are the same.
    """
    kept = sorted(candidates)
    while len(used := _Case(system, secret, kept, clock).used()) < len(kept):
        kept = used
    case = _Case(system, secret, kept, clock)
    case.drop()
    return case.ends(), tuple(sorted(case.rows()))


class _Case:
    """A secret against some of the numbers told."""

    def __init__(self, system: System, secret: Secret, rows: Sequence[int], clock: Clock) -> None:
        self._secret = secret
        self._told = {row: system.told[row] for row in rows}
        self._whole = all(system.whole[unknown] for unknown in secret.sum)
        plain = Settled(rows={row: (one.sum, one.low, one.high) for row, one in self._told.items()})
        (self._block,) = blocks(replace(system, secrets=(secret,)), plain)
        self._goal = self._block.goals.weighed(np.ones(1), len(self._block.of))
        self._clock = clock
        self._ways = [Programme(self._block, clock) for _ in range(2)]
        self._gone: set[int] = set()

    def _solved(self) -> tuple[Solved, Solved]:
        return self._ways[0].most(-self._goal), self._ways[1].most(self._goal)

    def used(self) -> list[int]:
        """The rows that a proof of both ends uses."""
        return sorted({row for one in self._solved() for row in self._weights(one)})

    def _weights(self, one: Solved) -> dict[int, float]:
        return {
            self._block.by[at][int(weight > 0)]: weight
            for at, weight in enumerate(one.weights.tolist())
            if abs(weight) > USED
        }

    def rows(self) -> set[int]:
        kept = (ends for at, ends in enumerate(self._block.by) if at not in self._gone)
        return {row for ends in kept for row in ends}

    def drop(self) -> None:
        """Forget every number without which the ends are the same."""
        known = self._rough()
        for at in range(len(self._block.by)):
            for way in self._ways:
                way.forget(at)
            # Where the solver loses its way the number stays: a longer list, and no leak.
            with suppress(Contradiction):
                if self._rough().same(known):
                    self._gone.add(at)
                    continue
            for way in self._ways:
                way.recall(at)

    def _rough(self) -> Ends:
        least, most = self._solved()
        return rounded(-least.most, most.most, self._whole)

    def ends(self) -> Ends:
        """The ends that can be proven, or else what the solver says."""
        least, most = self._solved()
        negative = {unknown: -factor for unknown, factor in self._secret.sum.items()}
        low, high = self._proven(negative, least), self._proven(self._secret.sum, most)
        if low is None or high is None:
            return rounded(-least.most, most.most, self._whole)
        if self._whole:
            low, high = Fraction(floor(low)), Fraction(floor(high))
        return Ends(float(-low), float(high), proven=True)

    def _proven(self, goal: dict[int, int], one: Solved) -> Fraction | None:
        weights = self._weights(one)
        told = [self._told[row] for row in weights]
        return proven_most(goal, told, list(weights.values()), one.most)


def rounded(low: float, high: float, whole: bool) -> Ends:
    """Ends as a solver found them; of whole numbers those that are whole."""
    if whole:
        low, high = ceil(low - ROUND), floor(high + ROUND)
    return Ends(float(low), float(high), proven=False)
