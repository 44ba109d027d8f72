"""Who works or looks for work: participation by age and sex, unemployment, and the two together.

Participation is followed on the scale of its logit, which no forecast can leave. The state space
is that of shares (domain page outlook, section 4.4) with another scale: a level that wanders by q a
year and a slope, solved as the generalised least squares that its Kalman filter equals.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.chance import stream
from cauce.outlook.people.ages import refuse_no_chance

DAMPING = 0.85
RHO = 0.7
LEAST_WAVES = 3
ROUNDS = 12
"""In which q and τ² settle to each other."""
EDGE = 1e-4
"""Rates are taken to be this far from 0 and 1: where all or none of a sample work, others may."""

FULL_EMPLOYMENT = Text(
    "Unemployment returns to its mean of the waves used; each year, 70 % of the distance remains. "
    "No recession or boom is foreseen.",
    "El desempleo vuelve a la media de las rondas usadas; cada año queda el 70 % de la distancia. "
    "No se prevé recesión ni auge.",
)
DAMPED = Text(
    "Participation of each age and sex goes on as it went, with 85 % of its slope left each year; "
    "level and slope are drawn toward what ages and sexes have in common as far as their own "
    "figures are unsure.",
    "La participación de cada edad y sexo sigue como iba, con el 85 % de su pendiente cada año; el "
    "nivel y la pendiente se acercan a lo que las edades y sexos tienen en común en la medida en "
    "que sus propias cifras son inseguras.",
)


@dataclass(frozen=True)
class Rates:
    """Published rates by wave and cell of sex and age with their standard errors, shape (w, c).

    A rate that is withheld or was not asked is NaN. `years` ascend, with gaps of any length.
    """

    years: Floats
    rate: Floats
    se: Floats


@dataclass(frozen=True)
class Trend:
    """Logit of each cell at the last wave and its slope a year, shape (c,), with their variances.

    `q` is how much the logit wanders a year, `tau2` how much slopes differ between cells. A cell
    that no wave tells is NaN, unless a regional profile tells it.
    """

    level: Floats
    level_variance: Floats
    slope: Floats
    slope_variance: Floats
    q: float
    tau2: float


def trend(rates: Rates, profile: Floats | None = None) -> Trend:
    """Where participation stands and goes, drawn toward the region's profile by age and sex.

    Args:
        profile: rates of the region in the same cells, shape (c,). Its own level does not matter:
            only how cells differ is taken from it.

    Raises:
        BadInput: rates outside 0 to 1, errors that are missing, 0 or below, fewer than three waves,
            or a profile of other cells.

    Source: domain page outlook, sections 4.3 and 4.4; empirical Bayes by moments, Efron and Morris
    (1975), JASA 70:311.
    """
    _check(rates)
    y, v = _logits(rates)
    q, tau2 = 0.0, 0.0
    for _ in range(ROUNDS):
        q = _wander(y, v, rates.years, tau2)
        level, level_variance, slope, slope_variance = _fits(y, v, rates.years, q)
        tau2 = _between(slope, slope_variance)
    kept = tau2 / (tau2 + slope_variance) if tau2 else np.zeros(len(slope))
    level, level_variance = _toward(level, level_variance, profile)
    return Trend(level, level_variance, kept * slope, (1 - kept) * tau2, q, tau2)


def participation(
    found: Trend, horizon: int, draws: int, seed: int, damping: float = DAMPING
) -> Floats:
    """Draws of participation, shape (d, h, c), each between 0 and 1; NaN where nothing is known."""
    shape = (draws, len(found.level))
    chance = stream(seed, "participation")
    level = found.level + chance.normal(size=shape) * np.sqrt(found.level_variance)
    slope = found.slope + chance.normal(size=shape) * np.sqrt(found.slope_variance)
    steps = chance.normal(size=(draws, horizon, len(found.level))) * np.sqrt(found.q)
    damped = np.cumsum(damping ** np.arange(horizon))
    path = level[:, None] + slope[:, None] * damped[None, :, None] + np.cumsum(steps, axis=1)
    drawn: Floats = expit(path)
    return drawn


def labour_force(people: Floats, rate: Floats) -> Floats:
    """People in the labour force, of draws of people and of participation, both (d, h, c).

    Raises:
        BadInput: the two are not of the same draws, years and cells.
    """
    if people.shape != rate.shape:
        raise BadInput(
            f"Population {people.shape} and participation {rate.shape} are not of the same draws, "
            "years and cells of sex and age."
        )
    return people * rate


def unemployment(last: Floats, mean: Floats, horizon: int, rho: float = RHO) -> Floats:
    """Rates of unemployment u(T+h) = ū + ρʰ(u(T) − ū), h = 1 to `horizon`, shape (…, h).

    An assumption (`FULL_EMPLOYMENT`), not a forecast. `last` and `mean` may be numbers or draws.

    Raises:
        BadInput: a rate outside 0 to 1, or ρ outside 0 to 1.
    """
    refuse_no_chance("The rate of unemployment", np.append(last, mean))
    refuse_no_chance("What remains of a distance each year (ρ)", np.array([rho]))
    left = rho ** np.arange(1, horizon + 1)
    apart = np.asarray(last) - mean
    path: Floats = np.asarray(mean)[..., None] + apart[..., None] * left
    return path


def employment(force: Floats, unemployed: Floats) -> Floats:
    """People employed, shape (d, h): the labour force of all cells less the unemployed share.

    Args:
        force: the labour force, shape (d, h, c).
        unemployed: rate of unemployment, shape (h,) or (d, h).
    """
    working: Floats = force.sum(axis=2) * (1 - unemployed)
    return working


def _check(rates: Rates) -> None:
    if len(rates.years) < LEAST_WAVES or (np.diff(rates.years) <= 0).any():
        raise BadInput(
            f"Participation needs {LEAST_WAVES} waves whose years ascend; there are "
            f"{len(rates.years)}. Publish more rounds, or hold the last one as an assumption."
        )
    refuse_no_chance("Participation", rates.rate)
    if count := int((np.isfinite(rates.rate) & ~(rates.se > 0)).sum()):
        raise BadInput(f"{count} rates of participation have no standard error above 0.")


def _logits(rates: Rates) -> tuple[Floats, Floats]:
    """Logit of each rate and its sampling variance by the delta method."""
    inner = np.clip(rates.rate, EDGE, 1 - EDGE)
    return logit(inner), (rates.se / (inner * (1 - inner))) ** 2


def _wander(y: Floats, v: Floats, years: Floats, tau2: float) -> float:
    """q by moments, never below 0: (Δy)² is expected to be v + v + qΔ + τ²Δ² between two waves."""
    gap = np.broadcast_to(np.diff(years)[:, None], (len(y) - 1, y.shape[1]))
    noise = v[1:] + v[:-1] + tau2 * gap**2
    moved = np.diff(y, axis=0) ** 2 - noise
    weight = 1 / noise**2
    there = np.isfinite(moved)
    if not there.any():
        return 0.0
    w, m, g = weight[there], moved[there], gap[there]
    return max(0.0, float((w * g * m).sum() / (w * g * g).sum()))


def _fits(y: Floats, v: Floats, years: Floats, q: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Level and slope of every cell with their variances, shape (c,) each; NaN and 0 if unseen."""
    ago, cells = years - years[-1], y.shape[1]
    found = np.tile(np.array([[np.nan], [np.nan], [0.0], [np.inf]]), cells)
    for cell in np.flatnonzero(np.isfinite(y).any(axis=0)):
        seen = np.isfinite(y[:, cell])
        found[:, cell] = _fit(y[seen, cell], v[seen, cell], ago[seen], q)
    return found[0], found[1], found[2], found[3]


