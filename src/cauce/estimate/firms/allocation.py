"""How many firms to draw in each stratum."""

from dataclasses import dataclass

import numpy as np

from cauce.estimate.firms.strata import Strata
from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput

HALVINGS = 200


@dataclass(frozen=True)
class Allocation:
    """Firms to draw in each stratum, shape (s,), and the fewest that could have been."""

    drawn: Ints
    fewest: int


def allocate(
    strata: Strata, firms: int, minimum: int = 2, power: float | None = None
) -> Allocation:
    """Share `firms` among strata: all of the take-all ones, the others by size.

    Args:
        minimum: firms of every stratum, all of those that have no more.
        power: None for Neyman's allocation, N_h S_h, with S_h the root of the mean squared staff:
            what varies between firms is taken to grow with their staff, as calibration to staff
            supposes. A number between 0 and 1 for the power allocation, (staff of the stratum) to
            that power: small regions and activities get figures of their own.

    Raises:
        BadInput: fewer firms than the take-all strata and the minimum need; `minimum` below 1; a
            power outside 0 and 1.

    Source: Särndal, Swensson & Wretman (1992), section 3.7.3 (Neyman); Bankier (1988), Power
        allocations, The American Statistician 42.
    """
    if minimum < 1:
        raise BadInput("The minimum of a stratum is below 1: every stratum needs a firm.")
    if power is not None and not 0 <= power <= 1:
        raise BadInput(f"The power of the allocation is {power:g}; it lies between 0 and 1.")
    low = np.where(strata.take_all, strata.population, np.minimum(strata.population, minimum))
    fewest, every = int(low.sum()), int(strata.population.sum())
    if firms < fewest:
        raise BadInput(
            f"{firms:,} firms are too few: the take-all strata have "
            f"{int(strata.population[strata.take_all].sum()):,}, and {minimum} of each other "
            f"stratum make {fewest:,} in all. Draw more, raise the size from which all are taken, "
            "or put regions or activities together."
        )
    size = np.sqrt(strata.population * strata.squares) if power is None else strata.staff**power
    return Allocation(_bounded(size, low, strata.population, min(firms, every)), fewest)


def _bounded(size: Floats, low: Ints, high: Ints, firms: int) -> Ints:
    """Whole numbers in proportion to `size` within bounds, adding up to `firms`."""
    grown = np.maximum(size, np.finfo(np.float64).tiny)
    below, above = 0.0, float((high / grown).max())
    for _ in range(HALVINGS):
        factor = (below + above) / 2
        if np.clip(factor * grown, low, high).sum() < firms:
            below = factor
        else:
            above = factor
    exact = np.clip(above * grown, low, high)
    # What a bisection leaves of a whole number must not cost a firm.
    whole = np.floor(exact + 1e-9).astype(np.int64)
    rest = np.where(whole < high, exact - whole, -1.0)
    whole[np.argsort(-rest, kind="stable")[: firms - int(whole.sum())]] += 1
    return whole
