"""Intervals of participation hold what comes, whether rates wander, have slopes, or both."""

import numpy as np
import pytest
from scipy.special import expit

from cauce.outlook.people import Rates, bands, cells, participation, trend

pytestmark = pytest.mark.prove
WAVES = np.array([2010.0, 2012, 2013, 2017, 2019, 2020])
COUNTRIES, AHEAD = 40, 5
CELLS = cells(bands(50))


@pytest.mark.parametrize(
    ("wander", "slope", "error"),
    [(0.03, 0.0, 0.012), (0.06, 0.02, 0.012), (0.0, 0.03, 0.012), (0.05, 0.02, 0.03)],
)
def test_eighty_per_cent_hold_72_to_88_and_the_middle_is_nearer_than_the_last_wave(
    wander, slope, error
):
    some, held, own, last = np.random.default_rng(3), [], 0.0, 0.0
    for country in range(COUNTRIES):
        truth = _truth(some, wander, slope)
        seen = truth[(WAVES - 2010).astype(int)]
        rate = np.clip(seen + some.normal(0, error, seen.shape), 0.005, 0.995)
        found = trend(Rates(CELLS, WAVES, rate, np.full(rate.shape, error)), AHEAD)
        low, middle, high = np.quantile(participation(found, 400, country), [0.1, 0.5, 0.9], axis=0)
        came = truth[11:]
        held.append((low <= came) & (came <= high))
        own += np.abs(middle - came).mean()
        last += np.abs(rate[-1] - came).mean()
    assert 0.72 <= np.mean(held) <= 0.88
    assert own < 0.97 * last


def _truth(some: np.random.Generator, wander: float, slope: float) -> np.ndarray:
    """Rates of 2010 to 2025, whose slopes fade from 2020 on."""
    fade = np.array([1.0] * 10 + [0.85**year for year in range(AHEAD)])
    moved = some.normal(0, slope, len(CELLS)) * fade[:, None]
    moved += some.normal(0, wander, moved.shape)
    start = some.normal(0.3, 1.0, (1, len(CELLS)))
    return expit(np.concatenate([start, start + moved.cumsum(axis=0)]))
