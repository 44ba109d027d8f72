"""The series of a dataflow, small enough to check with a pencil."""

import numpy as np

from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.text import Text
from cauce.publish import Series, available, fitting, rows_of, within


def dimension(name: str, *codes: str) -> Dimension:
    listed = tuple(Code(code, Text(code, code)) for code in codes)
    return Dimension(name, Text(name, name), listed, "")


def three() -> Series:
    """Men in the town 2020–2022, men in the country 2021, women in the town 2020 and 2022."""
    days = np.array([[737425, 737790], [737791, 738155], [738156, 738520]])
    return Series(
        (
            dimension("SEX", "M", "F"),
            dimension("GEO", "T", "C"),
            dimension("TIME_PERIOD", "2020", "2021", "2022"),
        ),
        key=np.array([[0, 0], [0, 1], [1, 0]], dtype=np.int32),
        start=np.array([0, 3, 4, 6]),
        period=np.array([0, 1, 2, 1, 0, 2], dtype=np.int32),
        since=days[:, 0],
        until=days[:, 1],
    )


def chosen_rows(chosen: list, **bounds: object) -> list[int]:
    series = three()
    flags = np.logical_and.reduce(fitting(series, chosen))
    found: list[int] = rows_of(series, flags, **bounds).tolist()  # type: ignore[arg-type]
    return found


def test_the_rows_of_chosen_series_stand_by_series_then_by_time() -> None:
    assert chosen_rows([None, None, None]) == [0, 1, 2, 3, 4, 5]
    assert chosen_rows([(0,), None, None]) == [0, 1, 2, 3]
    assert chosen_rows([(0, 1), (0,), None]) == [0, 1, 2, 4, 5]
    assert chosen_rows([(1,), (1,), None]) == []


def test_the_last_observations_are_those_of_each_series() -> None:
    assert chosen_rows([None, None, None], last=1) == [2, 3, 5]
    assert chosen_rows([None, None, None], last=2) == [1, 2, 3, 4, 5]


def test_periods_are_bounded_before_the_last_are_counted() -> None:
    series = three()
    early = within(series, "", "2021")
    assert chosen_rows([None, None, None], periods=early, last=1) == [1, 3, 4]
    assert chosen_rows([None, None, None], periods=within(series, "2022", "")) == [2, 5]


def test_what_else_exists_depends_on_the_other_choices_and_not_on_its_own() -> None:
    found = [codes.tolist() for codes in available(three(), [(1,), None, None])]
    assert found == [[0, 1], [0], [0, 2]]
    found = [codes.tolist() for codes in available(three(), [None, (1,), None])]
    assert found == [[0], [0, 1], [1]]
