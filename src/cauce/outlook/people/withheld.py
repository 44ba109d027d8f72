"""Cells that were withheld where every one is needed: what their total leaves, divided in words."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.text import Text

LEFT_OVER = Text(
    "Where a table withholds some cells and every one is needed, they are given what the published "
    "total leaves, in the proportions of all.",
    "Donde una tabla reserva algunas celdas y se necesitan todas, se les da lo que deja el total "
    "publicado, en las proporciones del conjunto.",
)


def left_over(told: Floats, total: float, pattern: Floats) -> Floats:
    """The cells of one total, those withheld (NaN) as parts of what the others leave; `LEFT_OVER`.

    NaN in those where the total is withheld, too. Nobody is left where the others make it up.

    Args:
        told: people of each cell, shape (c,).
        pattern: how the left-over is divided, shape (c,), as all people are; it may be NaN or 0.
    """
    lacking = np.isnan(told)
    if not lacking.any():
        return told
    weight = np.where(lacking, np.nan_to_num(pattern), 0.0)
    if weight.sum() == 0:
        weight = lacking.astype(np.float64)
    left = max(0.0, total - float(np.nansum(told))) if np.isfinite(total) else np.nan
    found: Floats = np.where(lacking, left * weight / weight.sum(), told)
    return found
