"""What cohorts lost between two rounds, by hand, and marked as indicative."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.leaving import INDICATIVE, net_exits_of_cohorts

PEOPLE = np.full((1, 4), 100.0)


def workers(*of: float) -> np.ndarray:
    return np.array(of)[None, :, None]


def test_a_cohort_of_which_fewer_work_five_years_on_lost_them_at_an_even_rate():
    """80 of 100 worked and 40 do: half in five years. The last two bands: 60 of 200, then 15."""
    found = net_exits_of_cohorts(
        workers(50, 80, 40, 20), workers(10, 60, 40, 15), PEOPLE, PEOPLE, 5
    )[0, :, 0]
    assert found[0] == 0
    assert found[1] == pytest.approx(1 - 0.5 ** (1 / 5))
    assert found[2:] == pytest.approx(1 - (0.15 / 0.30) ** (1 / 5))


def test_who_died_or_left_the_country_is_not_counted_as_gone_from_work():
    half = np.array([[100.0, 100, 50, 50]])
    found = net_exits_of_cohorts(workers(50, 80, 40, 20), workers(0, 50, 40, 10), PEOPLE, half, 5)[
        0, :, 0
    ]
    assert found[1] == pytest.approx(0)


def test_ten_years_follow_a_cohort_over_two_bands():
    found = net_exits_of_cohorts(
        workers(50, 80, 40, 20), workers(0, 0, 25, 20), PEOPLE, PEOPLE, 10
    )[0, :, 0]
    assert found[0] == pytest.approx(1 - 0.5 ** (1 / 10))
    assert len(found) == 4


def test_where_nobody_worked_nobody_left_and_a_withheld_number_is_not_known():
    found = net_exits_of_cohorts(
        workers(0, np.nan, 40, 20), workers(10, 60, 40, 15), PEOPLE, PEOPLE, 5
    )[0, :, 0]
    assert found[0] == 0
    assert np.isnan(found[1])


def test_it_is_said_to_be_indicative_with_its_source_in_both_languages():
    assert "Dupuy" in INDICATIVE.en
    assert "Indicativo" in INDICATIVE.es


@pytest.mark.parametrize(
    ("now", "people", "years", "message"),
    [
        (workers(1, 1, 1, -1), PEOPLE, 5, "Workers now: 1 numbers"),
        (workers(1, 1, 1), PEOPLE, 5, "not of the same sexes"),
        (workers(1, 1, 1, 1), PEOPLE, 7, "7 years apart"),
        (workers(1, 1, 1, 1), PEOPLE, 20, "20 years apart"),
        (workers(1, 1, 1, 1), PEOPLE * 0, 5, "4 bands of age have nobody"),
    ],
)
def test_rounds_that_do_not_fit_are_refused(now, people, years, message):
    with pytest.raises(BadInput, match=message):
        net_exits_of_cohorts(workers(1, 1, 1, 1), now, PEOPLE, people, years)
