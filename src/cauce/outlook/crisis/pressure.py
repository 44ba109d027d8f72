"""Hazards of slow onset: how hard they press on people to move, in classes and never in people."""

import numpy as np

from cauce.model.arrays import Codes, Floats
from cauce.model.text import Text

PRESSURE = (
    Text("none", "ninguna"),
    Text("low", "baja"),
    Text("medium", "media"),
    Text("high", "alta"),
)
"""The classes, 0 to 3."""
UNKNOWN = -1


def pressure_class(
    land: Floats, at_risk: Floats, present: Floats, bounds: tuple[float, float, float]
) -> Codes:
    """The class of each area in each month, shape (12, a), -1 where something is not known.

    Args:
        land: the part of each area's land that the hazard has reached, shape (a,).
        at_risk: the part of the area's workers in sectors that live off the land, shape (a,).
        present: their presence by month, the year's mean being 1, shape (12, a).
        bounds: from which product of the three on the pressure is low, medium, high. They order
            areas and seasons; they say nothing of how many people will move.

    Source: domain page outlook, section 6: exposure × agricultural workers × season, and no
    displaced.
    """
    product = land * at_risk * present
    found: Codes = np.digitize(np.nan_to_num(product), bounds).astype(np.int32)
    return np.where(np.isfinite(product), found, UNKNOWN).astype(np.int32)
