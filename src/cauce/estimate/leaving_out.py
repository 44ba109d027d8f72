"""How far a published mean or total moves without a respondent, in its own standard errors.

Source: the effect is that of leaving one respondent out, exactly (Cook & Weisberg 1982, Residuals
and Influence in Regression, chapter 3); that an outlier is judged by what it does to the published
number and not by its size, Chambers (1986), JASA 81, 1063-1069.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.estimate.cube import cube
from cauce.estimate.summed import ExactSum
from cauce.model.arrays import Floats, Ints
from cauce.model.design import Design
from cauce.model.sample import Score
from cauce.model.wave_facts import STEPS, Influence

MOVED = ("total", "mean", "ratio")


def influences(design: Design, scores: Sequence[Score], group: int) -> tuple[Influence, ...]:
    """The influence of respondents on every amount, over the whole sample.

    Args:
        group: how many of the most influential are looked at together.

    A number without a standard error has no scale, and is left out.
    """
    amounts = [score for score in scores if is_moved(score)]
    if not amounts:
        return ()
    errors = cube(design, [], [], [()], amounts)[0].se[0].tolist()
    everyone = np.arange(len(design.weight))
    found = []
    for score, se in zip(amounts, errors, strict=True):
        left = LeftOut(score, group)
        left.sum_up(score, design.weight)
        left.leave_out(score, design.weight, everyone, se)
        found.append(left)
    return tuple(told(found, errors))


def is_moved(score: Score) -> bool:
    return score.magnitude and score.estimator in MOVED


def told(found: Sequence["LeftOut"], errors: Sequence[float]) -> Iterator[Influence]:
    """The influence on every number that has a standard error."""
    yield from (one.influence(se) for one, se in zip(found, errors, strict=True) if se > 0)


class LeftOut:
    """The influence of respondents on one number: of all of them summed up, then left out.

    Both are done with so many respondents at a time as one likes.
    """

    def __init__(self, score: Score, group: int) -> None:
        self._indicator, self._estimator, self._group = score.indicator, score.estimator, group
        self._above, self._below = ExactSum(), ExactSum()
        self._n, self._over = 0, np.zeros(len(STEPS), dtype=np.int64)
        # Effect, y, x and row of the most influential so far, the most influential first.
        self._top = np.empty((4, 0))

    def sum_up(self, score: Score, weight: Floats) -> None:
        y, x, rows = _added(score, weight)
        self._n += len(rows)
        self._above.add(y)
        self._below.add(x)

    def leave_out(self, score: Score, weight: Floats, row: Ints, se: float) -> None:
        """Leave out each of some respondents, now that all are summed up.

        Args:
            row: where they stand in the file, from 0.
        """
        if not se > 0:
            return
        y, x, rows = _added(score, weight)
        effect = np.abs(self._moved(y, x)) / se
        self._over += [int((effect > step).sum()) for step in STEPS]
        first = np.lexsort((row[rows], -effect))[: self._group]
        new = np.stack([effect[first], y[first], x[first], row[rows][first].astype(np.float64)])
        both = np.concatenate([self._top, new], axis=1)
        self._top = both[:, np.lexsort((both[3], -both[0]))[: self._group]]

    def influence(self, se: float) -> Influence:
        effect, y, x, row = self._top
        total = float(effect.sum())
        largest = [*effect[:2].tolist(), 0.0, 0.0]
        return Influence(
            indicator=self._indicator,
            n=self._n,
            over=tuple(self._over.tolist()),
            group=len(effect),
            joint=float(abs(self._moved(y.sum(), x.sum()))) / se,
            shares=(largest[0] / total, largest[1] / total) if total > 0 else (0.0, 0.0),
            rows=tuple((row.astype(np.int64) + 1).tolist()),
            effects=tuple(effect.tolist()),
        )

    def _moved(self, y: Floats | float, x: Floats | float) -> Floats:
        """How far the number moves if y and x leave its sums; 0 where nothing would be left."""
        if self._estimator == "total":
            return np.asarray(-y)
        above, below = self._above.value(), self._below.value()
        left = np.asarray(below - x)
        without = np.divide(above - y, left, out=np.full(left.shape, np.nan), where=left != 0)
        moved: Floats = np.nan_to_num(without - above / below)
        return moved


def _added(score: Score, weight: Floats) -> tuple[Floats, Floats, Ints]:
    """What respondents add to the sums above and below, and which they are; all of one length."""
    rows = np.flatnonzero(score.inside & (weight > 0))
    below = np.ones(len(rows)) if score.denominator is None else score.denominator[rows]
    return weight[rows] * score.numerator[rows], weight[rows] * below, rows
