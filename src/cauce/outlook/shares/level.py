"""Where each series stands and where it is going: the local level with a shrunk slope.

The state-space form is y = μ + δ + ε, μ(t) = μ(t−1) + bΔ + η with ε ~ N(0, v) known,
η ~ N(0, qΔ), b ~ N(0, τ²), a level and offsets δ of which nothing is known before. Its Kalman
filter is written here as the generalised least squares it equals, for a dozen waves at a time: an
unknown start needs no large number, a wave that is missing no special step, and all cells are
solved at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.outlook.shares.series import Series

ESTIMABLE, REGULAR = 1e-6, 1e-12
"""How far from 1 the share of a coefficient that the data determine may be, by rounding alone; and
what, relative to the largest, an eigenvalue is above if the data say anything in its direction."""


@dataclass(frozen=True)
class Fit:
    """The state of c cells at the last wave, each shape (c,), and its covariance.

    NaN where the waves do not tell: a cell never seen, or not since the classification changed.
    `likelihood` is the logarithm of how likely what was seen is under q and τ², but for a constant
    that is the same for all of them.
    """

    level: Floats
    slope: Floats
    level_variance: Floats
    slope_variance: Floats
    covariance: Floats
    likelihood: Floats


@dataclass(frozen=True)
class Weighed:
    """What the waves say of level, offsets and slope (k of them) once they are weighed by a q.

    `information`, (c, k, k), times the state is `right`, (c, k); `square` and `size`, (c,), are
    the weighed sum of squares and the logarithm of the determinant of the noise.
    """

    information: Floats
    right: Floats
    square: Floats
    size: Floats


def weigh(found: Series, q: float) -> Weighed:
    """The equations of each series' state, given the variance a year with which levels wander."""
    columns = np.column_stack([np.ones(len(found.years)), found.changes, found.years])
    design = columns[None] * found.seen[:, :, None]
    noise = _noise(found, q)
    weighed = np.swapaxes(design, 1, 2) @ np.linalg.inv(noise)
    log = found.log[:, :, None]
    square = (log * np.linalg.solve(noise, log)).sum(axis=(1, 2))
    return Weighed(
        weighed @ design, (weighed @ log)[:, :, 0], square, np.linalg.slogdet(noise).logabsdet
    )


def solve(found: Weighed, tau2: float) -> Fit:
    """Level at the last wave and slope a year of each series, given the variance of slopes.

    Args:
        tau2: variance of slopes around 0; inf asks for the slope that least squares gives, 0 for
            none.

    Source: domain page outlook, section 4.4; the mixed-model equations of Henderson (1975),
    Biometrics 31:423, give estimates of what is fixed and predictions of what is drawn in one;
    restricted likelihood: Patterson and Thompson (1971), Biometrika 58:545.
    """
    information, right = found.information.copy(), found.right
    if tau2 == 0:
        information, right = information[:, :-1, :-1], right[:, :-1]
    elif tau2 < np.inf:
        information[:, -1, -1] += 1 / tau2
    prior = np.log(tau2) if 0 < tau2 < np.inf else 0.0
    return _solved(information, right, found, prior, sloped=tau2 > 0)


def solve_each(found: Weighed, tau2: Sequence[float]) -> list[Fit]:
    """As `solve` for several variances of slopes, none of them 0 or infinite, but at one go."""
    times, cells = len(tau2), len(found.right)
    information = np.tile(found.information, (times, 1, 1))
    information[:, -1, -1] += np.repeat([1 / one for one in tau2], cells)
    each = Weighed(
        information,
        np.tile(found.right, (times, 1)),
        np.tile(found.square, times),
        np.tile(found.size, times),
    )
    prior = np.repeat([float(np.log(one)) for one in tau2], cells)
    every = _solved(information, each.right, each, prior, sloped=True)
    parts = [np.split(getattr(every, field.name), times) for field in fields(Fit)]
    return [Fit(*of) for of in zip(*parts, strict=True)]


def _solved(
    information: Floats, right: Floats, found: Weighed, prior: Floats | float, sloped: bool
) -> Fit:
    values, vectors = np.linalg.eigh(information)
    able = values > REGULAR * values[:, -1:]
    turned = vectors * np.sqrt(np.where(able, 1 / np.where(able, values, 1.0), 0.0))[:, None, :]
    inverse = turned @ np.swapaxes(turned, 1, 2)
    told = (vectors**2 * able[:, None, :]).sum(axis=2) > 1 - ESTIMABLE
    state = (inverse @ right[:, :, None])[:, :, 0]
    size = found.size + np.log(np.where(able, values, 1.0)).sum(axis=1) + prior
    likely = -0.5 * (size + found.square - (state * right).sum(axis=1))
    return _read(state, inverse, told, likely, sloped)


def fit(found: Series, q: float, tau2: float) -> Fit:
    """The state of each series under one q and τ²."""
    return solve(weigh(found, q), tau2)


def _noise(found: Series, q: float) -> Floats:
    """Covariance of each series around its level at the last wave, shape (c, w, w)."""
    ago = -found.years
    wandered = q * np.minimum(ago[:, None], ago[None, :])
    both = found.seen[:, :, None] & found.seen[:, None, :]
    covariance: Floats = np.where(both, wandered[None], 0.0)
    at = np.arange(len(ago))
    covariance[:, at, at] += np.where(found.seen, found.noise, 1.0)
    return covariance


def _read(state: Floats, inverse: Floats, told: Flags, likely: Floats, sloped: bool) -> Fit:
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
        likelihood=likely,
    )
