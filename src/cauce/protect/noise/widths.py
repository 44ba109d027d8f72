"""Rounded counts beside their rounded totals: what may be concluded from the widths of all."""

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.audit import Cited
from cauce.protect.attack import attack
from cauce.protect.groups import Place, places
from cauce.protect.refusal import refuse
from cauce.protect.span import Vector
from cauce.protect.table import Table
from cauce.protect.told import Secret, System, Told

MOST = 100_000
"""How many crossings are asked about, whether somebody is in them or not."""
Reach = tuple[float, float]
"""How far below and above what is told a count may be."""
Known = dict[Place, Vector]
"""Every cell of a table as a sum of unknowns."""


def check_widths(
    table: Table, counts: Ints, told: Ints, reach: Reach, minimum: int, budget: float
) -> None:
    """Refuse a table in which a small count is known too narrowly, as four of 4 in a total of 20.

    Args:
        counts: what is true, shape (c,).
        told: the multiples that are told, shape (c,); 0 is left out and says "0 or little".

    Raises:
        BadInput: a count of 1 to minimum - 1 is known to within less than half of what its own
            multiple leaves open; it takes longer than the budget.
    """
    at = {place: cell for cell, place in enumerate(places(table))}
    small: Flags = (counts > 0) & (counts < minimum)
    if not small.any():
        return
    known, unknowns = sums_over(table, at, counts)
    of = {place: cited(table, cell) for place, cell in at.items()}
    nobody = Cited(table.cells.dataflow.id, (), "value")
    tells = tuple(
        Told(of.get(place, nobody), vector, *bounds(int(told[at[place]]) if place in at else 0,
             reach))
        for place, vector in known.items()
    )  # fmt: skip
    secrets = {
        tuple(known[place].items()): Secret(
            of[place], known[place], float(counts[cell]), asked(int(told[cell]), reach), True
        )
        for place, cell in at.items()
        if small[cell]
    }
    system = System(unknowns, (True,) * unknowns, tells, tuple(secrets.values()))
    if leaks := attack(system, budget).leaks:
        refuse(leaks)


def bounds(told: int, reach: Reach) -> tuple[float, float]:
    return max(0.0, told - reach[0]), told + reach[1]


def asked(told: int, reach: Reach) -> float:
    low, high = bounds(told, reach)
    return max(1.0, (high - low) // 2)


def sums_over(table: Table, at: dict[Place, int], counts: Ints) -> tuple[Known, int]:
    """Every cell as a sum of innermost ones, those nobody is in included, and how many there are.

    A total that is no sum of its parts, as of records that stand in several, is an unknown itself.
    """
    known: Known = {}
    for place in inner_of(table, at):
        known[place] = {len(known): 1}
    unknowns = len(known)
    inside: dict[Place, Vector] = {}
    for (block, indicator, domain), vector in list(known.items()):
        for margin in product(*((code, -1) for code in domain)):
            inside.setdefault((block, indicator, margin), {}).update(vector)
    true = {next(iter(known[place])): int(counts[cell]) for place, cell in at.items()
            if place in known}  # fmt: skip
    for place, cell in at.items():
        if place not in known:
            vector = inside.get(place, {})
            if sum(true.get(unknown, 0) for unknown in vector) != counts[cell]:
                vector, unknowns = {unknowns: 1}, unknowns + 1
            known[place] = vector
    return known, unknowns


def inner_of(table: Table, at: dict[Place, int]) -> Iterator[Place]:
    """Every crossing of codes that somebody is in, in every block.

    Where these are too many, those that are there: as if it were known that all others are empty,
    which tells an attacker more.
    """
    columns = [np.unique(column[column >= 0]).tolist() for column in table.domain.T]
    blocks = sorted({(block, indicator) for block, indicator, _ in at})
    if len(blocks) * prod(map(len, columns)) > MOST:
        yield from (place for place in at if -1 not in place[2])
        return
    for block, indicator in blocks:
        for domain in product(*columns):
            yield block, indicator, domain


def cited(table: Table, cell: int) -> Cited:
    flow = table.cells.dataflow
    key = zip(flow.dimensions, table.cells.key[cell].tolist(), strict=True)
    return Cited(flow.id, tuple(one.codes[code].id for one, code in key), "value")
