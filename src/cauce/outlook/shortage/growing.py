"""Growth between two waves, however far apart."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput


def growth(
    before: Floats, before_se: Floats, after: Floats, after_se: Floats, years: float
) -> tuple[Floats, Floats]:
    """Logarithmic growth a year and its standard error, each of shape (o,).

    The two waves count as independent: where they share PSUs the error comes out too large.

    Raises:
        BadInput: the later wave is not later.

    Source: delta method; domain page outlook, section 4.7.
    """
    if not years > 0:
        raise BadInput(f"The later wave is {years:g} years after the earlier one.")
    there = (before > 0) & (after > 0)
    old, new = np.where(there, before, 1.0), np.where(there, after, 1.0)
    rate = np.log(new / old) / years
    error = np.hypot(before_se / old, after_se / new) / years
    return np.where(there, rate, np.nan), np.where(there, error, np.nan)
