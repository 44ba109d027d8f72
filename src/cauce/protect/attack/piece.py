"""Pieces of a block: a few unknowns around a secret, with the rest held still or left out."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.protect.attack.block import Block, Sums


@dataclass(frozen=True)
class Piece:
    """Part of a block as a block of its own; `rows` and `goals` are where its own stand in it."""

    block: Block
    rows: Ints
    goals: Ints


class Map:
    """Which sums of a block an unknown is in; made once, since pieces are many."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._in_row = named(block.told)
        self._in_goal = named(block.goals)
        order = np.argsort(block.told.unknown, kind="stable")
        self._rows = self._in_row[order]
        self._start = np.searchsorted(block.told.unknown[order], np.arange(len(block.of) + 1))
        bounded = (block.floor > 0) | np.isfinite(block.ceiling)
        self._alone = np.where(bounded, np.arange(1, len(block.of) + 1), 0).astype(np.uint64)
        self._mark = np.random.default_rng(8).integers(1, 2**63, len(block.low), dtype=np.uint64)

    def near(self, seeds: Ints, size: int) -> Ints:
        """Unknowns around the seeds, so many, that are in as few sums with others as may be."""
        start, entries = self.block.told.start, self.block.told.unknown
        missing = np.diff(self._start)
        taken = int(missing.max(initial=0)) + 1
        touched = np.zeros(len(self.block.low), dtype=np.bool_)
        inside: list[int] = []
        waiting = seeds.tolist()[::-1]
        while len(inside) < min(size, len(missing)):
            unknown = waiting.pop() if waiting else int(np.argmin(missing))
            inside.append(unknown)
            missing[unknown] += 2 * taken
            for row in self._rows[self._start[unknown] : self._start[unknown + 1]].tolist():
                if not touched[row]:
                    touched[row] = True
                    missing[entries[start[row] : start[row + 1]]] -= 1
        return np.unique(inside)

    def inside(self, free: Ints, point: Floats, sums: Floats) -> Piece:
        """The free unknowns with all others held where they are at a point.

        What can be reached so can be reached. `sums` are what is told, at the point.
        """
        block = self.block
        place = np.full(len(block.of), -1)
        place[free] = np.arange(len(free))
        chosen = place[block.told.unknown] >= 0
        rows, told = part(block.told, self._in_row, chosen, place)
        still = sums[rows] - told.at(point[free])
        whole = np.bincount(self._in_goal, place[block.goals.unknown] < 0) == 0
        goals, secret = part(block.goals, self._in_goal, whole[self._in_goal], place)
        return Piece(
            Block(
                of=block.of[free],
                floor=block.floor[free],
                ceiling=block.ceiling[free],
                told=told,
                low=block.low[rows] - still,
                high=block.high[rows] - still,
                by=(),
                goals=secret,
                names=(),
                asked=block.asked[goals],
                whole=block.whole[goals],
            ),
            rows,
            goals,
        )

    def outside(self, goal: int, free: Ints) -> Piece:
        """One secret and only those sums that some free unknown is in.

        What is out of reach so is out of reach. Unknowns that these sums cannot tell apart are one.
        """
        block = self.block
        touched = np.zeros(len(block.low), dtype=np.bool_)
        for unknown in free.tolist():
            touched[self._rows[self._start[unknown] : self._start[unknown + 1]]] = True
        chosen, secret = touched[self._in_row], self._in_goal == goal
        first, place = self._alike(chosen, secret)
        chosen &= place[block.told.unknown] >= 0
        secret &= place[block.goals.unknown] >= 0
        rows, told = part(block.told, self._in_row, chosen, place)
        goals, sought = part(block.goals, self._in_goal, secret, place)
        return Piece(
            Block(
                of=block.of[first],
                floor=block.floor[first],
                ceiling=block.ceiling[first],
                told=told,
                low=block.low[rows],
                high=block.high[rows],
                by=tuple(block.by[row] for row in rows.tolist()),
                goals=sought,
                names=(),
                asked=block.asked[goals],
                whole=block.whole[goals],
            ),
            rows,
            goals,
        )

    def _alike(self, chosen: Flags, secret: Flags) -> tuple[Ints, Ints]:
        """One unknown for all that are alike in the chosen sums, and where it stands, or -1.

        Unknowns are told apart by a number of 64 bits made by chance of what they are in. Should
        two be taken for one wrongly, no leak is made of it: leaks are proven from the sums told.
        """
        told, goals = self.block.told, self.block.goals
        mark = self._alone.copy()
        used = np.zeros(len(mark), dtype=np.bool_)
        factor = told.factor[chosen].astype(np.int64).astype(np.uint64)
        np.add.at(mark, told.unknown[chosen], factor * self._mark[self._in_row[chosen]])
        factor = goals.factor[secret].astype(np.int64).astype(np.uint64)
        np.add.at(mark, goals.unknown[secret], factor * np.uint64(0x9E3779B97F4A7C15))
        used[told.unknown[chosen]] = used[goals.unknown[secret]] = True
        there = np.flatnonzero(used)
        first = np.sort(there[np.unique(mark[there], return_index=True)[1]])
        place = np.full(len(mark), -1)
        place[first] = np.arange(len(first))
        return first, place


def named(sums: Sums) -> Ints:
    """For every entry of sums which of them it is in."""
    sizes = np.diff(sums.start)
    return np.repeat(np.arange(len(sizes)), sizes)


def part(sums: Sums, row: Ints, chosen: Flags, place: Ints) -> tuple[Ints, Sums]:
    """The chosen entries as sums of their own over unknowns renumbered, and which sums they are."""
    rows, sizes = np.unique(row[chosen], return_counts=True)
    start = np.concatenate([[0], np.cumsum(sizes)])
    return rows, Sums(start, place[sums.unknown[chosen]], sums.factor[chosen])
