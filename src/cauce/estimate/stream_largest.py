"""How much of a cell's amount its two largest contributors hold, found batch by batch."""

import numpy as np

from cauce.estimate.stream_kernel import enter_all, keep_psus, keep_rows
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.sample import Score


class TopTwo:
    """The two largest of every cell, as `largest.largest` finds them of respondents in order.

    Args:
        answered: whether PSUs answer, whose rows are one contribution.
    """

    def __init__(self, cells: int, answered: bool) -> None:
        self._top, self._total = np.zeros((cells, 2)), np.zeros(cells)
        self._held = np.zeros(cells if answered else 0)
        self._last = np.full(len(self._held), -1, dtype=np.int64)
        self._answered = answered

    def add(self, score: Score, cell: Codes, weight: Floats, psu: Ints) -> None:
        """Take in respondents; all of shape (n,)."""
        amount = np.where(score.inside, np.abs(score.numerator) * weight, 0.0)
        if self._answered:
            keep_psus(cell, psu, amount, self._top, self._total, self._held, self._last)
        else:
            keep_rows(cell, amount, self._top, self._total)

    def shares(self) -> Floats:
        """Shares of shape (cells, 2); NaN where the sum is 0."""
        enter_all(self._top, self._held)
        total = self._total[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(total > 0, self._top / total, np.nan))
