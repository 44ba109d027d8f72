"""Where each series stands and where it is going: the local level with a shrunk slope.

The state-space form is y = μ + δ + ε, μ(t) = μ(t−1) + bΔ + η with ε ~ N(0, v) known,
η ~ N(0, qΔ), b ~ N(0, τ²), a level and offsets δ of which nothing is known before. Its Kalman
filter is written here as the generalised least squares it equals, for a dozen waves at a time: an
unknown start needs no large number, a wave that is missing no special step, and all cells are
solved at once.
"""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.outlook.shares.series import Series

ESTIMABLE = 1e-6
"""How far from 1 the share of a coefficient that the data determine may be, by rounding alone."""


@dataclass(frozen=True)
class Fit:
    """The state of c cells at the last wave, each shape (c,), and its covariance.

    NaN where the waves do not tell: a cell never seen, or not since the classification changed.
    """

    level: Floats
    slope: Floats
    level_variance: Floats
    slope_variance: Floats
    covariance: Floats


def fit(found: Series, q: float, tau2: float) -> Fit:
    """Level at the last wave and slope a year of each series, given how series move.

    Args:
        q: variance a year with which a level wanders.
        tau2: variance of slopes around 0; inf asks for the slope that least squares gives, 0 for
            none.

    Source: domain page outlook, section 4.4; the mixed-model equations of Henderson (1975),
    Biometrics 31:423, give estimates of what is fixed and predictions of what is drawn in one.
    """
    columns = np.column_stack([np.ones(len(found.years)), found.changes, found.years])
    if tau2 == 0:
        columns = columns[:, :-1]
    design = columns[None] * found.seen[:, :, None]
    weighed = np.swapaxes(design, 1, 2) @ np.linalg.inv(_noise(found, q))
    information = weighed @ design
    if 0 < tau2 < np.inf:
        information[:, -1, -1] += 1 / tau2
    inverse = np.linalg.pinv(information, rcond=1e-12, hermitian=True)
    told = np.diagonal(inverse @ information, axis1=1, axis2=2) > 1 - ESTIMABLE
    state = (inverse @ weighed @ found.log[:, :, None])[:, :, 0]
    return _read(state, inverse, told, sloped=tau2 > 0)


def _noise(found: Series, q: float) -> Floats:
    """Covariance of each series around its level at the last wave, shape (c, w, w)."""
    ago = -found.years
    wandered = q * np.minimum(ago[:, None], ago[None, :])
    both = found.seen[:, :, None] & found.seen[:, None, :]
    covariance: Floats = np.where(both, wandered[None], 0.0)
    at = np.arange(len(ago))
    covariance[:, at, at] += np.where(found.seen, found.noise, 1.0)
    return covariance


def _read(state: Floats, inverse: Floats, told: Flags, sloped: bool) -> Fit:
    level_known = told[:, 0]
    nothing = np.zeros(len(state))
    slope, variance, between = (
        (state[:, -1], inverse[:, -1, -1], inverse[:, 0, -1])
        if sloped
        else (nothing, nothing, nothing)
    )
    slope_known = told[:, -1] if sloped else np.ones(len(state), dtype=bool)
    return Fit(
        level=np.where(level_known, state[:, 0], np.nan),
        slope=np.where(slope_known, slope, np.nan),
        level_variance=np.where(level_known, inverse[:, 0, 0], np.nan),
        slope_variance=np.where(slope_known, variance, np.nan),
        covariance=np.where(level_known & slope_known, between, np.nan),
    )
