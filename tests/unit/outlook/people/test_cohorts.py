"""Five years of a population, by hand, and schedules that do not fit it."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import Schedules, project

START = np.array([[100.0, 80.0, 60.0], [100.0, 80.0, 60.0]])
NONE = np.zeros((2, 3))
HALF = Schedules(np.full((2, 3), 0.5), np.array([0.0, 0.1, 0.0]), 1.0, NONE)


def test_five_years_by_hand():
    """Half of each band lives on; women of the second band bear 0.1 a year: (80 + 50) / 2 × 0.5.

    That is 32.5 births, 16.25 girls, of whom 8.125 live. The open band has half of 80 + 60.
    """
    (step,) = project(START, [HALF])
    assert step.births[:, 0].tolist() == [16.25, 16.25]
    assert step.end.tolist() == [[8.125, 50.0, 70.0]] * 2
    assert step.deaths.tolist() == [[8.125, 50.0, 70.0]] * 2


def test_half_of_the_migrants_share_the_deaths_of_the_five_years():
    coming = replace(HALF, fertility=np.zeros(3), migrants=np.array([[20.0, 0, 0], [0.0, 0, 0]]))
    (step,) = project(START, [coming])
    assert step.end[0].tolist() == [10.0, 55.0, 70.0]
    assert step.deaths.sum() == pytest.approx(120 + 5 + 120)


def test_each_period_starts_where_the_last_one_ended():
    first, second = project(START, [HALF, HALF])
    assert second.start.tolist() == first.end.tolist()
    assert project(START, []) == ()


def test_more_emigrants_than_people_are_refused_with_the_period():
    gone = replace(HALF, migrants=np.array([[-201.0, 0, 0], [0, 0, 0]]))
    with pytest.raises(BadInput, match="Period 2: in 1 bands of age and sex more people leave"):
        project(START, [HALF, gone])
    later = replace(HALF, migrants=np.array([[-60.0, 0, 0], [0, 0, 0]]))
    with pytest.raises(BadInput, match="Period 1: in 1 bands"):
        project(START, [later])


@pytest.mark.parametrize(
    ("start", "message"),
    [(-START, "6 numbers are below 0"), (START * np.nan, "lacks 6 bands of age")],
)
def test_no_population_starts_from_people_below_0_or_missing(start, message):
    with pytest.raises(BadInput, match=message):
        project(start, [HALF])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"survival": np.full((2, 4), 0.5)}, r"survival has the shape \(2, 4\)"),
        ({"fertility": np.zeros(2)}, "fertility has the shape"),
        ({"migrants": np.full((2, 3), np.nan)}, "migration lacks 6 bands"),
        ({"survival": np.full((2, 3), 1.5)}, "survival: 6 numbers are not between 0 and 1"),
        ({"fertility": np.array([0, -1.0, 0])}, "fertility: 1 numbers are below 0"),
        ({"fertility": np.array([0.1, 0, 0])}, "births of girls below five"),
        ({"boys": 0.0}, "0 boys per girl"),
    ],
)
def test_schedules_that_do_not_fit_are_refused_by_name(change, message):
    with pytest.raises(BadInput, match=message):
        project(START, [replace(HALF, **change)])
