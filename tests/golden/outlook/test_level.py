"""The filter of shares equals Kalman's recursion in R (make_level.R)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.model.arrays import Floats
from cauce.outlook.shares.level import Fit, fit
from cauce.outlook.shares.series import Series

EXPECTED: dict[str, Any] = json.loads((Path(__file__).parent / "level.json").read_text())
STATE = ("level", "slope", "level_variance", "slope_variance", "covariance")


def series(log: list[float | None], noise: Floats, years: Floats, old: list[int]) -> Series:
    value = np.array([[np.nan if one is None else one for one in log]])
    flag = np.array([False])
    nothing = np.zeros(len(years))
    changes = np.array(old, dtype=float)[:, None] if any(old) else np.empty((len(years), 0))
    seen = np.isfinite(value)
    return Series(
        np.where(seen, value, 0.0), np.broadcast_to(noise, value.shape), seen, years - years[-1],
        changes, nothing, nothing, ~flag, flag, flag,
    )  # fmt: skip


def fitted(case: dict[str, Any]) -> Fit:
    years = np.array(EXPECTED["years"], dtype=float)
    noise = np.array(case["noise"])
    return fit(series(case["log"], noise, years, case["old"]), case["q"], case["tau2"])


@pytest.mark.parametrize("case", EXPECTED["cases"], ids=lambda case: str(case["kind"]))
def test_level_and_slope_and_their_covariance_are_those_of_kalmans_recursion(
    case: dict[str, Any],
) -> None:
    found = fitted(case)
    exact = 1e-9 if case["kind"] in ("whole", "holes") else 1e-5

    for name in STATE:
        assert getattr(found, name)[0] == pytest.approx(case[name], rel=exact, abs=1e-12), name


@pytest.mark.parametrize("case", EXPECTED["cases"], ids=lambda case: str(case["kind"]))
def test_how_likely_a_series_is_is_its_restricted_likelihood(case: dict[str, Any]) -> None:
    assert fitted(case).likelihood[0] == pytest.approx(case["likelihood"], rel=1e-9)


@pytest.mark.parametrize("case", EXPECTED["regular"])
def test_the_level_of_a_regular_series_is_that_of_kalmanrun(case: dict[str, Any]) -> None:
    years = np.arange(10.0)

    found = fit(series(case["log"], np.array(case["noise"]), years, [0] * 10), case["q"], 0.0)

    assert found.level[0] == pytest.approx(case["level"], rel=1e-5)
