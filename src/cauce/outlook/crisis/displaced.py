"""People who had to leave where they lived: ranges, by houses that were destroyed or by damage."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.crisis import Grid, Triple
from cauce.outlook.crisis.ranges import triangular, uniform

HOMES = (0.70, 0.55, 0.30)
"""Damage from which people leave: low, central and high displacement.

Source: the steps of 30, 55 and 70 % of the displacement models of the DisplacementMIP, as the
domain page outlook, section 6, has them.
"""
FIRST_MS, HALF_MS = 25.7, 74.7
"""Wind from which buildings are damaged, and at which half of their value is lost.

Source: Emanuel (2011), Weather, Climate, and Society 3, 261–268, with the half point that Eberenz,
Lüthi and Bresch (2021), Natural Hazards and Earth System Sciences 21, 393–415, call uncalibrated.
"""


def damage_of_wind(wind_ms: Floats, first: float = FIRST_MS, half: float = HALF_MS) -> Floats:
    """The part of a building's value that a wind destroys: v³ / (1 + v³), v above the first."""
    v = np.maximum(wind_ms - first, 0.0) / (half - first)
    return v**3 / (1 + v**3)


def by_houses(destroyed: Triple, household: Triple, seed: int, draws: int) -> Floats:
    """Destroyed houses times people in a household, shape (d,).

    Source: the method IDMC uses where houses alone were counted (domain page outlook, section 6).
    """
    numbers = [
        triangular(
            np.array(one.low),
            np.array(one.central),
            np.array(one.high),
            uniform(seed, f"crisis {name}", draws),
        )
        for name, one in (("houses", destroyed), ("household", household))
    ]
    return numbers[0] * numbers[1]


def by_steps(grid: Grid, damage: Floats, steps: tuple[float, float, float] = HOMES) -> Floats:
    """People where damage reaches each step, low, central and high, by area: shape (3, a).

    A range and nothing else: no step is more likely than another. NaN where people of an area were
    not counted.
    """
    size = len(grid.areas)
    reached = [np.where(damage >= step, grid.people, 0 * grid.people) for step in steps]
    return np.stack([np.bincount(grid.area, one, size) for one in reached])
