"""A block whose numbers may give way at a cost: how a secret is made as wide as asked, cheapest."""

from collections.abc import Sequence

import highspy
import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.protect.attack.block import Block
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.programme import LATE, SOLVED, box, rates, started, units

MOVED = 1e-6
"""A sum that gives way by less stays as it is told."""


class Elastic:
    """What a reader is told of a block, where sums may be other than told for a price a unit.

    Source: interval protection by the cheapest alternating cycle, as a linear programme: Fischetti
        & Salazar (2001), section 5; Castro (2007), for the price instead of a yes or no.
    """

    def __init__(self, block: Block, price: Floats, clock: Clock) -> None:
        """Take the price of each sum, shape (rows,); one of infinity never gives way."""
        self._clock, self._block = clock, block
        self._unit = units(block)
        self._rate = rates(block, self._unit)
        self._gives = np.flatnonzero(np.isfinite(price))
        self._highs = started()
        self._highs.setOptionValue("primal_feasibility_tolerance", 1e-7)
        self._highs.passModel(self._model(price))

    def free(self, rows: Sequence[int]) -> None:
        """Let sums be whatever they may be, from now on, for nothing."""
        for row in rows:
            self._highs.changeRowBounds(row, -np.inf, np.inf)

    def least_price(self, goal: int, low: float, high: float) -> tuple[float, Ints, Floats] | None:
        """What it costs to bring a secret between two ends, the rows that give way, and a point.

        None if it cannot be brought there.
        """
        goals, highs = self._block.goals, self._highs
        ours = slice(goals.start[goal], goals.start[goal + 1])
        unknown = goals.unknown[ours]
        factor = goals.factor[ours] * self._unit[unknown]
        highs.addRow(low, high, len(unknown), unknown.astype(np.int32), factor)
        highs.setOptionValue("time_limit", highs.getRunTime() + self._clock.left())
        highs.run()
        status, solution = highs.getModelStatus(), np.array(highs.getSolution().col_value)
        cost = float(highs.getInfo().objective_function_value)
        last = np.array([len(self._block.low)], dtype=np.int32)
        highs.deleteRows(1, last)
        if status == LATE:
            self._clock.left()
        if status != SOLVED:
            return None
        width, count = len(self._unit), len(self._gives)
        moved = solution[width : width + count] + solution[width + count :]
        return cost, self._gives[moved > MOVED], solution[:width] * self._unit

    def _model(self, price: Floats) -> highspy.HighsLp:
        block, width, count = self._block, len(self._unit), len(self._gives)
        found = highspy.HighsLp()
        found.num_col_, found.num_row_ = width + 2 * count, len(block.low)
        per = price[self._gives] / self._rate[self._gives]
        found.col_cost_ = np.concatenate([np.zeros(width), per, per])
        found.col_lower_ = np.concatenate([block.floor / self._unit, np.zeros(2 * count)])
        most = np.minimum(block.ceiling, box(block)) / self._unit
        found.col_upper_ = np.concatenate([most, np.full(2 * count, np.inf)])
        found.row_lower_, found.row_upper_ = block.low * self._rate, block.high * self._rate
        rows, columns, values = self._entries(width, count)
        order = np.argsort(rows, kind="stable")
        starts = np.searchsorted(rows[order], np.arange(len(block.low) + 1))
        found.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        found.a_matrix_.start_ = starts.astype(np.int32)
        found.a_matrix_.index_ = columns[order].astype(np.int32)
        found.a_matrix_.value_ = values[order]
        return found

    def _entries(self, width: int, count: int) -> tuple[Ints, Ints, Floats]:
        """Row, column and value of each entry: of the sums, and of what may be over and under."""
        told = self._block.told
        row = np.repeat(np.arange(len(self._rate)), np.diff(told.start))
        value = told.factor * self._rate[row] * self._unit[told.unknown]
        over = width + np.arange(count)
        return (
            np.concatenate([row, self._gives, self._gives]),
            np.concatenate([told.unknown, over, over + count]),
            np.concatenate([value, np.full(count, -1.0), np.full(count, 1.0)]),
        )
