"""A query looks at series; it finds the rows that looking at every row would find."""

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.store.conftest import observations

from cauce.model.observation import Observations
from cauce.store.keys import rows_at
from cauce.store.series import Table, rows_of, series_of


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
