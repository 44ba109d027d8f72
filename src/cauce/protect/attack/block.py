"""What is left of a system once it is settled, in blocks that share no unknown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.protect.attack.settle import Settled
from cauce.protect.span import Vector
from cauce.protect.told import System

Items = tuple[tuple[int, int], ...]
Row = tuple[float, float, int, int]
"""The bounds of a sum, and the positions of the numbers told that say so."""


@dataclass(frozen=True)
class Sums:
    """Sums of a block's unknowns, row after row: those of row r are at start[r] : start[r + 1]."""

    start: Ints
    unknown: Ints
    factor: Floats

    def at(self, point: Floats) -> Floats:
        """What each sum comes to, shape (rows,). No row is empty."""
        if len(self.start) == 1:
            return np.zeros(0)
        return np.add.reduceat(self.factor * point[self.unknown], self.start[:-1])

    def weighed(self, weights: Floats, width: int) -> Floats:
        """The factors of all rows together, each times its weight, shape (width,)."""
        spread = np.repeat(weights, np.diff(self.start))
        found: Floats = np.bincount(self.unknown, self.factor * spread, minlength=width).astype(
            np.float64
        )
        return found


@dataclass(frozen=True)
class Block:
    """Unknowns between `floor` and `ceiling`, sums told of them, and the sums nobody may find.

    `of` are the unknowns as the system numbers them; one stands for all that are told of alike.
    `by` are, for each sum told, the two numbers that bound it from below and above. `goals` are the
    secret sums, named as the system has them; `asked` is the largest width asked of each, `whole`
    whether it can only be a whole number.
    """

    of: Ints
    floor: Floats
    ceiling: Floats
    told: Sums
    low: Floats
    high: Floats
    by: tuple[tuple[int, int], ...]
    goals: Sums
    names: tuple[Items, ...]
    asked: Floats
    whole: Flags


@dataclass(frozen=True)
class Goal:
    """A secret sum of a block: its name, what stands for it, and how wide it has to be."""

    name: Items
    items: Items
    asked: float
    whole: bool


def left_of(vector: Vector, settled: Settled) -> tuple[Items, float]:
    """What is not known of a sum, in order, and what the known of it comes to."""
    rest, known = [], 0.0
    for unknown, factor in sorted(vector.items()):
        if unknown in settled.known:
            known += factor * settled.known[unknown]
        else:
            rest.append((unknown, factor))
    return tuple(rest), known


def blocks(system: System, settled: Settled) -> list[Block]:
    """The blocks in which a secret is, smallest unknown first."""
    asked: dict[Items, float] = {}
    for one in system.secrets:
        if rest := left_of(one.sum, settled)[0]:
            asked[rest] = max(one.width, asked.get(rest, 0.0))
    alike = _alike(settled, list(asked))
    rows: dict[Items, Row] = {}
    for row, (vector, low, high) in settled.rows.items():
        _told(rows, _merged(vector.items(), alike), (low, high, row, row))
    merged = {name: _merged(name, alike) for name in asked}
    parts = _parts([*rows, *merged.values()])
    of_rows: dict[int, dict[Items, Row]] = defaultdict(dict)
    of_goals: dict[int, list[Goal]] = defaultdict(list)
    for items, bounds in rows.items():
        of_rows[parts[items[0][0]]][items] = bounds
    for name, items in merged.items():
        whole = all(system.whole[unknown] for unknown, _ in name)
        of_goals[parts[items[0][0]]].append(Goal(name, items, asked[name], whole))
    return [_block(settled, of_rows[part], of_goals[part]) for part in sorted(of_goals)]


def _alike(settled: Settled, goals: Sequence[Items]) -> dict[int, int]:
    """For every unknown the first of those that are told of, and asked for, just as it is."""
    said: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, (vector, _, _) in settled.rows.items():
        for unknown, factor in vector.items():
            said[unknown].append((row, factor))
    for number, items in enumerate(goals):
        for unknown, factor in items:
            said[unknown].append((-1 - number, factor))
    first: dict[tuple[object, ...], int] = {}
    alike = {}
    for unknown in sorted(said):
        bounded = unknown in settled.floor or unknown in settled.ceiling
        key = (*said[unknown], unknown if bounded else -1)
        alike[unknown] = first.setdefault(key, unknown)
    return alike


def _merged(items: Iterable[tuple[int, int]], alike: Mapping[int, int]) -> Items:
    return tuple(
        sorted((unknown, factor) for unknown, factor in items if alike[unknown] == unknown)
    )


def _told(rows: dict[Items, Row], items: Items, new: Row) -> None:
    """Keep the narrower of both bounds where the same sum is told twice."""
    old = rows.get(items, (-inf, inf, -1, -1))
    if new[0] >= old[0] and new[1] <= old[1]:
        rows[items] = new
        return
    low = old if old[0] >= new[0] else new
    high = old if old[1] <= new[1] else new
    rows[items] = (low[0], high[1], low[2], high[3])


def _parts(sums: Iterable[Items]) -> dict[int, int]:
    """For every unknown the smallest of all that sums tie it to."""
    parent: dict[int, int] = {}

    def root(unknown: int) -> int:
        while (up := parent.setdefault(unknown, unknown)) != unknown:
            parent[unknown] = parent[up]
            unknown = up
        return unknown

    for items in sums:
        tied = root(items[0][0])
        for unknown, _ in items[1:]:
            other = root(unknown)
            low, high = min(tied, other), max(tied, other)
            parent[high] = tied = low
    return {unknown: root(unknown) for unknown in parent}


def _block(settled: Settled, rows: Mapping[Items, Row], goals: Sequence[Goal]) -> Block:
    used = {at for items in (*rows, *(goal.items for goal in goals)) for at, _ in items}
    of = sorted(used)
    place = {unknown: position for position, unknown in enumerate(of)}
    told = list(rows.values())
    return Block(
        of=np.array(of, dtype=np.int64),
        floor=np.array([settled.floor.get(unknown, 0.0) for unknown in of]),
        ceiling=np.array([settled.ceiling.get(unknown, inf) for unknown in of]),
        told=_sums(list(rows), place),
        low=np.array([low for low, *_ in told]),
        high=np.array([high for _, high, *_ in told]),
        by=tuple((below, above) for *_, below, above in told),
        goals=_sums([goal.items for goal in goals], place),
        names=tuple(goal.name for goal in goals),
        asked=np.array([goal.asked for goal in goals]),
        whole=np.array([goal.whole for goal in goals]),
    )


def _sums(rows: Sequence[Items], place: Mapping[int, int]) -> Sums:
    sizes = [len(items) for items in rows]
    return Sums(
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        unknown=np.array([place[at] for items in rows for at, _ in items], dtype=np.int64),
        factor=np.array([factor for items in rows for _, factor in items], dtype=np.float64),
    )
