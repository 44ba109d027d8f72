"""Draws of shares and of the numbers behind them, from the state of each cell and its wandering."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.outlook.chance import stream
from cauce.outlook.shares.forecast import Path, ShareForecast
from cauce.outlook.shares.level import Fit


@dataclass(frozen=True)
class ShareDraws:
    """Draws of shares and of numbers, shape (d, h, c), and of the total, shape (d, h)."""

    share: Floats
    value: Floats
    total: Floats


def draw_shares(
    found: ShareForecast,
    names: tuple[str, ...],
    seed: int,
    draws: int,
    stretch: float | Floats = 1.0,
    where: str = "",
) -> ShareDraws:
    """Shares, closed in every draw, times a drawn total.

    Args:
        names: one a cell, by which its chance is found: no order of cells and no number of draws
            changes the chance of another, and two scenarios of one seed share theirs.
        stretch: by how much errors are wider than the model says, what past errors taught: one
            factor on standard deviations, or one a horizon, shape (h, 1).
        where: whose chance it is, as a country's code: its totals are then drawn alike for
            occupations and sectors, so that margins agree, and apart from other countries'.
    """
    own = tuple(f"{where} {name}" for name in names)
    log = path_draws(found.cells, own, f"{where} cells", seed, draws, stretch)
    log = np.where(found.gone, np.nan, np.where(found.never, -np.inf, log))
    share = np.exp(log)
    if found.closed:
        share *= found.target / share[:, :, found.whole].sum(axis=2, keepdims=True)
    whole = f"{where} total"
    total = np.exp(path_draws(found.total, (whole,), whole, seed, draws, stretch)[:, :, 0])
    return ShareDraws(share, share * total[:, :, None], total)


def path_draws(
    path: Path,
    names: tuple[str, ...],
    whose: str,
    seed: int,
    draws: int,
    stretch: float | Floats = 1.0,
) -> Floats:
    """Logarithms, shape (d, h, c): how cells move, where each is, and how it wanders year by year.

    How cells move is drawn once for all of them; a stretch widens what lies around the middle.
    """
    chance = np.stack([_normals(seed, name, draws, len(path.horizons)) for name in names], axis=2)
    ends = path.motion.weight.cumsum()
    pick = np.searchsorted(ends / ends[-1], stream(seed, f"shares {whose} motion").random(draws))
    years = np.sqrt(np.diff(path.horizons, prepend=0.0))[:, None]
    log = np.empty((draws, len(path.horizons), len(names)))
    for place in np.unique(pick):
        own = pick == place
        level, slope = _state(path.fits[place], chance[own, 0], chance[own, 1])
        wandered = (path.motion.q[place] ** 0.5 * years * chance[own, 2:]).cumsum(axis=1)
        log[own] = level[:, None] + slope[:, None] * path.reach[:, None] + wandered
    drawn: Floats = path.mean + stretch * (log - path.mean)
    return drawn


def _state(found: Fit, first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Level and slope of every cell, shape (d, c), from two normal numbers of each."""
    spread = np.sqrt(found.level_variance)
    leaning = found.covariance / spread
    rest = np.sqrt(np.maximum(found.slope_variance - leaning**2, 0.0))
    return found.level + spread * first, found.slope + leaning * first + rest * second


def _normals(seed: int, name: str, draws: int, horizons: int) -> Floats:
    """Standard normal numbers of one cell, shape (d, 2 + h): level, slope, a step a horizon."""
    purposes = ("level", "slope", *(f"step {one}" for one in range(horizons)))
    drawn = [stream(seed, f"shares {name} {purpose}") for purpose in purposes]
    return np.stack([one.standard_normal(draws) for one in drawn], axis=1)
