"""What moves an estimate that is no plain total or ratio, for its covariance with another one.

Of most estimates it lies in the cell: each respondent has his influence there (`influence`). Two
reach beyond: a share moves with the whole of its group, low pay with everybody's line.
"""

from dataclasses import dataclass

import numpy as np

from cauce.estimate import amounts, low
from cauce.estimate.answers import Answers, Dims, Question
from cauce.estimate.composed import comparable
from cauce.estimate.covariances import Line, covariance
from cauce.estimate.deviations import deviations
from cauce.estimate.grouping import Grouping, parent_of
from cauce.estimate.share import share_score
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.sample import Score


@dataclass(frozen=True)
class Moved:
    """By how much each respondent's weight moves the estimate of his cell; arrays of shape (n,).

    Cell c moves by the sum of w z over its own respondents, less `part` of c times the sum of
    w `beyond` over a larger cell around it. `part` is given with everybody who is in c; both are
    None where nothing lies beyond.
    """

    z: Floats
    inside: Flags
    beyond: Floats | None = None
    part: Floats | None = None


def moved(answers: Answers, q: Question, dims: Dims) -> Moved:
    """What moves an indicator in one grouping; it is no total, mean, rate or ratio."""
    match q.indicator.estimator:
        case "share":
            return _share(answers, q, dims)
        case "low":
            return _low(answers, q, dims)
        case "quantile":
            return _quantile(answers, q, dims)
    score = q.score
    if q.indicator.estimator == "factor_gap":
        score = comparable(score, answers.grouping(dims), answers.weight)
    if q.indicator.p:
        answers.quantiles([q], dims)
    influence = answers.influence(q, score, dims)
    return Moved(influence.z, influence.inside)


def around(q: Question, dims: Dims) -> Dims:
    """The larger cell that is around a cell: everybody, or of a share its group."""
    return tuple(d for d in dims if d != q.within) if q.indicator.within else ()


def joined(after: Moved, before: Moved) -> Moved:
    """The respondents of two waves, the later first."""
    own = np.concatenate([after.z, before.z]), np.concatenate([after.inside, before.inside])
    beyond = [one.beyond for one in (after, before) if one.beyond is not None]
    part = [one.part for one in (after, before) if one.part is not None]
    if not beyond:
        return Moved(*own)
    return Moved(*own, np.concatenate(beyond), np.concatenate(part))


def moved_covariance(
    line: Line, grouping: Grouping, whole: Grouping, side: Codes, of: Moved, apart: bool
) -> tuple[Floats, Ints]:
    """The covariance of both sides of each cell, and the PSUs both rest on: see `covariance`.

    Args:
        whole: the larger cells.
        apart: what lies beyond a cell is on its own side only, as in two waves.
    """
    score = Score("", of.inside, of.z, None, 0, True, "total")
    found, common = covariance(line, grouping, side, score)
    if of.beyond is None or of.part is None:
        return found, common
    cell, parent = grouping.cell, parent_of(grouping, whole)
    part = np.zeros((2, grouping.size))
    own, far, deviation = [], [], []
    for s in (0, 1):
        here = side == s
        part[s, cell[here]] = of.part[here]
        own.append(np.where(here & of.inside, line.weight * of.z, 0.0))
        far.append(np.where(here | (not apart), line.weight * of.beyond, 0.0))
        deviation.append(deviations(line, whole, far[s]))
    found = found - part[1] * np.bincount(cell, own[0] * deviation[1], grouping.size)
    found -= part[0] * np.bincount(cell, own[1] * deviation[0], grouping.size)
    both = np.bincount(whole.cell, far[0] * deviation[1], whole.size)
    return found + part[0] * part[1] * both[parent], common


def _share(answers: Answers, q: Question, dims: Dims) -> Moved:
    """(y in the code - R y in the group) / Y."""
    score = share_score(q.score, answers.classifiers[q.within], q.known)
    fine, whole = answers.grouping(dims), answers.grouping(around(q, dims))
    y = np.where(score.inside, score.numerator, 0.0)
    weighted = answers.weight * y
    over = np.bincount(whole.cell, weighted, whole.size)[whole.cell]
    own = np.bincount(fine.cell, weighted, fine.size)[fine.cell]
    filled = over != 0
    z, part = (np.divide(a, over, out=np.zeros(len(y)), where=filled) for a in (y, own))
    return Moved(z, score.inside, z, part)


def _low(answers: Answers, q: Question, dims: Dims) -> Moved:
    """The share below, the line known, and how it moves with the order of the line's quantile."""
    answers.quantiles([q], ())
    (quantile,) = answers.found_quantiles[q.indicator.id]
    every = answers.in_order(q, ())
    order, fraction = q.indicator.p[0], q.indicator.fraction
    line = low.threshold(answers.sweep, every, quantile, order, fraction)
    ordered, grouping = answers.in_order(q, dims), answers.grouping(dims)
    weight = np.where(ordered.inside, answers.weight, 0.0)
    own = np.bincount(grouping.cell, weight, grouping.size)
    below = np.where(ordered.inside & (ordered.y < line.value), 1.0, 0.0)
    share = np.bincount(grouping.cell, weight * below, grouping.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (below - (share / own)[grouping.cell]) / own[grouping.cell]
        rank = ((every.y <= quantile.value[0]) - order) / weight.sum()
    by = low.moved_by(ordered, line)[grouping.cell]
    beyond = np.where(ordered.inside, rank, 0.0)
    return Moved(np.where(ordered.inside, z, 0.0), ordered.inside, beyond, np.nan_to_num(by))


def _quantile(answers: Answers, q: Question, dims: Dims) -> Moved:
    """The order of everybody's amount, times what a step of the order is worth in the cell."""
    ordered, grouping = answers.in_order(q, dims), answers.grouping(dims)
    (p,) = q.indicator.p
    value = ordered.quantiles(p)
    rank = answers.sweep.run([grouping], [amounts.rank_score(q.score, grouping, value)])[0][0]
    se = amounts.quantile_estimates(amounts.woodruff(ordered, value, p, rank), rank).se
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = se / rank.se / rank.weighted
        z = (rank.value[grouping.cell] - (ordered.y <= value[grouping.cell])) * worth[grouping.cell]
    known = ordered.inside & np.isfinite(z)
    return Moved(np.where(known, z, 0.0), ordered.inside)
