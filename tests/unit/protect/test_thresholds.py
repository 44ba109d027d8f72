from datetime import date

import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents, Rules
from cauce.protect.thresholds import last_day, minimum_in_force, reference_date


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2020", date(2020, 12, 31)),
        ("2020-S1", date(2020, 6, 30)),
        ("2020-T2", date(2020, 8, 31)),
        ("2020-Q3", date(2020, 9, 30)),
        ("2020-02", date(2020, 2, 29)),
    ],
)
def test_a_period_ends_on_its_last_day(period, day):
    assert last_day(period) == day


@pytest.mark.parametrize("period", ["", "20", "2020-13", "2020-Q5", "2020-0", "2020-W05", "0000"])
def test_what_is_no_period_is_named(period):
    with pytest.raises(BadInput, match=f"'{period}' is no time period"):
        last_day(period)


def test_the_reference_date_ends_the_latest_period():
    assert reference_date(["2019", "2020-Q1"]) == date(2020, 3, 31)


def test_the_latest_minimum_that_has_started_is_in_force(pack_of):
    since = tuple(MinRespondents(date(year, 1, 1), year - 2000, "g") for year in (2030, 2010, 2020))
    pack = pack_of(Rules("ilo", since, 0, 0.0, ""))

    assert minimum_in_force(pack, date(2020, 1, 1)).value == 20
    assert minimum_in_force(pack, date(2019, 12, 31)).value == 10
    with pytest.raises(BadInput, match="no minimum of respondents in force on 2009-12-31"):
        minimum_in_force(pack, date(2009, 12, 31))
