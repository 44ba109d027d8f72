"""How far a published mean or total moves without a respondent, in its own standard errors.

Source: the effect is that of leaving one respondent out, exactly (Cook & Weisberg 1982, Residuals
and Influence in Regression, chapter 3); that an outlier is judged by what it does to the published
number and not by its size, Chambers (1986), JASA 81, 1063-1069.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.estimate.cube import cube
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
    amounts = [score for score in scores if score.magnitude and score.estimator in MOVED]
    return tuple(_influences(design, amounts, group)) if amounts else ()


def _influences(design: Design, amounts: Sequence[Score], group: int) -> Iterator[Influence]:
    errors = cube(design, [], [], [()], amounts)[0].se[0]
    for score, se in zip(amounts, errors.tolist(), strict=True):
        if se > 0:
            yield _influence(design.weight, score, se, group)


def _influence(weight: Floats, score: Score, se: float, group: int) -> Influence:
    rows = np.flatnonzero(score.inside & (weight > 0))
    y, x = _added(weight[rows], score, rows)
    effect = np.abs(_moved(score, y.sum(), x.sum(), y, x)) / se
    first = np.argsort(-effect, kind="stable")[:group]
    chosen = effect[first]
    total = float(chosen.sum())
    joint = _moved(score, y.sum(), x.sum(), y[first].sum(), x[first].sum())
    top = [*chosen[:2].tolist(), 0.0, 0.0]
    return Influence(
        indicator=score.indicator,
        n=len(rows),
        over=tuple(int((effect > step).sum()) for step in STEPS),
        group=len(first),
        joint=float(abs(joint)) / se,
        shares=(top[0] / total, top[1] / total) if total > 0 else (0.0, 0.0),
        rows=tuple((rows[first] + 1).tolist()),
        effects=tuple(chosen.tolist()),
    )


def _added(weight: Floats, score: Score, rows: Ints) -> tuple[Floats, Floats]:
    """What these respondents add to the sums above and below, each of shape (rows,)."""
    below = np.ones(len(rows)) if score.denominator is None else score.denominator[rows]
    return weight * score.numerator[rows], weight * below


def _moved(
    score: Score, above: float, below: float, y: Floats | float, x: Floats | float
) -> Floats:
    """By how much the number changes when y and x leave its sums; 0 where nothing would be left."""
    if score.estimator == "total":
        return np.asarray(-y)
    left = np.asarray(below - x)
    without = np.divide(above - y, left, out=np.full(left.shape, np.nan), where=left != 0)
    moved: Floats = np.nan_to_num(without - above / below)
    return moved
