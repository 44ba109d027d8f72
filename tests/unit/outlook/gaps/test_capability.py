"""What each step could bring: not twice, not too early, and not known where it is not."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.gaps import Programmes, first_year, pay_flags, reach, training

NURSES = Programmes(
    seats=np.array([[100.0], [0.0], [50.0], [0.0]]),
    completion=np.array([[0.8]]),
    activity=np.array([[0.5]]),
    allocation=np.array([[[0.75, 0.0]]]),
    lead=np.array([2]),
)


def test_extra_seats_bring_nobody_before_their_lead_time():
    """100 x 0.8 x 0.5 x 0.75 = 30 from year 1 + 2 on; the seats of year 3 finish in year 5."""
    assert training(NURSES)[0, :, 0] == pytest.approx([0, 0, 30, 30])


def test_an_unknown_completion_makes_only_the_years_and_posts_it_touches_unknown():
    found = training(replace(NURSES, completion=np.array([[np.nan]])))

    assert np.isnan(found[0, :, 0]).tolist() == [False, False, True, True]
    assert found[0, :, 1].tolist() == [0, 0, 0, 0]


def test_a_programme_longer_than_the_horizon_brings_nobody():
    assert training(replace(NURSES, lead=np.array([9]))).sum() == 0


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [("completion", [[1.2]], "who finish"), ("activity", [[-0.1]], "who then work"),
     ("allocation", [[[1.2, 0.0]]], "who go to a post"),
     ("allocation", [[[0.7, 0.7]]], "who go to any post")],
)  # fmt: skip
def test_more_students_than_there_are_is_refused(part, value, words):
    with pytest.raises(BadInput, match=words):
        training(replace(NURSES, **{part: np.array(value)}))


@pytest.mark.parametrize(("part", "value"), [("seats", -NURSES.seats), ("lead", np.array([-1]))])
def test_seats_and_lead_times_below_0_are_refused(part, value):
    with pytest.raises(BadInput, match="0 or more"):
        training(replace(NURSES, **{part: value}))


def test_whom_the_supply_has_counted_a_step_does_not_bring_again():
    """Half of 200 resident migrants: 100, of whom 60 are in the supply already."""
    people = np.array([[[200.0, 200.0, 200.0]]])
    counted = np.array([[[60.0, 150.0, 0.0]]])

    found = reach(people, np.array([0.5, 0.5, np.nan]), counted)

    np.testing.assert_array_equal(found[0, 0], [40, 0, np.nan])


def test_a_share_beyond_everybody_is_refused():
    with pytest.raises(BadInput, match="between 0 and 1"):
        reach(np.ones((1, 1, 1)), 1.5, np.zeros((1, 1, 1)))


def test_the_first_year_of_a_step_is_when_somebody_comes():
    people = np.array([[[0.0, 0.0], [5.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]])

    np.testing.assert_array_equal(first_year(people), [2, np.nan])


def test_pay_below_the_median_is_flagged_and_unknown_pay_is_not_low_pay():
    assert pay_flags(np.array([0.9, 1.0, np.nan])) == (
        "PAY_BELOW", "PAY_NOT_BELOW", "PAY_NOT_KNOWN",
    )  # fmt: skip
