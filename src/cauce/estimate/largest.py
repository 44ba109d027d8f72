"""How much of a cell's amount its two largest contributors hold."""

import numpy as np

from cauce.estimate.compared import flags
from cauce.estimate.grouping import Grouping
from cauce.estimate.kernel import two_largest
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.sample import Score


def largest(
    score: Score, grouping: Grouping, weight: Floats, answerer: Ints | None = None
) -> Floats:
    """Shares of shape (cells, 2); NaN for a score that is no amount, or where the sum is 0.

    Of a comparison those of the domain in which they are larger.

    Args:
        answerer: who answered each row, shape (n,), where one answers several, as a firm does for
            each of its occupations; None if each row is somebody's own.
    """
    if not score.magnitude:
        return np.full((grouping.size, 2), np.nan)
    amount = np.where(score.inside, np.abs(score.numerator) * weight, 0.0)
    if score.first is None or score.second is None:
        return _shares(grouping, amount, answerer)
    parts = [
        _shares(grouping, np.where(flags(score, which), amount, 0.0), answerer)
        for which in ("first", "second")
    ]
    return np.fmax(parts[0], parts[1])


def _shares(grouping: Grouping, amount: Floats, answerer: Ints | None) -> Floats:
    cell, held = grouping.cell, amount
    if answerer is not None:
        cell, held = _by_answerer(grouping, amount, answerer)
    top = two_largest(cell, grouping.size, held)
    total = np.bincount(grouping.cell, amount, grouping.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(total[:, None] > 0, top / total[:, None], np.nan))


def _by_answerer(grouping: Grouping, amount: Floats, answerer: Ints) -> tuple[Codes, Floats]:
    """The amounts of each answerer in each cell, added up, and the cell of each."""
    many = int(answerer.max()) + 1
    pairs, at = np.unique(grouping.cell.astype(np.int64) * many + answerer, return_inverse=True)
    held = np.asarray(np.bincount(at, amount, len(pairs)), dtype=np.float64)
    return (pairs // many).astype(np.int32), held
