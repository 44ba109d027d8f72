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
        MethodFailed: no solution is found, or a weight would not be above 0.
    """
    check_distance(distance)
    if design.residuals is not None:
        raise BadInput("The weights were calibrated already. Give all margins at once.")
    weight = design.weight
    check_targets(targets, weight, distance.tolerance)
    collapsed = collapse(targets, weight, household)
    found = solve(collapsed, collapsed.weights(weight), distance)
    factor = np.where(weight > 0, found.factor[collapsed.pattern], 1.0)
    refuse_lost(factor, distance)
    return Calibrated(
        replace(
            design, weight=weight * factor, residuals=residuals(collapsed, found, weight, factor)
        ),
        factor,
        len(collapsed.totals),
        len(found.factor),
        found.steps,
        found.misfit,
    )


def residuals(collapsed: Collapsed, found: Solution, weight: Floats, factor: Floats) -> Residuals:
    """What calibrated weights leave of an error."""
    before = np.where(weight > 0, 1 / factor, 0.0)
    return Residuals(collapsed.pattern, collapsed.margins, before, found.inverse)


def refuse_lost(factor: Floats, distance: Distance) -> None:
    """Raises MethodFailed if a weight would be negative or 0."""
    lost = int((factor <= 0).sum())
    if lost:
        raise MethodFailed(
            f"Calibration ({distance.method}) would make {lost:,} of {len(factor):,} weights "
            f"negative or 0 (the smallest factor is {factor.min():.4g}): nobody stands for less "
            "than himself. Take raking or logit, or linear with a lower bound such as 0.1."
        )


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
    made = np.zeros(columns.shape)
    for r in range(columns.shape[1]):
        own = np.where(weight > 0, columns[:, r], 0.0)
        try:
            found = solve(collapsed, collapsed.weights(own), distance)
        except (BadInput, MethodFailed) as error:
            raise type(error)(f"Replicate {r + 1:,} of {columns.shape[1]:,}: {error}") from error
        factor = np.where(own > 0, found.factor[collapsed.pattern], 1.0)
        refuse_lost(factor, distance)
        made[:, r] = own * factor
    return made
