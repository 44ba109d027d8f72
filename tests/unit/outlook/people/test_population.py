"""Populations between two years, on other totals, and as unsure as the UN says."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import (
    Population,
    Schedules,
    Totals,
    bands,
    on_totals,
    population_draws,
    projected,
    totals_in,
    yearly,
)

AGES = bands(10)
GROWING = Population(
    AGES, np.array([2020.0, 2025.0]), np.array([np.full((2, 3), 10.0), np.full((2, 3), 20.0)])
)
LIMITS = Totals(
    np.array([2020.0, 2025.0]),
    np.array([54.0, 90.0]), np.array([60.0, 120.0]), np.array([66.0, 144.0]),
)  # fmt: skip


def test_between_two_years_people_change_by_the_same_number():
    found = yearly(GROWING, np.array([2020.0, 2021.0, 2025.0]))
    assert found.people[:, 0, 0].tolist() == [10, 12, 20]
    one = Population(AGES, GROWING.years[:1], GROWING.people[:1])
    assert yearly(one, np.array([2020.0])).people.tolist() == one.people.tolist()
    with pytest.raises(BadInput, match="from 2020 to 2025, and 2026 is asked for"):
        yearly(GROWING, np.array([2026.0]))


def test_the_structure_of_one_source_on_the_totals_of_another():
    moved = replace(LIMITS, middle=np.array([66.0, 90.0]))
    found = on_totals(GROWING, moved)
    assert found.people.sum(axis=(1, 2)).tolist() == pytest.approx([66, 90])
    assert found.people[0, 0, 0] == pytest.approx(11)
    with pytest.raises(BadInput, match="nobody in it"):
        on_totals(replace(GROWING, people=GROWING.people * 0), LIMITS)


@pytest.mark.parametrize("seed", [1, 7])
def test_draws_have_the_uns_limits_for_their_quantiles(seed):
    years = np.array([2020.0, 2023.0, 2025.0])
    drawn = population_draws(yearly(GROWING, years), LIMITS, 1000, seed)
    assert drawn.shape == (1000, 3, 6)
    ends = np.quantile(drawn.sum(axis=2), [0.1, 0.5, 0.9], axis=0)
    limits = totals_in(LIMITS, years)
    for found, wanted in zip(ends, (limits.low, limits.middle, limits.high), strict=True):
        assert found == pytest.approx(wanted, rel=2e-3)


def test_a_draw_stays_on_its_side_of_the_medium_variant():
    drawn = population_draws(GROWING, LIMITS, 100, 3).sum(axis=2)
    assert ((drawn[:, 0] > 60) == (drawn[:, 1] > 120)).all()


def test_own_cohorts_go_on_from_one_year():
    start = Population(AGES, np.array([2020.0]), np.full((1, 2, 3), 10.0))
    calm = Schedules(np.ones((2, 3)), np.array([0.0, 0.2, 0.0]), 1.0, np.zeros((2, 3)))
    found = projected(start, [calm])
    assert found.years.tolist() == [2020, 2025]
    assert found.people[1, 0].tolist() == [5, 10, 20]
    with pytest.raises(BadInput, match="starts from one year; 2 are given"):
        projected(GROWING, [calm])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"people": GROWING.people[:1]}, "the shape"),
        ({"people": GROWING.people * np.nan}, "lacks 12 numbers"),
        ({"people": -GROWING.people}, "12 numbers are below 0"),
        ({"years": np.array([2025.0, 2020.0])}, "no year stands twice"),
        ({"ages": ("0-4", "10+", "5-9")}, "it has to be open"),
    ],
)
def test_what_is_no_population_is_refused(change, message):
    with pytest.raises(BadInput, match=message):
        yearly(replace(GROWING, **change), np.array([2020.0]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": np.array([61.0, 90.0])}, "in 1 years the limits are not around it"),
        ({"high": np.array([np.nan, 144.0])}, "1 years lack their high number"),
        ({"years": np.array([])}, "no year stands twice"),
    ],
)
def test_limits_that_are_not_around_the_middle_are_refused(change, message):
    with pytest.raises(BadInput, match=message):
        totals_in(replace(LIMITS, **change), np.array([2020.0]))
