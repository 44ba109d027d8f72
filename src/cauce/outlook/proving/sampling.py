"""Draws of a forecast that comes as medians and variances alone, as those of plain rules do."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.forecast import Forecast
from cauce.outlook.chance import stream


def sampled(
    found: Forecast, names: tuple[str, ...], seed: int, draws: int, factor: float | Floats = 1.0
) -> Floats:
    """Lognormal draws of each cell, shape (d, h, c), with the medians and variances asked for.

    What is drawn for a cell walks from horizon to horizon, so that a draw that is high in a year
    is not low in the next: the correlation of two horizons is √(shorter / longer). NaN where the
    forecast has no number or no variance: a rule without an error has no draws.

    Args:
        names: one a cell, by which its chance is found, the same in every scenario of a seed.
        factor: what variances are multiplied by, one or one of each horizon, shape (h,).

    Raises:
        BadInput: not one name for each cell.
    """
    if len(names) != found.value.shape[1]:
        raise BadInput(f"{len(names)} names for {found.value.shape[1]} cells: give one for each.")
    steps = np.sqrt(np.diff(found.horizons, prepend=0.0))
    streams = [stream(seed, f"sampled {name}") for name in names]
    chance = np.stack([one.standard_normal((draws, len(steps))) for one in streams], axis=2)
    walked = (chance * steps[:, None]).cumsum(axis=1)
    standard = walked / np.sqrt(found.horizons)[:, None]
    spread = np.sqrt(found.variance * np.reshape(factor, (-1, 1)))
    drawn: Floats = found.value * np.exp(spread * standard)
    return drawn
