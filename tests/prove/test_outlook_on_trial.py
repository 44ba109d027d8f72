"""Forecasts of the invented country, beside its truth: who is better, and what intervals hold.

`bench/backtest_demo.py` prints all of it for more sizes and samples; this is its reduced form. Each
origin chooses its method and its inflation from waves up to it alone.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.prove

BENCH = Path(__file__).parents[2] / "bench"
SAMPLES = 6
Scores = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def of_size() -> Callable[[str], Scores]:
    """Scores of shares by level and horizon, for the survey's design or a number of workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        from backtest_demo import of_size

        found = {size: of_size(size, SAMPLES, ("shares",))["shares"] for size in SIZES}
    return found.__getitem__


SIZES = ("4000", "12000", "design")


@pytest.mark.parametrize("size", SIZES)
def test_intervals_of_80_percent_hold_75_to_90_at_every_level_of_occupation(of_size, size):
    """Two points more or less are the chance of six samples."""
    for level in ("ISCO 1", "ISCO 2"):
        for horizon, scores in of_size(size)[level].items():
            assert 0.73 <= scores["coverage_80"] <= 0.92, (level, horizon)


@pytest.mark.parametrize("size", ["12000", "design"])
def test_intervals_of_80_percent_hold_75_to_90_of_industries(of_size, size):
    for horizon, scores in of_size(size)["industry"].items():
        assert 0.73 <= scores["coverage_80"] <= 0.92, horizon


@pytest.mark.parametrize("size", SIZES)
def test_what_is_published_is_never_more_than_two_percent_worse_than_the_mean_share(of_size, size):
    """Six industries of 4,000 workers are left out: three origins cannot tell so little apart."""
    for level, horizons in of_size(size).items():
        if (size, level) != ("4000", "industry"):
            for horizon, scores in horizons.items():
                assert scores["gate_over_mean_share"] <= 1.02, (level, horizon)


@pytest.mark.parametrize("size", ["12000", "design"])
def test_at_five_years_the_filter_is_at_least_two_percent_better_than_the_mean_share(of_size, size):
    for level, horizons in of_size(size).items():
        assert horizons["h=5"]["filter_over_mean_share"] <= 0.98, level
        assert horizons["h=5"]["gate_over_mean_share"] <= 1.0, level
