"""A scenario less its baseline, draw by draw on the same chance."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.scenario import Scenario

LOW, HIGH = 10, 90
"""The ends of an interval of 80 %, in percent of the draws."""


@dataclass(frozen=True)
class Run:
    """What a scenario gives of some cells, (d, h, c)."""

    scenario: Scenario
    draws: Floats


@dataclass(frozen=True)
class Difference:
    """Scenario less baseline: every draw (d, h, c), and the middle with its interval, (h, c).

    `higher` is the part of the draws in which the scenario is above the baseline, NaN if unknown.
    """

    draws: Floats
    middle: Floats
    low: Floats
    high: Floats
    higher: Floats


def difference(changed: Run, baseline: Run) -> Difference:
    """What the levers do, without the chance that both share; neither run is changed.

    Raises:
        BadInput: the two do not share seed, draws, base year and horizon, or their shapes differ:
            what differs would then be chance, too.

    Source: domain page outlook, section 4.10; common random numbers, Glasserman & Yao (1992),
    Some guidelines and guarantees for common random numbers.
    """
    ours, theirs = (
        (one.base_year, one.horizon, one.draws, one.seed)
        for one in (changed.scenario, baseline.scenario)
    )
    if ours != theirs or changed.draws.shape != baseline.draws.shape:
        raise BadInput(
            f"{changed.scenario.id} and {baseline.scenario.id} do not share base year, horizon, "
            f"draws and seed ({ours}, {theirs}), or not the same cells. Run both alike."
        )
    draws = changed.draws - baseline.draws
    low, middle, high = np.percentile(draws, (LOW, 50, HIGH), axis=0)
    known = np.isfinite(draws).all(axis=0)
    higher = np.where(known, (draws > 0).mean(axis=0), np.nan)
    return Difference(draws, middle, low, high, higher)
