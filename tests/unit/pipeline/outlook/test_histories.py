"""Histories hold what was released and may be said; what is withheld stays unknown."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import Place
from cauce.pipeline.outlook.histories import read_history
from cauce.pipeline.outlook.pack import Wanted
from cauce.store import Reader

from .conftest import published, surveyed


def wanted(flow: str, *over: str, **at: str) -> Wanted:
    return Wanted("occupation", flow, "EMP_TEMP", over, at, Place("xaa/outlook.toml", 9))


def test_a_history_has_the_cells_of_a_table_and_the_published_total(store) -> None:
    read = read_history(Reader(store).snapshot(), wanted("FINE", "OC2"))
    assert read is not None
    assert read.history.cells == (("71",), ("72",), ("41",))
    assert read.history.years.tolist() == [2021, 2022, 2023, 2024, 2025]
    assert read.history.value[0].tolist() == [40_000, 20_000, 30_000]
    assert read.total.value[:, 0].tolist()[0] == 90_000
    assert set(read.history.standards) == {"ISCO-08"}
    assert read.base.vintage == "2025"
    assert len(read.base.sha256) == 64


def test_what_is_withheld_is_unknown_and_never_zero(tmp_path) -> None:
    values = {("_T", "2024"): 9.0, ("71", "2024"): None, ("_T", "2025"): 9.0, ("71", "2025"): 7.0}
    store = published(tmp_path, surveyed("T", "EMP_TEMP", {"OC2": ["_T", "71"]}, values))
    read = read_history(Reader(store).snapshot(), wanted("T", "OC2"))
    assert read is not None
    assert np.isnan(read.history.value).all(axis=1).tolist() == [False]
    assert read.history.years.tolist() == [2025]
    assert read.total.years.tolist() == [2024, 2025]


def test_a_table_that_is_not_published_is_none(store) -> None:
    assert read_history(Reader(store).snapshot(), wanted("NOBODY", "OC2")) is None


def test_a_dimension_or_code_that_is_not_there_is_told_with_its_line(store) -> None:
    snapshot = Reader(store).snapshot()
    for one, said in (
        (wanted("FINE", "OC4"), "has no dimension OC4"),
        (wanted("FINE", OC2="99"), "has no 99 in OC2"),
    ):
        with pytest.raises(BadInput, match="line 9") as raised:
            read_history(snapshot, one)
        assert said in str(raised.value)
