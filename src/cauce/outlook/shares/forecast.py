"""The forecast of shares and of the numbers behind them, with what was learnt on the way."""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.forecast import Forecast
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.outlook.shares.learn import Motion, learn
from cauce.outlook.shares.level import Fit, fit
from cauce.outlook.shares.series import NO_PAIR, OUTPUT, Series, series
from cauce.outlook.shares.settings import SETTINGS, Settings


@dataclass(frozen=True)
class Path:
    """Where c series are, how they move and where they go; what draws are made of.

    `mean` and `variance` are of the logarithm, shape (h, c), before shares are closed to their sum.
    `reach` is how many years of slope a horizon holds, Σ φʲ⁻¹, shape (h,). `fits` are the states
    under each of the m pairs of the motion, and `now` their mean: level, slope and variances.
    `alone` is each slope as its own waves have it, before it was shrunk towards 0.
    """

    horizons: Floats
    reach: Floats
    mean: Floats
    variance: Floats
    motion: Motion
    fits: tuple[Fit, ...]
    now: Fit
    alone: Fit


@dataclass(frozen=True)
class ShareForecast:
    """A forecast of the shares of c cells at h horizons and all that explains it.

    `log_share` and `variance` have shape (h, c). If `closed`, the shares of `whole` add up to
    `target`: 1, or what they held in the last wave where some cells cannot be forecast. A share is
    NaN in a cell of `gone`, which none of the last waves has, and minus infinity in one of `never`,
    which was counted and never had anybody. `total` is the path of what they are shares of.
    """

    horizons: Floats
    log_share: Floats
    variance: Floats
    target: float
    closed: bool
    whole: Flags
    never: Flags
    gone: Flags
    cells: Path
    total: Path

    def forecast(self) -> Forecast:
        """The numbers behind the shares, in the unit of the history."""
        value = np.exp(self.log_share + self.total.mean)
        variance = np.where(self.never, 0.0, self.variance + self.total.variance)
        return Forecast(self.horizons, value, variance)


def forecast_shares(
    history: History,
    horizons: Floats,
    settings: Settings = SETTINGS,
    totals: History | None = None,
    towards: Floats | None = None,
) -> ShareForecast | NotProducible:
    """Shares and numbers at horizons, in years after the last wave, or what they would need.

    Log shares follow a local level with a slope that is shrunk to 0 as far as the cells' slopes do
    not differ by more than noise, and fades by φ a year. The level is taken along the shrunk slope:
    a level that knows of none lags behind whatever drifts. A change of classification moves each
    cell by an amount of which nothing is known before.

    Args:
        history: of c cells in w waves of any spacing; a withheld number is NaN and is not filled.
        horizons: ascending, above 0, shape (h,).
        totals: the published total of the same waves, one cell; without it the sum of the cells
            that every wave has.
        towards: slopes a year of the logarithms in other countries, shape (c,), 0 where none is
            known (`slopes`); None where there are no others to learn from.

    Raises:
        BadInput: horizons or a history that are none.

    Source: domain page outlook, section 4.4; Harvey (1989), Forecasting, Structural Time Series
    Models and the Kalman Filter, section 2.3; Gardner and McKenzie (1985), Management Science
    31:1237, damped trends.
    """
    check_horizons(horizons)
    found = series(history, totals, settings)
    if isinstance(found, NotProducible):
        return found
    cells = path(found, horizons, settings.damping, towards)
    total = path(of_scale(found), horizons, settings.damping)
    if cells is None or total is None:
        return NotProducible(OUTPUT, NO_PAIR)
    return _close(found, horizons, cells, total, closed=history.complete)


def filtered(history: History, horizons: Floats) -> Forecast | NotProducible:
    """The filter as a method among others, with the settings of the house."""
    found = forecast_shares(history, horizons)
    return found if isinstance(found, NotProducible) else found.forecast()


def check_horizons(horizons: Floats) -> None:
    """Refuse horizons that do not ascend from above 0.

    Raises:
        BadInput: as said.
    """
    if not len(horizons) or horizons[0] <= 0 or (np.diff(horizons) <= 0).any():
        raise BadInput("Horizons are years after the last wave: above 0 and ascending.")


def reach(horizons: Floats, damping: float) -> Floats:
    """How many years of slope lie in each horizon: Σ φʲ⁻¹ over j = 1..h, of any h, shape (h,)."""
    if damping == 1:
        return horizons
    years: Floats = (1 - damping**horizons) / (1 - damping)
    return years


def path(
    found: Series, horizons: Floats, damping: float, towards: Floats | None = None
) -> Path | None:
    """Mean and variance of the logarithms at each horizon; None if nothing can be learnt."""
    learnt = learn(found, towards)
    if learnt is None:
        return None
    motion, fits = learnt
    far = reach(horizons, damping)[:, None]
    means = np.array([one.level + one.slope * far for one in fits])
    variances = np.array(
        [
            one.level_variance
            + 2 * far * one.covariance
            + far**2 * one.slope_variance
            + horizons[:, None] * q
            for one, q in zip(fits, motion.q, strict=True)
        ]
    )
    mean, variance = _mixed(motion.weight, means, variances)
    return Path(
        horizons, far[:, 0], mean, variance, motion, tuple(fits), _mean_state(motion, fits),
        alone=fit(found, float(motion.weight @ motion.q), np.inf),
    )  # fmt: skip


def _mixed(weight: Floats, means: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of a mixture; the first axis is that of its parts."""
    mean = np.tensordot(weight, means, 1)
    return mean, np.tensordot(weight, variances + (means - mean) ** 2, 1)


def _mean_state(motion: Motion, fits: list[Fit]) -> Fit:
    """The state of the mixture: means, variances and covariance of level and slope."""

    def all_of(name: str) -> Floats:
        return np.array([getattr(one, name) for one in fits])

    levels, slopes = all_of("level"), all_of("slope")
    level, level_variance = _mixed(motion.weight, levels, all_of("level_variance"))
    slope, slope_variance = _mixed(motion.weight, slopes, all_of("slope_variance"))
    together = all_of("covariance") + (levels - level) * (slopes - slope)
    likely = np.tensordot(motion.weight, all_of("likelihood"), 1)
    covariance = np.tensordot(motion.weight, together, 1)
    return Fit(level, slope, level_variance, slope_variance, covariance, likely)


def of_scale(found: Series) -> Series:
    """The scale itself as one series: no classification of cells ever breaks it."""
    there = np.isfinite(found.scale)
    one = np.ones(1, dtype=bool)
    return replace(
        found,
        log=np.log(np.where(there, found.scale, 1.0))[None],
        noise=np.where(there, found.scale_noise, 1.0)[None],
        seen=there[None],
        changes=np.empty((len(there), 0)),
        whole=one,
        never=~one,
        gone=~one,
    )


def _close(
    found: Series, horizons: Floats, cells: Path, total: Path, *, closed: bool
) -> ShareForecast:
    gone = found.gone | ~np.isfinite(cells.now.level)
    log_share = np.where(gone, np.nan, np.where(found.never, -np.inf, cells.mean))
    variance = np.where(gone, np.nan, np.where(found.never, 0.0, cells.variance))
    held = found.whole & ~gone & ~found.never
    now = float(np.exp(cells.now.level[held]).sum())
    target = 1.0 if not (found.whole & gone).any() else min(now, 1.0)
    if closed:
        with np.errstate(invalid="ignore"):
            log_share = log_share + np.log(target / np.exp(log_share[:, held]).sum(axis=1))[:, None]
    return ShareForecast(
        horizons, log_share, variance, target, closed, held, found.never & ~gone, gone, cells, total
    )
