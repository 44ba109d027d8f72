"""Draws of sectors and occupations become matrices, and the change says where it comes from."""

import numpy as np
import pytest

from cauce.model.projected import NotProducible
from cauce.outlook.matrix import Demand, Staffing, demand

SHARE = np.array([[0.8, 0.2], [0.1, 0.9]])
FOUND = Staffing(("farms", "shops"), ("growers", "drivers"), SHARE, SHARE, 10.0, np.ones(2))
BASE = np.array([100.0, 100.0]), np.array([90.0, 110.0])


def draws() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    return rng.gamma(400, 0.25, (50, 3, 2)), rng.gamma(400, 0.25, (50, 3, 2))


def test_occupations_are_as_drawn_and_sectors_divide_them():
    sectors, occupations = draws()

    found = demand(FOUND, BASE, sectors, occupations)

    assert isinstance(found, Demand)
    assert found.ahead.sum(axis=-2) == pytest.approx(occupations)
    parts = sectors / sectors.sum(axis=-1, keepdims=True)
    assert found.ahead.sum(axis=-1) == pytest.approx(
        parts * occupations.sum(axis=-1, keepdims=True)
    )


def test_means_of_the_effects_add_up_to_the_mean_change():
    sectors, occupations = draws()

    found = demand(FOUND, BASE, sectors, occupations)

    assert isinstance(found, Demand)
    both = found.effects.industry.mean(axis=0) + found.effects.staffing.mean(axis=0)
    assert both == pytest.approx((occupations - BASE[1]).mean(axis=0))


def test_a_base_that_the_staffing_meets_is_the_staffing():
    found = demand(FOUND, BASE, *draws())

    assert isinstance(found, Demand)
    assert found.base == pytest.approx(100 * SHARE)


def test_what_cannot_be_forecast_has_no_matrix():
    sectors, occupations = draws()
    occupations[:, :, 1] = np.nan

    found = demand(FOUND, BASE, sectors, occupations)

    assert isinstance(found, NotProducible)
    assert "cannot be forecast" in found.because.en


def test_margins_that_zeros_forbid_have_no_matrix_and_say_whose():
    only = Staffing(FOUND.sectors, FOUND.occupations, np.eye(2), np.eye(2), 10.0, np.ones(2))

    found = demand(only, (BASE[0], np.array([50.0, 150.0])), *draws())

    assert isinstance(found, NotProducible)
    assert "farms have 100 people" in found.because.en
    assert "En 1 de 1 sorteos" in found.because.es
