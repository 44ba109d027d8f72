"""How far apart each secret of a block can be: a few points show most, programmes the rest."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.protect.attack.block import Block
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.programme import Programme, Solved

SLACK = 1e-6
"""Two points have to be this much further apart than asked, relative to it, to count as wide."""
ROUND = 1e-6
"""How far from a whole number a solution may be that stands for it."""
FEW = 4
"""With so few secrets open, each is solved for."""
WORTH = 0.9
"""Pushing all at once goes on while it leaves no more than this share of them open."""


@dataclass
class Reached:
    """What was reached of every secret sum of a block, shape (goals,).

    `least` and `most` are the ends that were reached. `ends` are the solutions for the least and
    the most of a sum that was solved for, by its position.
    """

    block: Block
    least: Floats
    most: Floats
    ends: dict[int, tuple[Solved, Solved]]

    def width(self) -> Floats:
        """How far apart the ends are; of whole numbers those that are whole."""
        whole = self.block.whole
        least = np.where(whole, np.ceil(self.least - ROUND), self.least)
        most = np.where(whole, np.floor(self.most + ROUND), self.most)
        found: Floats = most - least
        return found

    def open(self) -> Flags:
        """Which are neither reached as far apart as asked nor solved for."""
        asked = self.block.asked
        found: Flags = self.width() < np.where(self.block.whole, asked, asked * (1 + SLACK))
        found[list(self.ends)] = False
        return found

    def saw(self, point: Floats) -> None:
        """Take a point into account that is as good as the truth to a reader."""
        sums = self.block.goals.at(point)
        np.minimum(self.least, sums, out=self.least)
        np.maximum(self.most, sums, out=self.most)


def reach(block: Block, clock: Clock, progress: Callable[[str], None]) -> Reached:
    """Stretch every secret until it is as wide as asked, or until both its ends are known."""
    programme = Programme(block, clock)
    nowhere = np.full(len(block.asked), np.inf)
    found = Reached(block, nowhere.copy(), -nowhere, {})
    _together(programme, found)
    while np.any(still := found.open()):
        if len(found.ends) % 100 == 0:
            progress(f"{int(still.sum())} withheld numbers left to bound")
        _alone(programme, found, int(np.flatnonzero(still)[0]))
    return found


def _together(programme: Programme, found: Reached) -> None:
    """Push all open secrets at once, each up or down by chance, while that closes many."""
    block, chance, before = found.block, np.random.default_rng(8), np.inf
    while FEW < (count := int(np.sum(still := found.open()))) <= before * WORTH:
        before = count
        signs = chance.choice((-1.0, 1.0), len(still)) * still / np.maximum(block.asked, 1.0)
        goal = block.goals.weighed(signs, len(block.of))
        for way in (1.0, -1.0):
            found.saw(programme.most(way * goal).point)


def _alone(programme: Programme, found: Reached, one: int) -> None:
    """Push one secret to both ends, to the second only if the first leaves it open."""
    weights = np.zeros(len(found.block.asked))
    weights[one] = 1.0
    goal = found.block.goals.weighed(weights, len(found.block.of))
    most = programme.most(goal)
    found.saw(most.point)
    if found.open()[one]:
        least = programme.most(-goal)
        found.saw(least.point)
        found.ends[one] = least, most
