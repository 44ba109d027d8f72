"""How much of an area a hazard reached: of its land, and of its people where they were counted."""

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.crisis import Grid

KNOTS = (64 * 0.514444, 50 * 0.514444, 34 * 0.514444)
"""Winds in m/s from which a point counts as reached: low, central and high exposure.

Source: the three wind radii of the best-track format (NOAA, HURDAT2): 64, 50 and 34 knots.
"""


def hit(hazards: Floats, thresholds: tuple[float, float, float] = KNOTS) -> Flags:
    """Which points were reached at each threshold, by any of the events, shape (3, g).

    Args:
        hazards: how strong each event was at each point, shape (events, g). Two storms over one
            point reach it once: people are not counted twice in a season.
    """
    worst = np.nanmax(hazards, axis=0)
    return np.stack([worst >= at for at in thresholds])


def share_of_land(grid: Grid, reached: Flags) -> Floats:
    """The part of each area's land that was reached, shape (3, a); NaN for an area without land."""
    return _share(grid, reached, grid.km2)


def share_of_people(grid: Grid, reached: Flags) -> Floats:
    """The part of each area's people that was reached, shape (3, a); NaN where nobody counted."""
    return _share(grid, reached, grid.people)


def _share(grid: Grid, reached: Flags, weight: Floats) -> Floats:
    size = len(grid.areas)
    whole = np.bincount(grid.area, weight, size)
    part = np.stack(
        [np.bincount(grid.area, np.where(r, weight, 0 * weight), size) for r in reached]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.clip(np.where(whole > 0, part / whole, np.nan), 0, 1)


def reported_part(affected: Floats, population: Floats) -> Floats:
    """Affected people that an authority reports over the people who live there, (3, a), at most 1.

    The three are the same: a report is one number. NaN where one of both is not known.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(population > 0, np.minimum(affected / population, 1), np.nan)
    return np.stack([one] * 3)
