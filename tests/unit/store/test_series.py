"""A query looks at series; it finds the rows that looking at every row would find."""

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.store.conftest import observations

from cauce.model.observation import Observations
from cauce.publish import picked
from cauce.store.keys import rows_at, wanted_of
from cauce.store.series import Table, available, fitting, rows_in, rows_of, series_of


def table(times: int) -> Table:
    made = observations("XAA_T", [str(2000 + t) for t in range(times)], 1.0)
    return Table(**{column.name: getattr(made, column.name) for column in fields(Observations)})


def test_three_sexes_over_two_years_are_three_series_of_two_rows() -> None:
    series = series_of(table(2))
    assert series.key.tolist() == [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 2]]
    assert series.starts.tolist() == [0, 2, 4, 6]


def test_the_series_of_a_table_are_looked_for_once() -> None:
    own = table(2)
    assert series_of(own) is series_of(own)


@given(st.integers(1, 5), st.data())
def test_rows_are_those_whose_every_code_is_wanted(times: int, data: st.DataObject) -> None:
    own = table(times)
    sizes = [len(dimension.codes) for dimension in own.dataflow.dimensions]
    places = data.draw(st.sets(st.sampled_from(range(5))))
    wanted = {
        j: np.array(data.draw(st.lists(st.booleans(), min_size=sizes[j], max_size=sizes[j])))
        for j in places
    }
    keep = np.ones(len(own.value), dtype=np.bool_)
    for j, flags in wanted.items():
        keep &= flags[own.key[:, j]]
    assert rows_of(own, wanted).tolist() == np.flatnonzero(keep).tolist()


def test_a_whole_key_is_one_row() -> None:
    own = table(3)
    assert rows_at(own, [0, 0, 0, 2, 1]).tolist() == [7]
    assert rows_at(own, [None] * 5).tolist() == list(range(9))
    assert rows_at(own, [0, 0, 0, 4, None]).tolist() == []


def four() -> Observations:
    """Both sexes 2020 and 2021, men 2020 alone, women 2021 alone."""
    made = table(2)
    kept = [0, 1, 2, 5]
    return picked(made, np.array(kept))


def test_the_rows_of_flagged_series_follow_one_another() -> None:
    made = four()
    assert rows_in(series_of(made), np.array([True, False, True])).tolist() == [0, 1, 3]


def test_a_series_fits_by_its_own_codes_whatever_the_period() -> None:
    made = four()
    wanted = wanted_of(made.dataflow, [None, None, None, (0, 2), (1,)])
    assert fitting(series_of(made), wanted).tolist() == [True, False, True]


def test_what_else_exists_depends_on_the_other_choices_and_not_on_its_own() -> None:
    made = four()
    wanted = wanted_of(made.dataflow, [None, None, None, (1,), None])
    assert [codes.tolist() for codes in available(made, wanted)] == [[0], [0], [0], [0, 1, 2], [0]]
    wanted = wanted_of(made.dataflow, [None, None, None, (2,), (0,)])
    assert available(made, wanted)[-1].tolist() == [1]
