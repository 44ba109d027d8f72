"""The rules that cost nothing, which a model has to beat before it is published.

Each takes a history and horizons and gives a forecast. Waves coded by another classification than
the last are not looked at: nobody would compare across the break. A cell that the last three waves
lack gets none. The variance is that of a walk at random whose steps are as large as the changes
seen, noise and all: the error of a rule has no other theory.

Source: domain page outlook, sections 2.1 and 4.11 (N0 to N3).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.outlook.shares.forecast import check_horizons, reach
from cauce.outlook.shares.series import NO_REFERENCE, OUTPUT, check_history, too_few
from cauce.outlook.shares.settings import SETTINGS

Rule = Callable[[Floats, Floats, Floats], Floats]
"""Years before the last wave (w,), values (w, c) and horizons (h,) to values (h, c)."""

RECENT = SETTINGS.recent
OLS_YEARS = 10


def _method(rule: Rule, waves: int, *, of_shares: bool = False) -> Method:
    """The rule as a method: on the waves of the last classification, if there are enough."""

    def method(history: History, horizons: Floats) -> Forecast | NotProducible:
        check_history(history)
        check_horizons(horizons)
        same = np.array([one == history.standards[-1] for one in history.standards], dtype=bool)
        same &= np.isfinite(history.value).any(axis=1)
        years = history.years[same] - history.years[-1]
        if len(years) < waves:
            return too_few(history.years[same], waves)
        value = history.value[same]
        if of_shares and not np.isfinite(value).all(axis=0).any():
            return NotProducible(OUTPUT, NO_REFERENCE)
        known = np.isfinite(value[-RECENT:]).any(axis=0)
        said = np.where(known, rule(years, value, horizons), np.nan)
        variance = np.where(said > 0, horizons[:, None] * _step(years, value), 0 * said)
        return Forecast(horizons, np.maximum(said, 0.0), variance)

    return method


def _log(value: Floats) -> Floats:
    """Logarithms; NaN where there is no number or nobody."""
    return np.log(np.where(value > 0, value, np.nan))


def _step(years: Floats, value: Floats) -> Floats:
    """Mean squared change of the logarithm a year between neighbouring waves, shape (c,)."""
    squared = np.diff(_log(value), axis=0) ** 2 / np.diff(years)[:, None]
    there = np.isfinite(squared)
    count = there.sum(axis=0)
    mean = np.where(there, squared, 0.0).sum(axis=0) / np.maximum(count, 1)
    return np.where(count > 0, mean, np.nan)


def _end(value: Floats, *, last: bool) -> tuple[Floats, Ints]:
    """The last, or first, number of each cell and its wave, both of shape (c,)."""
    there = np.isfinite(value)
    wave = len(value) - 1 - there[::-1].argmax(axis=0) if last else there.argmax(axis=0)
    return value[wave, np.arange(value.shape[1])], wave


def _line(years: Floats, value: Floats) -> tuple[Floats, Floats, Floats]:
    """Ordinary least squares of each cell: height in year 0, slope, its variance, (c,)."""
    there = np.isfinite(value)
    count = there.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.where(there, years[:, None], 0.0).sum(axis=0) / count
        mean = np.where(there, value, 0.0).sum(axis=0) / count
        x = np.where(there, years[:, None] - middle, 0.0)
        spread = (x**2).sum(axis=0)
        slope = (x * np.where(there, value, 0.0)).sum(axis=0) / spread
        left = np.where(there, value - mean - slope * x, 0.0)
        variance = (left**2).sum(axis=0) / (count - 2) / spread
    return mean - slope * middle, slope, variance


def _drift(years: Floats, value: Floats) -> Floats:
    """Mean change of the logarithm a year between the first and the last number, (c,)."""
    log = _log(value)
    last, to = _end(log, last=True)
    first, at = _end(log, last=False)
    gap = years[to] - years[at]
    return np.where(gap > 0, (last - first) / np.where(gap > 0, gap, 1.0), 0.0)


def _no_change(_: Floats, value: Floats, horizons: Floats) -> Floats:
    return np.repeat(_end(value, last=True)[0][None], len(horizons), axis=0)


def _along_drift(years: Floats, value: Floats, horizons: Floats, damping: float = 1.0) -> Floats:
    """The last number of each cell, moved on along its drift; where nobody is, nobody will be."""
    last, to = _end(value, last=True)
    rate = np.where(last > 0, _drift(years, value), 0.0)
    return last * np.exp(reach(horizons[:, None] - years[to], damping) * rate)


def _damped(years: Floats, value: Floats, horizons: Floats) -> Floats:
    return _along_drift(years, value, horizons, SETTINGS.damping)


def _levels(years: Floats, value: Floats, horizons: Floats) -> Floats:
    late = years > years[-1] - OLS_YEARS
    height, slope, _ = _line(years[late], value[late])
    return height + slope * horizons[:, None]


def _log_trend(years: Floats, value: Floats, horizons: Floats) -> Floats:
    height, slope, _ = _line(years, _log(value))
    nobody = _end(value, last=True)[0] == 0
    return np.where(nobody, 0.0, np.exp(height + slope * horizons[:, None]))


def _shares(value: Floats) -> tuple[Floats, Floats]:
    """Shares (w, c) of the sum of the cells that every wave has, and that sum (w, 1)."""
    whole = np.isfinite(value).all(axis=0)
    total = value[:, whole].sum(axis=1, keepdims=True)
    return value / total, total


def _mean_share(share: Floats) -> Floats:
    late = share[-RECENT:]
    there = np.isfinite(late)
    mean: Floats = np.where(there, late, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return mean


def _mean_share_rule(years: Floats, value: Floats, horizons: Floats) -> Floats:
    share, total = _shares(value)
    return _along_drift(years, total, horizons) * _mean_share(share)


def _constant_share(years: Floats, value: Floats, horizons: Floats) -> Floats:
    share, total = _shares(value)
    return _along_drift(years, total, horizons) * _end(share, last=True)[0]


def _shrunk_slope(years: Floats, value: Floats, horizons: Floats) -> Floats:
    """Slopes of log shares shrunk by empirical Bayes and damped, on the mean share of three."""
    share, total = _shares(value)
    _, slope, variance = _line(years, _log(share))
    told = np.isfinite(slope) & np.isfinite(variance)
    slope, variance = np.where(told, slope, 0.0), np.where(told, variance, 0.0)
    spread = max(float((slope**2 - variance)[told].mean()), 0.0) if told.any() else 0.0
    kept = spread / np.maximum(spread + variance, np.finfo(float).tiny)
    far = reach(horizons, SETTINGS.damping)[:, None]
    grown = _mean_share(share) * np.exp(kept * slope * far)
    whole = np.isfinite(value).all(axis=0)
    closed = grown / grown[:, whole].sum(axis=1, keepdims=True)
    forecast: Floats = _along_drift(years, total, horizons) * closed
    return forecast


no_change = _method(_no_change, 1)
mean_share = _method(_mean_share_rule, 2, of_shares=True)
constant_share = _method(_constant_share, 2, of_shares=True)
drift = _method(_along_drift, 2)
damped_drift = _method(_damped, 2)
level_trend = _method(_levels, 3)
log_trend = _method(_log_trend, 3)
shrunk_slope = _method(_shrunk_slope, 3, of_shares=True)

NAIVE: Mapping[str, Method] = MappingProxyType(
    {
        "no_change": no_change,
        "mean_share": mean_share,
        "constant_share": constant_share,
        "drift": drift,
        "damped_drift": damped_drift,
        "level_trend": level_trend,
        "log_trend": log_trend,
        "shrunk_slope": shrunk_slope,
    }
)
"""Every rule by the name that a page and a scorecard use."""
