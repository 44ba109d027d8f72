"""How shares of the same cells drift in other countries: what slopes may be drawn towards."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.outlook.shares.forecast import ShareForecast

LEAST_VARIANCE = 1e-6
"""No slope is surer than to a thousandth a year: one country does not speak for all."""


def slopes(
    cells: Sequence[tuple[str, ...]],
    others: Sequence[tuple[Sequence[tuple[str, ...]], ShareForecast]],
) -> Floats | None:
    """Slopes a year of these cells in other countries, shape (c,), the surer ones counting more.

    0 where no other country tells; None if none tells of any.

    Args:
        others: the cells of each other country, and what is forecast of them.

    Source: domain page outlook, section 4.4; weights by inverse variance, Hartung, Knapp and
    Sinha (2008), Statistical Meta-Analysis with Applications, section 3.1.
    """
    weight, total = np.zeros(len(cells)), np.zeros(len(cells))
    for names, found in others:
        at = {name: place for place, name in enumerate(names)}
        for place, cell in enumerate(cells):
            own = at.get(cell)
            if own is None:
                continue
            slope, variance = found.cells.now.slope[own], found.cells.now.slope_variance[own]
            if np.isfinite(slope + variance) and not found.gone[own]:
                sure = 1 / max(variance, LEAST_VARIANCE)
                weight[place] += sure
                total[place] += sure * slope
    if not weight.any():
        return None
    known: Floats = np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), 0.0)
    return known