def _fit(y: Floats, v: Floats, ago: Floats, q: float) -> tuple[float, float, float, float]:
    """Level at the last wave of all and slope, each with its variance; one wave has no slope."""
    covariance = np.diag(v) + q * np.minimum(-ago[:, None], -ago[None, :])
    columns = np.column_stack([np.ones(len(y)), ago])[:, : min(2, len(y))]
    inverse = np.linalg.inv(covariance)
    spread = np.linalg.inv(columns.T @ inverse @ columns)
    found = spread @ columns.T @ inverse @ y
    if len(found) == 1:
        return float(found[0]), float(spread[0, 0]), 0.0, np.inf
    # The level is that of a constant: a slope of noise would carry it away (section 0, point 3).
    plain = 1 / inverse.sum()
    level = float(plain * inverse.sum(axis=0) @ y)
    return level, float(plain), float(found[1]), float(spread[1, 1])


def _between(slope: Floats, variance: Floats) -> float:
    """τ² by moments, never below 0: b² is expected to be s² + τ²."""
    told = np.isfinite(variance)
    if not told.any():
        return 0.0
    weight = 1 / variance[told] ** 2
    excess = (weight * (slope[told] ** 2 - variance[told])).sum()
    return max(0.0, float(excess / weight.sum()))


def _toward(level: Floats, variance: Floats, profile: Floats | None) -> tuple[Floats, Floats]:
    """Levels drawn toward the profile, moved to the country's own level, with their variances."""
    if profile is None:
        return level, variance
    if profile.shape != level.shape:
        raise BadInput(
            f"The regional profile has {len(profile)} cells of sex and age and the country "
            f"{len(level)}: give the profile of the same cells."
        )
    refuse_no_chance("The regional profile", profile)
    aim = logit(np.clip(profile, EDGE, 1 - EDGE))
    apart = level - aim
    both = np.isfinite(apart)
    if not both.any():
        return level, variance
    weight = 1 / variance[both]
    offset = float((weight * apart[both]).sum() / weight.sum())
    excess = (weight**2 * ((apart[both] - offset) ** 2 - variance[both])).sum()
    tau2 = max(0.0, float(excess / (weight**2).sum()))
    own = np.where(both, tau2 / (tau2 + np.where(both, variance, 1)), 0.0)
    reached = np.where(both, own * np.nan_to_num(level), 0) + (1 - own) * (aim + offset)
    return np.where(np.isfinite(aim), reached, level), np.where(
        np.isfinite(aim), np.where(both, own * variance, tau2), variance
    )
