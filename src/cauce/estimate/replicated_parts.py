"""Of which sums an estimate is made, so that it can be made again of those of each replicate."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cauce.estimate.compared import flags
from cauce.estimate.composed import comparable
from cauce.estimate.grouping import Grouping, parent_of, refine
from cauce.estimate.replicated import quotients
from cauce.estimate.replicated_sums import Replicas, in_cells
from cauce.estimate.rows import Rows
from cauce.estimate.share import share_score
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.errors import MethodFailed
from cauce.model.indicator import Estimator
from cauce.model.sample import Score

MOST_SUMS = 2**27
"""A gigabyte of sums: more are refused."""

Made = Callable[[Floats], Floats]
"""From sums (fine cells, variables, replicates) to estimates (cells, replicates)."""


@dataclass(frozen=True)
class Parts:
    """What is summed up in which cells, and how the estimates are made of it."""

    grouping: Grouping
    variables: tuple[Floats, ...]
    made: Made


def off(rows: Rows, replicas: Replicas, parts: Parts) -> Floats:
    """How far the estimate under each replicate lies from the estimate, (cells, replicates).

    Raises:
        MethodFailed: the sums would not fit into memory.
    """
    fine, variables = parts.grouping, parts.variables
    numbers = fine.size * len(variables) * replicas.count
    if numbers > MOST_SUMS:
        raise MethodFailed(
            f"{replicas.count:,} replicates of {fine.size:,} cells are more numbers than are held. "
            'Make fewer replicates, such as [design.replicates] made = "bootstrap", count = 200.'
        )
    order = np.arange(len(rows.weight)) if rows.order is None else rows.order
    found = in_cells(replicas, order, rows.psu, rows.weight, fine.cell, fine.size, variables, ())
    sums = np.concatenate([block for _, _, block in found.blocks()])
    difference: Floats = parts.made(sums) - parts.made(found.whole.T[:, :, None])
    return difference


def plain(score: Score, grouping: Grouping) -> Parts:
    """A total, or a mean, rate or ratio."""
    y = np.where(score.inside, score.numerator, 0.0)
    if score.estimator == "total":
        return Parts(grouping, (y,), lambda sums: sums[:, 0])
    return Parts(grouping, (y, _below(score)), lambda sums: quotients(sums[:, 0], sums[:, 1]))


def moved_by(z: Floats, grouping: Grouping) -> Parts:
    """What is linearised: the total of the influence z."""
    return Parts(grouping, (z,), lambda sums: sums[:, 0])


def share(score: Score, codes: Codes, known: int, fine: Grouping, whole: Grouping) -> Parts:
    """The part of each code in the sum over all codes of its group."""
    own = share_score(score, codes, known)
    parent = parent_of(fine, whole)
    y = np.where(own.inside, own.numerator, 0.0)

    def made(sums: Floats) -> Floats:
        above = sums[:, 0]
        return quotients(above, added(above, parent, whole.size)[parent])

    return Parts(fine, (y,), made)


def two_domains(estimator: Estimator, score: Score, grouping: Grouping) -> Parts:
    """The difference, relative gap or quotient of two domains."""
    y, x = np.where(score.inside, score.numerator, 0.0), _below(score)
    variables = [
        np.where(flags(score, which), one, 0.0) for which in ("first", "second") for one in (y, x)
    ]

    def made(sums: Floats) -> Floats:
        one, two = quotients(sums[:, 0], sums[:, 1]), quotients(sums[:, 2], sums[:, 3])
        if estimator == "difference":
            return one - two
        found: Floats = quotients(one, two) if estimator == "quotient" else 1 - quotients(two, one)
        return found

    return Parts(grouping, tuple(variables), made)


def by_factor(score: Score, grouping: Grouping, weight: Floats) -> Parts:
    """The relative gaps of groups, weighted by their part of the second domain.

    The groups are those in which the survey has both domains, in every replicate the same.
    """
    score = comparable(score, grouping, weight)
    fine, of = refine(grouping, score.factors)
    both = np.bincount(fine.cell[score.inside], minlength=fine.size) > 0
    variables = [
        np.where(score.inside & flags(score, which), one, 0.0)
        for which in ("first", "second")
        for one in (score.numerator, 1.0)
    ]

    def made(sums: Floats) -> Floats:
        one, two = quotients(sums[:, 0], sums[:, 1]), quotients(sums[:, 2], sums[:, 3])
        gaps = (1 - quotients(two, one)) * sums[:, 3]
        gaps[~both] = 0.0
        under = added(np.where(both[:, None], sums[:, 3], 0.0), of, grouping.size)
        return quotients(added(gaps, of, grouping.size), under)

    return Parts(fine, tuple(variables), made)


def unlike(score: Score, grouping: Grouping) -> tuple[Parts, Parts]:
    """The differences p₁k - p₂k of each code, and half the sum of their sizes in each cell."""
    if score.across is None:
        raise MethodFailed(f"{score.indicator} has no codes to compare domains over.")
    fine, of = refine(grouping, (score.across,))
    inside, y = score.inside, score.numerator
    variables = tuple(
        np.where(inside & flags(score, which), y, 0.0) for which in ("first", "second")
    )

    def differences(sums: Floats) -> Floats:
        parts = [quotients(one, added(one, of, grouping.size)[of]) for one in _sides(sums)]
        difference: Floats = parts[0] - parts[1]
        return difference

    def half(sums: Floats) -> Floats:
        return 0.5 * added(np.abs(differences(sums)), of, grouping.size)

    return Parts(fine, variables, differences), Parts(fine, variables, half)


def _sides(sums: Floats) -> tuple[Floats, Floats]:
    return sums[:, 0], sums[:, 1]


def _below(score: Score) -> Floats:
    x = 1.0 if score.denominator is None else score.denominator
    return np.where(score.inside, x, 0.0)


def added(values: Floats, of: Ints, size: int) -> Floats:
    """Fine cells added up to the cells they are part of, (cells, replicates)."""
    order = np.argsort(of, kind="stable")
    found = np.zeros((size, values.shape[1]))
    first = np.flatnonzero(np.diff(of[order], prepend=-1))
    found[of[order][first]] = np.add.reduceat(values[order], first, axis=0)
    return found
