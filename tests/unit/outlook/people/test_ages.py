"""Bands of age are every one from birth on, the last one open, and nobody is below 0."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people.ages import (
    bands,
    cells,
    check_ages,
    ends,
    refuse_negative,
    refuse_no_chance,
    within,
)


def test_bands_are_of_five_years_up_to_an_open_one():
    assert bands(15) == ("0-4", "5-9", "10-14", "15+")
    assert cells(bands(5)) == (("F", "0-4"), ("F", "5+"), ("M", "0-4"), ("M", "5+"))
    check_ages(bands())
    with pytest.raises(BadInput, match="begin at age 83"):
        bands(83)


@pytest.mark.parametrize(
    ("ages", "message"),
    [
        (("0-4", "10-14", "15+"), "missing: 5-9"),
        (("0-4", "5-9"), "5-9: it has to be open"),
        ((), "missing: it has to be open"),
        (("5-9", "0-4", "10+"), "in their order: those given"),
        (("0-4", "1-3", "5-9", "10+"), "in their order: 1-3"),
    ],
)
def test_bands_that_are_not_all_of_them_are_refused_by_name(ages, message):
    with pytest.raises(BadInput, match=message):
        check_ages(ages)


def test_numbers_below_0_and_no_probabilities_are_counted_and_not_shown():
    with pytest.raises(BadInput, match="X: 2 numbers are below 0"):
        refuse_negative("X", np.array([-1.0, np.nan, 3.0, -2.0]))
    with pytest.raises(BadInput, match="X: 1 numbers are not between"):
        refuse_no_chance("X", np.array([0.0, 1.0, np.nan, 1.5]))


def test_a_band_is_read_as_the_un_writes_it_or_ilostat():
    assert [ends(code) for code in ("15-19", "Y15T19", "80+", "Y_GE65")] == [
        (15, 20),
        (15, 20),
        (80, np.inf),
        (65, np.inf),
    ]
    with pytest.raises(BadInput, match="'_T' is no band of age"):
        ends("_T")


def test_fine_bands_lie_in_wide_ones_whole_or_not_at_all():
    assert within(["0-4", "15-19", "80+"], ["Y15T24", "Y_GE65"]).tolist() == [
        [False, False],
        [True, False],
        [False, True],
    ]
    for fine, coarse in ((["10-14"], ["Y12T20"]), (["15-19"], ["Y15T24", "Y15T19"])):
        with pytest.raises(BadInput, match="do not fit into each other"):
            within(fine, coarse)
