"""A design whose weights meet official totals, and what that leaves of its errors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate.calibration.collapse import Collapsed, collapse
from cauce.estimate.calibration.distances import check_distance
from cauce.estimate.calibration.solve import Solution, solve
from cauce.estimate.calibration.targets import Target, check_targets
from cauce.model.arrays import Floats, Ints
from cauce.model.calibration import Distance
from cauce.model.design import Design
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.replication import Replication
from cauce.model.residuals import Residuals


@dataclass(frozen=True)
class Calibrated:
    """A calibrated design and how it came about.

    `factor`, of shape (n,), is what each weight was multiplied by (the g-weight), 1 of whoever has
    no weight. `combinations` were told apart; `misfit` is the largest distance from a total, as a
    share of it.
    """

    design: Design
    factor: Floats
    margins: int
    combinations: int
    steps: int
    misfit: float


def calibrate(
    design: Design,
    targets: Sequence[Target],
    distance: Distance,
    household: Ints | None = None,
) -> Calibrated:
    """The design with the weights that meet the targets and are nearest to those it has.

    Args:
        household: the number of each respondent's household, whose members get one weight.

    Raises:
        BadInput: totals that no weights can meet, or bounds that exclude every solution.
        MethodFailed: no solution is found, a weight would not be above 0, or replicates are made
            here.
    """
    check_distance(distance)
    if design.residuals is not None:
        raise BadInput("The weights were calibrated already. Give all margins at once.")
    weight = design.weight
    check_targets(targets, weight, distance.tolerance)
    collapsed = collapse(targets, weight, household)
    found = solve(collapsed, collapsed.weights(weight), distance)
    factor = found.factor[collapsed.pattern]
    factor[weight == 0] = 1.0
    refuse_lost(factor, found, distance)
    after = replace(design, weight=weight * factor)
    if design.replication is None:
        known = Residuals(collapsed.pattern, collapsed.margins, 1 / found.factor, found.inverse)
        after = replace(after, residuals=known)
    else:
        given = replicated(design.replication, collapsed, distance, weight)
        after = replace(after, replication=given)
    return Calibrated(
        after,
        factor,
        len(collapsed.totals),
        len(found.factor),
        found.steps,
        found.misfit,
    )


def refuse_lost(factor: Floats, found: Solution, distance: Distance) -> None:
    """Raises MethodFailed if a weight would be negative or 0."""
    lost = 0 if (found.factor > 0).all() else int((factor <= 0).sum())
    if lost:
        raise MethodFailed(
            f"Calibration ({distance.method}) would make {lost:,} of {len(factor):,} weights "
            f"negative or 0 (the smallest factor is {factor.min():.4g}): nobody stands for less "
            "than himself. Take raking or logit, or linear with a lower bound such as 0.1."
        )


def replicated(
    given: Replication, collapsed: Collapsed, distance: Distance, weight: Floats
) -> Replication:
    """The office's replicates, each raised to the totals: then they need no residuals.

    Raises:
        MethodFailed: replicates are made here, of PSUs, or one of them has no solution.
    """
    if given.weights is None:
        raise MethodFailed(
            "Replicates that are made here cannot be calibrated. Leave [design.replicates] away: "
            "errors after calibration are linearised, too. Or give the office's own replicates."
        )
    combined = given.declared.combined
    columns = given.weights if combined else given.weights * weight[:, None]
    made = _raised(collapsed, columns, distance, weight)
    return Replication(replace(given.declared, combined=True), made)


def calibrate_columns(
    targets: Sequence[Target],
    columns: Floats,
    distance: Distance,
    weight: Floats,
    household: Ints | None = None,
) -> Floats:
    """Each column of replicate weights calibrated to the same targets, shape (n, columns).

    As R's survey does with a replicate design: the totals are known, and every replicate is raised
    to them anew.

    Args:
        columns: the replicate weights, shape (n, columns).
        weight: the full sample's weights, shape (n,): who has none is left out of every replicate.

    Raises:
        BadInput: totals no weights can meet.
        MethodFailed: a replicate has no solution.
    """
    check_distance(distance)
    check_targets(targets, weight, distance.tolerance)
    collapsed = collapse(targets, weight, household)
    return _raised(collapsed, columns, distance, weight)


def _raised(collapsed: Collapsed, columns: Floats, distance: Distance, weight: Floats) -> Floats:
    """Each column raised to the totals of the collapsed margins, shape (n, columns)."""
    made = np.zeros(columns.shape)
    for r in range(columns.shape[1]):
        own = np.where(weight > 0, columns[:, r], 0.0)
        try:
            found = solve(collapsed, collapsed.weights(own), distance)
        except (BadInput, MethodFailed) as error:
            raise type(error)(f"Replicate {r + 1:,} of {columns.shape[1]:,}: {error}") from error
        factor = np.where(own > 0, found.factor[collapsed.pattern], 1.0)
        refuse_lost(factor, found, distance)
        made[:, r] = own * factor
    return made
