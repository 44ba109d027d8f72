"""How right a method was: the scores of a back-test, and what a perfect forecast would score."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.scorecard import Claim, MethodScore
from cauce.outlook.proving.calibration import crps, log_error
from cauce.outlook.proving.trials import Trials

FEWEST_ORIGINS = 3
"""With fewer, one year decides, and nothing is claimed. Source: domain page outlook, 4.11."""
TIE = 1e-9
EXPECTED_ABSOLUTE = float(np.sqrt(2 / np.pi))
"""Mean of the absolute value of a standard normal number."""


@dataclass(frozen=True)
class Scored:
    """The scores of each origin at one horizon, by method, shape (o,); NaN where it has none."""

    wape: dict[str, Floats]
    dissimilarity: dict[str, Floats]


def scored(one: Trials, at: int) -> Scored:
    """WAPE and dissimilarity by origin, on the cells that every method with an answer has.

    A method that declined an origin has no score there; a cell that one of the others could not
    forecast counts for none of them.
    """
    common = _common(one, at)
    observed = np.where(common, one.observed[:, at], 0.0)
    wape, dissimilarity = {}, {}
    for name, value in one.value.items():
        declined = ~np.isfinite(value[:, at]).any(axis=1) | ~common.any(axis=1)
        said = np.where(common & np.isfinite(value[:, at]), value[:, at], 0.0)
        apart = np.abs(said - observed).sum(axis=1)
        wape[name] = np.where(declined, np.nan, _over(apart, observed.sum(axis=1)))
        shares = np.abs(_shares(said) - _shares(observed)).sum(axis=1) / 2
        dissimilarity[name] = np.where(declined, np.nan, shares)
    return Scored(wape, dissimilarity)


def _common(one: Trials, at: int) -> Flags:
    common: Flags = np.isfinite(one.observed[:, at]) & np.isfinite(one.start)
    for value in one.value.values():
        there = np.isfinite(value[:, at])
        common &= there | ~there.any(axis=1, keepdims=True)
    return common


def _over(above: Floats, below: Floats) -> Floats:
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def _shares(numbers: Floats) -> Floats:
    return _over(numbers, numbers.sum(axis=1, keepdims=True))


def method_score(one: Trials, by_origin: Scored, name: str, at: int) -> MethodScore:
    """All scores of one method at one horizon, the mean over its origins."""
    common = _common(one, at) & np.isfinite(one.value[name][:, at])
    start, came = one.start, one.observed[:, at]
    value = one.value[name][:, at]
    error = log_error(one, name)[:, at]
    told = common & np.isfinite(error)
    positive = common & (came > 0)
    return MethodScore(
        method=name,
        origins=int(np.isfinite(by_origin.wape[name]).sum()),
        wape=_mean(by_origin.wape[name]),
        dissimilarity=_mean(by_origin.dissimilarity[name]),
        mdape=_median(np.abs(value[positive] / came[positive] - 1)),
        direction=_mean(_sign(value - start)[common] == _sign(came - start)[common]),
        faster=_faster(value, came, start, common),
        crps=_mean(crps(error, one.variance[name][:, at])[told]),
    )


def _mean(numbers: "Floats | Flags") -> float:
    told = numbers[np.isfinite(numbers)]
    return float(told.mean()) if len(told) else float("nan")


def _median(numbers: Floats) -> float:
    return float(np.median(numbers)) if len(numbers) else float("nan")


def _sign(change: Floats) -> Floats:
    sign: Floats = np.sign(np.where(np.abs(change) > TIE, change, 0.0))
    return sign


def _faster(value: Floats, came: Floats, start: Floats, common: Flags) -> float:
    """How often it was right about who grows faster than all; who says they all do, says nothing.

    Source: domain page outlook, section 2.1, BLS's "relative growth".
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        said, was = (
            _sign(np.log(end / start) - np.log(_sum(end, common) / _sum(start, common)))
            for end in (value, came)
        )
    there = common & np.isfinite(said) & np.isfinite(was) & (said != 0)
    return _mean(said[there] == was[there])


def _sum(numbers: Floats, common: Flags) -> Floats:
    total: Floats = np.where(common, numbers, 0.0).sum(axis=1, keepdims=True)
    return total


def everything_grows(one: Trials, at: int) -> float:
    """How often the direction is right for who says of every cell that it grows."""
    common = _common(one, at)
    return _mean((one.observed[:, at] > one.start)[common])


def floors(one: Trials, at: int) -> tuple[float, float]:
    """WAPE and dissimilarity of a forecast that knows the truth: errors of the observed alone."""
    common = _common(one, at)
    observed = np.where(common, one.observed[:, at], 0.0)
    alone = EXPECTED_ABSOLUTE * np.sqrt(one.noise[:, at]) * observed
    wape = _over(alone.sum(axis=1), observed.sum(axis=1))
    return _mean(wape), _mean(wape / 2)


def claim(by_origin: Scored, first: str, second: str, horizon: float) -> Claim:
    """By how much the first method's WAPE is below the second's, with an error over origins.

    Errors of neighbouring origins overlap at longer horizons: their covariances count, with
    Bartlett's weights, up to the horizon less one.

    Source: Diebold & Mariano (1995), Comparing predictive accuracy, JBES 13(3); Newey & West
    (1987), Econometrica 55(3).
    """
    gain = by_origin.wape[second] - by_origin.wape[first]
    gain = gain[np.isfinite(gain)]
    if len(gain) < FEWEST_ORIGINS:
        return Claim(first, second, len(gain), float("nan"), float("nan"))
    off = gain - gain.mean()
    variance = float(off @ off)
    lags = min(round(horizon), len(off)) - 1
    for lag in range(1, lags + 1):
        variance += 2 * (1 - lag / (lags + 1)) * float(off[lag:] @ off[:-lag])
    error = np.sqrt(max(variance, 0.0) / (len(off) * (len(off) - 1)))
    return Claim(first, second, len(gain), float(gain.mean()), float(error))
