"""Which cells to withhold besides, so that secrets are no longer bounded too narrowly."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from functools import partial
from math import inf

import numpy as np

from cauce.model.audit import Bound, Cited, Key, Leak
from cauce.protect.attack.attack import attack, silent
from cauce.protect.attack.block import Block, Items, blocks, left_of
from cauce.protect.attack.cite import rounded
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.found import Found
from cauce.protect.attack.settle import Settled, loosened
from cauce.protect.attack.split import at_once
from cauce.protect.attack.stretch import Elastic
from cauce.protect.told import Secret, System, Told

Cell = tuple[str, Key]
SPARED = 20_000
"""Whether cells were withheld in vain is tried if they times the unknowns are no more than this."""
FURTHER = 1e-4
"""How much further than asked a secret is stretched, relative to it, against rounding."""


def repair(
    system: System,
    found: Found,
    budget_seconds: float,
    progress: Callable[[str], None] = silent,
) -> tuple[Cited, ...]:
    """The cells to withhold so that what leaked is as wide as asked, each by one of its numbers.

    One leak after the other is stretched by letting numbers give way that cost least: those of few
    unknowns before those of many, later ones before earlier ones. Their cells are withheld, which
    later leaks use for nothing. What is known without being published and what an earlier vintage
    tells never give way; a leak that cannot be stretched without stays. One round may not do: what
    is 0 is only known not to be once the cells of nobody that say so are gone.

    Raises:
        Unfinished: it takes longer than the budget.
    """
    clock = Clock(budget_seconds)
    system = loosened(system)
    ours = cells_of(system.told)
    zeros = _zeros(system)
    leaks = {left_of(one.sum, zeros)[0]: bound for one, bound in _leaking(system, found)}
    gone = _of_nobody(system, [one for one, _ in _leaking(system, found)], zeros, ours)
    for block in _blocks(system, found, zeros):
        work = _Work(system, zeros, block, clock)
        for goal, name in enumerate(block.names):
            progress(f"Choosing further cells to withhold: {len(gone) + len(work.gone)} so far")
            work.stretch(goal, leaks[name])
        gone |= work.gone
    kept = _spared(system, found, gone, clock)
    return tuple(ours[cell][0].of for cell in ours if cell in kept)


def cells_of(told: Iterable[Told]) -> dict[Cell, list[Told]]:
    """The cells of the release that can still be withheld, each with what is told of it."""
    found: dict[Cell, list[Told]] = defaultdict(list)
    for one in told:
        if one.of.flow and not one.of.vintage:
            found[one.of.flow, one.of.key].append(one)
    return dict(found)


def without(system: System, gone: Iterable[Cell], asked: Iterable[Bound] | None = None) -> System:
    """The system without what is told of some cells, asked for all its secrets or for some."""
    cells = set(gone)
    told = tuple(
        one for one in system.told if one.of.vintage or (one.of.flow, one.of.key) not in cells
    )
    if asked is None:
        return replace(system, told=told)
    names = {bound.of for bound in asked}
    return replace(
        system, told=told, secrets=tuple(one for one in system.secrets if one.of in names)
    )


def _nobody(one: Told) -> bool:
    """Does a number say that all it sums is 0?"""
    return one.high == 0 and min(one.sum.values(), default=0) > 0


def _of_nobody(
    system: System, secrets: Iterable[Secret], zeros: Settled, ours: Container[Cell]
) -> dict[Cell, None]:
    """The cells of nobody that say of a secret it is 0, where all of them can be withheld."""
    found: dict[Cell, None] = {}
    for secret in secrets:
        if not left_of(secret.sum, zeros)[0]:
            cells = [
                _cell(one)
                for one in system.told
                if one.high == 0
                and min(one.sum.values(), default=0) > 0
                and one.sum.keys() & secret.sum
            ]
            if all(cell in ours for cell in cells):
                found |= dict.fromkeys(cells)
    return found


def _leaking(system: System, found: Found) -> list[tuple[Secret, Bound]]:
    leaks = {leak.bound for leak in found.leaks}
    both = zip(system.secrets, found.bounds, strict=True)
    return [(secret, bound) for secret, bound in both if bound in leaks]


def _zeros(system: System) -> Settled:
    """What is known to be 0, as no count is below that."""
    return Settled(
        known={unknown: 0.0 for one in system.told if _nobody(one) for unknown in one.sum}
    )


def _blocks(system: System, found: Found, zeros: Settled) -> list[Block]:
    """The system as it is told, zeros apart, in the blocks in which a leak is."""
    for row, one in enumerate(system.told):
        if rest := dict(left_of(one.sum, zeros)[0]):
            zeros.rows[row] = rest, one.low, one.high
    leaking = tuple(secret for secret, _ in _leaking(system, found))
    return blocks(replace(system, secrets=leaking), zeros)


class _Work:
    """One block, and what of it has to be withheld so far."""

    def __init__(self, system: System, zeros: Settled, block: Block, clock: Clock) -> None:
        ours = cells_of(system.told)
        self.gone: dict[Cell, None] = {}
        self._block = block
        alike: dict[Items, list[Told]] = defaultdict(list)
        for one in system.told:
            alike[left_of(one.sum, zeros)[0]].append(one)
        rests = [left_of(system.told[max(by)].sum, zeros)[0] for by in block.by]
        self._told = [alike[rest] for rest in rests]
        self._rows: dict[Cell, list[int]] = defaultdict(list)
        for row, told in enumerate(self._told):
            for one in told:
                self._rows[_cell(one)].append(row)
        order = {cell: number / len(ours) for number, cell in enumerate(ours)}
        price = {
            cell: (2.0 - order[cell]) * max(len(one.sum) for one in told)
            for cell, told in ours.items()
        }
        prices = [max(price.get(_cell(one), inf) for one in told) for told in self._told]
        self._ways = [Elastic(block, np.array(prices), clock) for _ in range(2)]
        self._least = np.full(len(block.asked), inf)
        self._most = -self._least

    def stretch(self, goal: int, bound: Bound) -> None:
        """Withhold what it takes for a secret to be as wide as asked, if anything does."""
        block = self._block
        asked = float(block.asked[goal]) * (1 + FURTHER)
        least, most = float(self._least[goal]), float(self._most[goal])
        reached = rounded(least, most, bool(block.whole[goal])) if least < inf else bound
        low, high = min(bound.low, reached.low), max(bound.high, reached.high)
        if high - low >= block.asked[goal]:
            return
        ends = [one for one in ((low + asked, inf), (-inf, high - asked)) if one[1] >= 0]
        tasks = [
            partial(way.least_price, goal, *one) for way, one in zip(self._ways, ends, strict=False)
        ]
        ways = [way for way in at_once(tasks) if way is not None]
        if not ways:
            return
        _, rows, point = min(ways, key=lambda way: way[0])
        cells = dict.fromkeys(_cell(one) for row in rows.tolist() for one in self._told[row])
        self.gone |= cells
        beside = {row for cell in cells for row in self._rows[cell]}
        free = sorted(
            row for row in beside if all(_cell(one) in self.gone for one in self._told[row])
        )
        for one in self._ways:
            one.free(free)
        sums = block.goals.at(point)
        self._least, self._most = np.minimum(self._least, sums), np.maximum(self._most, sums)


def _cell(one: Told) -> Cell:
    """The cell a number is of; what cannot be withheld is of none that is."""
    return (one.of.flow, one.of.key) if not one.of.vintage else (one.of.vintage, ())


def _spared(system: System, found: Found, gone: dict[Cell, None], clock: Clock) -> dict[Cell, None]:
    """The withheld cells without those that may come back without a leak."""
    if len(gone) * system.unknowns > SPARED:
        return gone
    bounds = [leak.bound for leak in found.leaks]
    stay = {leak.bound.of for leak in _left(system, bounds, gone, clock)}
    repaired = [bound for bound in bounds if bound.of not in stay]
    for cell in list(gone):
        rest = {one: None for one in gone if one != cell}
        if not _left(system, repaired, rest, clock):
            gone = rest
    return gone


def _left(
    system: System, bounds: Iterable[Bound], gone: Iterable[Cell], clock: Clock
) -> tuple[Leak, ...]:
    return attack(without(system, gone, bounds), clock.left(), explained=False).leaks
