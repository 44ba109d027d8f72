"""The back-test: what each method would have said at each origin, beside what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History

FEWEST_WAVES = 3
NEAR = 0.5
"""How far, in years, a wave may lie from the horizon it is taken for; it is forecast at its own."""


@dataclass(frozen=True)
class Trials:
    """What o origins said of c cells at h horizons, and what came.

    `origins` are the years of the last waves known, shape (o,), `came` the year of each outcome,
    shape (o, h); `start` is what was known at the origin, shape (o, c). `observed`, and `noise`,
    the sampling variance of its logarithm, have shape (o, h, c), as have `value` and `variance` of
    each method. NaN where nothing was said or nothing came.
    """

    origins: Floats
    horizons: Floats
    came: Floats
    start: Floats
    observed: Floats
    noise: Floats
    value: Mapping[str, Floats]
    variance: Mapping[str, Floats]

    def until(self, year: float) -> "Trials":
        """What could be known of the back-test in a year: the outcomes up to then."""
        known = (self.came <= year)[:, :, None]
        return replace(self, observed=np.where(known, self.observed, np.nan))


def as_known(history: History, fewest: int = FEWEST_WAVES) -> tuple[History, ...]:
    """What was known at each wave from the `fewest`-th on, if no wave was ever revised.

    True vintages are better where they were kept: a revision is news that nobody had.
    """
    return tuple(_first(history, waves) for waves in range(fewest, len(history.years) + 1))


def _first(history: History, waves: int) -> History:
    return replace(
        history,
        years=history.years[:waves],
        value=history.value[:waves],
        se=history.se[:waves],
        n=history.n[:waves],
        standards=history.standards[:waves],
    )


def trials(
    known: Sequence[History],
    outcome: History,
    methods: Mapping[str, Method],
    horizons: Floats,
    leave_out: Sequence[float] = (),
) -> Trials:
    """Every method at every origin, given what was known then and nothing else.

    An outcome is the wave nearest to the horizon, half a year away at most, and coded by the
    classification of the origin; other waves say nothing about a forecast.

    Args:
        known: the history as each origin had it, in the order of years.
        outcome: what is known now.
        horizons: years ahead, ascending, shape (h,).
        leave_out: years that are neither origin nor outcome, as those of a pandemic.

    Raises:
        BadInput: there is nothing to test, or the histories are of other cells.

    Source: domain page outlook, section 4.11; Tashman (2000), Out-of-sample tests of forecasting
    accuracy, International Journal of Forecasting 16(4), rolling origins.
    """
    if not known or not methods:
        raise BadInput(
            f"A back-test needs at least one origin, so {FEWEST_WAVES} waves, and one method."
        )
    if any(one.cells != outcome.cells for one in known):
        raise BadInput("The histories of a back-test are of the same cells in the same order.")
    used = [one for one in known if one.years[-1] not in leave_out]
    waves = [_targets(one, outcome, horizons, leave_out) for one in used]
    shape = len(used), len(horizons), len(outcome.cells)
    came = np.full(shape[:2], np.nan)
    observed, noise = np.full(shape, np.nan), np.full(shape, np.nan)
    said = {name: (np.full(shape, np.nan), np.full(shape, np.nan)) for name in methods}
    for at, (history, targets) in enumerate(zip(used, waves, strict=True)):
        there = targets >= 0
        came[at, there] = outcome.years[targets[there]]
        observed[at, there] = outcome.value[targets[there]]
        noise[at, there] = _relative_variance(outcome)[targets[there]]
        far = _distances(history, outcome, targets, horizons)
        for name, method in methods.items():
            found = method(history, far)
            if isinstance(found, Forecast):
                said[name][0][at], said[name][1][at] = found.value, found.variance
    return Trials(
        origins=np.array([one.years[-1] for one in used]),
        horizons=horizons,
        came=came,
        start=np.array([one.value[-1] for one in used]).reshape(len(used), -1),
        observed=observed,
        noise=noise,
        value={name: value for name, (value, _) in said.items()},
        variance={name: variance for name, (_, variance) in said.items()},
    )


def _targets(
    history: History, outcome: History, horizons: Floats, leave_out: Sequence[float]
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Which wave of the outcome each horizon is measured by, -1 for none; shape (h,)."""
    same = np.array([one == history.standards[-1] for one in outcome.standards])
    usable: Flags = same & ~np.isin(outcome.years, leave_out) & (outcome.years > history.years[-1])
    apart = np.abs(outcome.years - (history.years[-1] + horizons)[:, None])
    apart = np.where(usable, apart, np.inf)
    return np.where(apart.min(axis=1) <= NEAR, apart.argmin(axis=1), -1)


def _distances(
    history: History, outcome: History, targets: "np.ndarray", horizons: Floats
) -> Floats:
    """Years from the origin to what each horizon is measured by; the horizon where nothing is."""
    own: Floats = np.where(targets >= 0, outcome.years[targets] - history.years[-1], horizons)
    return own


def _relative_variance(outcome: History) -> Floats:
    """Variance of the logarithm of each number, shape (w, c); 0 where its error is not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = (outcome.se / outcome.value) ** 2
    return np.where(np.isfinite(squared), squared, 0.0)
