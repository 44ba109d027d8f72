"""How much of a cell's amount its two largest contributors hold."""

import numpy as np

from cauce.estimate.compared import flags
from cauce.estimate.grouping import Grouping
from cauce.estimate.kernel import two_largest
from cauce.model.arrays import Floats
from cauce.model.sample import Score


def largest(score: Score, grouping: Grouping, weight: Floats) -> Floats:
    """Shares of shape (cells, 2); NaN for a score that is no amount, or where the sum is 0.

    Of a comparison those of the domain in which they are larger.
    """
    if not score.magnitude:
        return np.full((grouping.size, 2), np.nan)
    amount = np.where(score.inside, np.abs(score.numerator) * weight, 0.0)
    if score.first is None or score.second is None:
        return _shares(grouping, amount)
    parts = [
        _shares(grouping, np.where(flags(score, which), amount, 0.0))
        for which in ("first", "second")
    ]
    return np.fmax(parts[0], parts[1])


def _shares(grouping: Grouping, amount: Floats) -> Floats:
    top = two_largest(grouping.cell, grouping.size, amount)
    total = np.bincount(grouping.cell, amount, grouping.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(total[:, None] > 0, top / total[:, None], np.nan))
