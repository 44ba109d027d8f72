"""The state of a series is the same, however many variances of slopes are asked for at once."""

from dataclasses import fields

import numpy as np
import pytest

from cauce.outlook.shares.level import Fit, solve, solve_each, weigh
from cauce.outlook.shares.series import Series, series
from cauce.outlook.shares.settings import SETTINGS

from .conftest import history


def test_several_variances_of_slopes_give_what_each_gives_alone() -> None:
    seen = series(history([[40, 60], [42, 58], [45, 55], [44, 56]]), None, SETTINGS)
    assert isinstance(seen, Series)
    found = weigh(seen, 1e-3)
    variances = (1e-4, 1e-2)

    together = solve_each(found, variances)

    for variance, one in zip(variances, together, strict=True):
        alone = solve(found, variance)
        for field in fields(Fit):
            assert getattr(one, field.name) == pytest.approx(
                getattr(alone, field.name), rel=1e-12, nan_ok=True
            )
    assert np.abs(together[0].slope).max() < np.abs(together[1].slope).max()
