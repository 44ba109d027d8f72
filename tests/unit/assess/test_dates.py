"""Months and years as calendars count them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.dates import (
    add_months,
    ages,
    day_words,
    full_years,
    months_begun,
    months_completed,
)
from cauce.model.fact import Between
from cauce.model.text import Text

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "begun", "completed"),
    [
        (date(2020, 1, 15), date(2020, 1, 14), 0, 0),
        (date(2020, 1, 15), date(2020, 1, 15), 1, 0),
        (date(2020, 1, 15), date(2020, 2, 14), 1, 1),
        (date(2020, 1, 15), date(2020, 2, 15), 2, 1),
        (date(2020, 1, 31), date(2020, 2, 29), 2, 1),
        (date(2020, 1, 1), date(2020, 12, 31), 12, 12),
    ],
)
def test_months_by_hand(first, last, begun, completed):
    assert months_begun(first, last) == begun
    assert months_completed(first, last) == completed


@given(DAYS, DAYS)
def test_a_month_completed_was_begun(first, last):
    assert 0 <= months_begun(first, last) - months_completed(first, last) <= 1


def test_a_month_that_is_shorter_ends_on_its_last_day():
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2023, 1, 31), -11) == date(2022, 2, 28)


def test_an_age_is_known_as_far_as_the_day_of_birth_is():
    on = date(2022, 6, 1)
    assert full_years(date(2010, 6, 2), on) == 11
    assert ages(date(2010, 6, 1), on) == (12,)
    assert ages(Between(date(2010, 1, 1), date(2010, 12, 31)), on) == (11, 12)
    assert ages(None, on) == ()


def test_a_day_is_written_as_people_write_it():
    assert day_words(date(2022, 9, 1)) == Text("1 September 2022", "1 de septiembre de 2022")
    assert day_words(Between(date(2023, 2, 1), date(2023, 2, 28))) == Text(
        "between 1 February 2023 and 28 February 2023",
        "entre el 1 de febrero de 2023 y el 28 de febrero de 2023",
    )
