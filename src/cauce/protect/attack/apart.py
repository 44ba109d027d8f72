"""What one cell says in two ways is told apart, so that blocks are as small as they can be.

A cell that says how many were asked and how many have an attribute says how many have it not. Where
the first is the sum of the other two, having and not having it are told by different numbers that
share no unknown: two small programmes are sooner solved than one.
"""

from collections import defaultdict

from cauce.protect.attack.settle import Settled
from cauce.protect.told import System


def tell_apart(system: System, settled: Settled) -> Settled:
    """Take from each number told exactly the others of its cell that are part of it.

    `beside` says of a number what was taken from it, so that a proof can name both.
    """
    cells: dict[object, list[int]] = defaultdict(list)
    for row, (_, low, high) in settled.rows.items():
        of = system.told[row].of
        if of.flow and low == high:
            cells[of.flow, of.key, of.vintage].append(row)
    for rows in cells.values():
        rows.sort(key=lambda row: (len(settled.rows[row][0]), row))
        for at, row in enumerate(rows):
            for part in reversed(rows[:at]):
                subtract(settled, row, part)
    return settled


def subtract(settled: Settled, row: int, part: int) -> None:
    """Take one number from another if all of it is part of that, and not the same."""
    whole, less = settled.rows[row], settled.rows[part]
    if len(less[0]) < len(whole[0]) and less[0].items() <= whole[0].items():
        rest = {unknown: factor for unknown, factor in whole[0].items() if unknown not in less[0]}
        settled.rows[row] = rest, whole[1] - less[1], whole[2] - less[2]
        settled.beside[row].extend([part, *settled.beside.get(part, ())])
