"""A block as linear programmes that share no unknown: each is small, and two are solved at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.protect.attack.block import Block
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.piece import named, part
from cauce.protect.attack.programme import Programme, Solved

CORES = 2
"""How many programmes are solved at once: HiGHS lets other threads run meanwhile."""
WAYS = (-1.0, 1.0)
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """Unknowns and sums that share nothing with others, and a programme for each end of a sum."""

    unknowns: Ints
    rows: Ints
    ways: tuple[Programme, Programme]


class Split:
    """What a reader is told of one block, ready to be asked for both ends of any sum."""

    def __init__(self, block: Block, clock: Clock) -> None:
        self._block = block
        label = components(block)
        self._parts = [
            Part(unknowns, rows, (Programme(own, clock), Programme(own, clock)))
            for unknowns, rows, own in (within(block, label, one) for one in np.unique(label))
        ]
        self._rest = np.zeros(len(block.of))
        self._known = np.zeros(len(self._parts), dtype=np.bool_)

    def ends(self, goal: Floats) -> tuple[Solved, Solved]:
        """The least and the most a sum with these factors can be, shape (unknowns,).

        Raises:
            Contradiction: what is told cannot be true.
            Unfinished: the budget is spent.
        """
        asked = [
            (at, one.ways[way], WAYS[way] * goal[one.unknowns])
            for at, one in enumerate(self._parts)
            for way in (0, 1)
            if np.any(goal[one.unknowns]) or not self._known[at]
        ]
        found = at_once([partial(one.most, goal) for _, one, goal in asked])
        mine = [(at, one) for (at, _, _), one in zip(asked, found, strict=True)]
        least, most = (self._together(mine[way::2]) for way in (0, 1))
        return least, most

    def _together(self, found: list[tuple[int, Solved]]) -> Solved:
        """The solutions of parts as one; where nothing is asked of a part, any point will do."""
        for at, one in found:
            if not self._known[at]:
                self._rest[self._parts[at].unknowns] = one.point
                self._known[at] = True
        block = self._block
        whole = Solved(0.0, self._rest.copy(), np.zeros(len(block.low)), np.zeros(len(block.of)),
                       held=any(one.held for _, one in found))  # fmt: skip
        for at, one in found:
            here = self._parts[at]
            whole.point[here.unknowns] = one.point
            whole.weights[here.rows], whole.limits[here.unknowns] = one.weights, one.limits
        return replace(whole, most=sum(one.most for _, one in found))

    def towards(self, goal: Floats) -> list[Floats]:
        """Points where a sum is about the least and the most, as far as they are found in time."""
        found = at_once([
            partial(one.ways[way].towards, WAYS[way] * goal[one.unknowns])
            for one in self._parts
            for way in (0, 1)
        ])  # fmt: skip
        points = []
        for way in (0, 1):
            if all(one is not None for one in found[way::2]):
                point = np.empty(len(goal))
                for one, own in zip(self._parts, found[way::2], strict=True):
                    point[one.unknowns] = own
                points.append(point)
        return points


def at_once(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """What tasks find, in their order, a few of them at a time."""
    with ThreadPoolExecutor(CORES) as pool:
        return list(pool.map(lambda task: task(), tasks))


def components(block: Block) -> Ints:
    """For every unknown of a block the first of those that sums told tie it to.

    Those nothing is told of are taken together.
    """
    label, told = np.arange(len(block.of)), block.told
    alone = np.setdiff1d(label, told.unknown)
    label[alone] = alone[:1]
    if not len(block.low):
        return label
    sizes = np.diff(told.start)
    while True:
        least = np.minimum.reduceat(label[told.unknown], told.start[:-1])
        new = label.copy()
        np.minimum.at(new, told.unknown, np.repeat(least, sizes))
        new = new[new]
        if np.array_equal(new, label):
            return label
        label = new


def within(block: Block, label: Ints, one: int) -> tuple[Ints, Ints, Block]:
    """The unknowns and sums of one component, and the block they make."""
    unknowns = np.flatnonzero(label == one)
    if len(unknowns) == len(label):
        return unknowns, np.arange(len(block.low)), block
    place = np.full(len(label), -1)
    place[unknowns] = np.arange(len(unknowns))
    rows, told = part(block.told, named(block.told), place[block.told.unknown] >= 0, place)
    own = replace(
        block,
        of=block.of[unknowns],
        floor=block.floor[unknowns],
        ceiling=block.ceiling[unknowns],
        told=told,
        low=block.low[rows],
        high=block.high[rows],
    )
    return unknowns, rows, own
