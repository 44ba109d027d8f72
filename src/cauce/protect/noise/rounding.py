"""Counts told as multiples of a base: the nearest, up or down by chance, or so that they add up.

Source: Willenborg & de Waal (2001), Elements of Statistical Disclosure Control, chapter 9.
"""

import highspy
import numpy as np

from cauce.model.arrays import Floats, Ints, Keys
from cauce.model.errors import BadInput
from cauce.protect.attack.programme import started
from cauce.protect.noise.cell_key import chances
from cauce.protect.span import Vector

SECONDS = 60.0


def nearest(counts: Ints, base: int) -> Ints:
    """The nearest multiple; of two that are as near the larger."""
    return base * ((2 * counts + base) // (2 * base))


def by_chance(counts: Ints, base: int, keys: Keys, secret: bytes) -> Ints:
    """Up by a chance as large as what is left over, so that the mean of it is the count."""
    down, over = np.divmod(counts, base)
    rounded: Ints = base * (down + (chances(keys, secret, "rounding") < over / base))
    return rounded


def controlled(counts: Ints, base: int, sums: list[Vector], name: str) -> Ints:
    """Multiples that keep every sum, as near to the counts as that can be.

    Args:
        sums: what is zero, as factors by cell: a total less its parts.
        name: of the table, for whom it may concern.

    Raises:
        BadInput: no such multiples within one base of each count were found in a minute.
    """
    down = counts // base
    for slack in (0, 1):
        found = _solved(counts, base, down - slack, down + (counts % base > 0) + slack, sums)
        if found is not None:
            return base * found
    raise BadInput(
        f"{name}: no multiples of {base} near its {len(counts):,} counts keep every total. Cross "
        'fewer dimensions, or round to the nearest (way = "nearest"), where totals are not sums.'
    )


def _solved(counts: Ints, base: int, low: Ints, high: Ints, sums: list[Vector]) -> Ints | None:
    """The multiples within bounds that are nearest together; None if there are none."""
    solver = started()
    solver.setOptionValue("time_limit", SECONDS)
    low = np.maximum(low, 0)
    size = len(counts)
    # Beside each number its distance, so that the nearest are the cheapest.
    for at in range(size):
        solver.addVar(float(low[at]), float(high[at]))
        solver.changeColIntegrality(at, highspy.HighsVarType.kInteger)
    for at in range(size):
        solver.addVar(0.0, highspy.kHighsInf)
        solver.changeColCost(size + at, 1.0)
    share: Floats = counts / base
    for at in range(size):
        own = np.array([size + at, at], dtype=np.int32)
        solver.addRow(float(-share[at]), highspy.kHighsInf, 2, own, np.array([1.0, -1.0]))
        solver.addRow(float(share[at]), highspy.kHighsInf, 2, own, np.array([1.0, 1.0]))
    for one in sums:
        cells = np.array(list(one), dtype=np.int32)
        solver.addRow(0.0, 0.0, len(one), cells, np.array([float(x) for x in one.values()]))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found: Ints = np.rint(solver.getSolution().col_value[:size]).astype(np.int64)
    return found
