"""Codes that stand above others, as the codes themselves say."""

from cauce.model.codelist import Code
from cauce.model.text import Text
from cauce.portal.explorer.facets import depths


def levels(*codes: str) -> list[int]:
    return depths([Code(code, Text(code, code)) for code in codes])


def test_the_total_stands_above_all() -> None:
    assert levels("_T", "M", "F") == [0, 1, 1]
    assert levels("M", "F") == [0, 0]


def test_groups_of_a_classification_stand_above_what_they_begin() -> None:
    assert levels("_T", "2", "21", "211", "3") == [0, 1, 2, 3, 1]


def test_ages_stand_above_the_ages_they_hold() -> None:
    assert levels("Y_GE15", "Y15T64", "Y15T24", "Y_GE65", "Y0T14") == [0, 1, 2, 1, 0]
