"""Rows in the order of messages, and the ends of their series; small enough for a pencil."""

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.store.conftest import dataflow, observations

from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.publish import first_and_last, in_time, select, within
from cauce.publish.select import together

ALL = np.arange(9)


def three(*periods: str) -> Observations:
    """Three series over three periods, as they are listed."""
    return observations("XAA_T", list(periods), 1.0)


def test_rows_of_periods_listed_by_time_stay_where_they_are() -> None:
    rows = np.array([0, 2, 5])
    assert in_time(three("2020", "2021", "2022"), rows) is rows


def test_each_series_is_put_in_time_where_its_periods_are_not_listed_so() -> None:
    assert in_time(three("2021", "2022", "2020"), ALL).tolist() == [2, 0, 1, 5, 3, 4, 8, 6, 7]


def test_the_first_and_the_last_are_those_of_each_series() -> None:
    table = three("2020", "2021", "2022")
    assert first_and_last(table, ALL, None, None) is ALL
    assert first_and_last(table, ALL, 1, None).tolist() == [0, 3, 6]
    assert first_and_last(table, ALL, None, 2).tolist() == [1, 2, 4, 5, 7, 8]
    assert first_and_last(table, ALL, 1, 1).tolist() == [0, 2, 3, 5, 6, 8]


def test_the_last_of_some_rows_are_counted_among_these() -> None:
    table = three("2020", "2021", "2022")
    assert first_and_last(table, np.array([0, 1, 3, 8]), None, 1).tolist() == [1, 3, 8]


def test_a_bound_holds_a_period_whose_days_are_all_within() -> None:
    flow = dataflow("XAA_T", ["2020", "2020-Q4", "2021"])
    assert within(flow, "", "2020").tolist() == [True, True, False]
    assert within(flow, "2020-07", "").tolist() == [False, True, True]
    with pytest.raises(BadInput, match="no time period"):
        within(flow, "soon", "")


def test_a_series_without_rows_has_no_ends() -> None:
    table = three("2020", "2021", "2022")
    none = np.empty(0, dtype=np.int64)
    assert first_and_last(table, in_time(replace(table), none), 1, 1).tolist() == []


@pytest.mark.parametrize("most", [1 << 62, 0])
def test_rows_stand_section_by_section_as_they_came(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where keys are too long for one whole number."""
    monkeypatch.setattr(select, "MOST", most)
    table, sex = three("2020", "2021", "2022"), 3
    assert together(table, ALL, sex).tolist() == [0, 3, 6, 1, 4, 7, 2, 5, 8]
    rows = np.array([8, 1, 5, 7, 4])
    assert together(table, rows, sex).tolist() == [8, 5, 1, 7, 4]
    apart = np.array([5, 8, 4, 1, 0])
    assert together(table, apart, sex) is apart
    assert together(table, ALL[:0], sex).tolist() == []
