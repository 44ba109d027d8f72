"""How far apart each secret of a block can be: a few points show most, programmes the rest."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.protect.attack.block import Block
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.piece import Map, Piece
from cauce.protect.attack.programme import Contradiction, Solved
from cauce.protect.attack.split import Split

SLACK = 1e-6
"""Two points have to be this much further apart than asked, relative to it, to count as wide."""
ROUND = 1e-6
"""How far from a whole number a solution may be that stands for it."""
USED = 1e-9
"""A smaller weight of a row is none."""
FEW = 4
"""With so few secrets open, each is solved for."""
WORTH = 0.98
"""Pushing all at once goes on while it leaves no more than this share of them open."""
SMALL = 300
"""A block of so few unknowns is best solved by the simplex method."""
SIZES = (300, 1200)
"""How many unknowns around a secret of a larger block are looked at, before all of them are."""


@dataclass(frozen=True)
class Cornered:
    """The ends of a secret sum of a block, and the rows of it, from above or not, that say so.

    `held` says that the ends would be wider were it not for the box that unknowns are put in.
    """

    low: float
    high: float
    rows: tuple[tuple[int, bool], ...]
    held: bool


@dataclass
class Reached:
    """What was reached of every secret sum of a block, shape (goals,).

    `least` and `most` are the ends that were reached. `ends` are those of the sums that were solved
    for, by their position.
    """

    block: Block
    least: Floats
    most: Floats
    ends: dict[int, Cornered] = field(default_factory=dict)

    def width(self) -> Floats:
        """How far apart the ends are; of whole numbers those that are whole."""
        return widths(self.least, self.most, self.block.whole)

    def open(self) -> Flags:
        """Which are neither reached as far apart as asked nor solved for."""
        asked = self.block.asked
        found: Flags = self.width() < np.where(self.block.whole, asked, asked * (1 + SLACK))
        found[list(self.ends)] = False
        return found

    def saw(self, piece: Piece, point: Floats) -> None:
        """Take a point into account that is as good as the truth to a reader."""
        sums = piece.block.goals.at(point)
        self.least[piece.goals] = np.minimum(self.least[piece.goals], sums)
        self.most[piece.goals] = np.maximum(self.most[piece.goals], sums)


def reach(block: Block, clock: Clock, progress: Callable[[str], None]) -> Reached:
    """Stretch every secret until it is as wide as asked, or until both its ends are known."""
    nowhere = np.full(len(block.asked), np.inf)
    found = Reached(block, nowhere, -nowhere)
    search = _Search(found, clock)
    search.together(progress)
    while np.any(still := found.open()):
        progress(f"Bounding withheld numbers: {int(still.sum())} left")
        search.corner(int(np.flatnonzero(still)[0]))
    return found


def widths(low: Floats, high: Floats, whole: Flags) -> Floats:
    """How far apart ends are, each measured between whole numbers where it can only be one."""
    low = np.where(whole, np.ceil(low - ROUND), low)
    found: Floats = np.where(whole, np.floor(high + ROUND), high) - low
    return found


class _Search:
    """The search for two ends of every secret of one block."""

    def __init__(self, found: Reached, clock: Clock) -> None:
        block = found.block
        self._found, self._clock = found, clock
        self._map = Map(block)
        everything = np.arange(len(block.of))
        self.everything = Piece(block, np.arange(len(block.low)), np.arange(len(block.asked)))
        self._whole = Split(block, clock)
        self._sizes = [size for size in SIZES if 8 * size < len(everything)]
        self._point = np.zeros(len(everything))
        self._sums = np.zeros(len(block.low))

    def together(self, progress: Callable[[str], None]) -> None:
        """Push all open secrets at once, each up or down by chance, while that closes enough."""
        found, block = self._found, self._found.block
        chance, before, points = np.random.default_rng(8), np.inf, []
        while FEW < (count := int(np.sum(still := found.open()))) <= before * WORTH:
            progress(f"Bounding withheld numbers: {count} left")
            before = count
            signs = chance.choice((-1.0, 1.0), len(still)) * still / np.maximum(block.asked, 1.0)
            goal = block.goals.weighed(signs, len(block.of))
            for point in self._towards(goal):
                found.saw(self.everything, point)
                points.append(point)
        if not points:
            self._sizes = []
            return
        self._point = np.mean(points, axis=0)
        self._sums = block.told.at(self._point)

    def _towards(self, goal: Floats) -> list[Floats]:
        if len(goal) > SMALL:
            return self._whole.towards(goal)
        return [one.point for one in self._whole.ends(goal)]

    def corner(self, goal: int) -> None:
        """Push one secret to both its ends, in ever larger pieces, until it is wide or bounded."""
        for size in self._sizes:
            around = self._map.near(self._unknowns(goal), size)
            # The point the rest is held at is of a solver, and may miss what is told by a hair.
            with suppress(Contradiction):
                self._both(self._map.inside(around, self._point, self._sums), goal)
            if self._found.open()[goal]:
                self._bound(goal, self._map.outside(goal, around))
            if not self._found.open()[goal]:
                return
        least, most = self._both(self.everything, goal)
        if self._found.open()[goal]:
            self._found.ends[goal] = self._ends(self.everything, least, most)

    def _both(self, piece: Piece, goal: int) -> tuple[Solved, Solved]:
        """The least and the most of a secret in a piece; both points are taken into account."""
        least, most = self._solved(piece, goal)
        self._found.saw(piece, least.point)
        self._found.saw(piece, most.point)
        return least, most

    def _bound(self, goal: int, piece: Piece) -> None:
        """Keep the ends of a secret by some of the sums, if they are too narrow already."""
        ends = self._ends(piece, *self._solved(piece, goal))
        low, high = np.array([ends.low]), np.array([ends.high])
        if widths(low, high, self._found.block.whole[[goal]])[0] < self._found.block.asked[goal]:
            self._found.ends[goal] = ends

    def _solved(self, piece: Piece, goal: int) -> tuple[Solved, Solved]:
        programme, sums = self._programme(piece), piece.block.goals
        factors = sums.weighed(1.0 * (piece.goals == goal), len(piece.block.of))
        return programme.ends(factors)

    def _ends(self, piece: Piece, least: Solved, most: Solved) -> Cornered:
        rows = {
            (int(piece.rows[at]), bool(one.weights[at] > 0))
            for one in (least, most)
            for at in np.flatnonzero(np.abs(one.weights) > USED).tolist()
        }
        return Cornered(-least.most, most.most, tuple(sorted(rows)), least.held or most.held)

    def _unknowns(self, goal: int) -> Ints:
        goals = self._found.block.goals
        return goals.unknown[goals.start[goal] : goals.start[goal + 1]]

    def _programme(self, piece: Piece) -> Split:
        return self._whole if piece is self.everything else Split(piece.block, self._clock)
