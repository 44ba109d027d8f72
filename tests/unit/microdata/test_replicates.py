"""Replicate weights go past the engine into one array."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cauce.microdata import read_replicates
from cauce.model.errors import BadInput
from cauce.model.replication import Replicates, Replication

SAID = Replicates("brr", ("a", "b"))


def staged(folder: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), folder / "staged.parquet")
    return folder / "staged.parquet"


def test_columns_become_numbers_and_what_is_missing_stays_so(tmp_path: Path) -> None:
    file = staged(tmp_path, a=[1, 2, None], b=[" 1.5", "", "2e1"], c=["x", "y", "z"])
    found = read_replicates(file, SAID, None)
    assert found is not None
    assert found.declared == SAID
    assert np.array_equal(found.weights, [[1, 1.5], [2, np.nan], [np.nan, 20]], equal_nan=True)


def test_rows_stand_as_the_respondents_do(tmp_path: Path) -> None:
    file = staged(tmp_path, a=[1, 2, 3], b=[4, 5, 6])
    found = read_replicates(file, SAID, np.array([2, 0, 1]))
    assert found is not None
    assert found.weights is not None
    assert found.weights.tolist() == [[3, 6], [1, 4], [2, 5]]


def test_text_and_truths_are_no_weights(tmp_path: Path) -> None:
    file = staged(tmp_path, a=["x", "1", "y"], b=[True, False, None])
    with pytest.raises(BadInput, match="4 replicate weights are not a number, in 2 of 2 columns"):
        read_replicates(file, SAID, None)


def test_what_is_made_here_needs_no_file(tmp_path: Path) -> None:
    assert read_replicates(tmp_path, None, None) is None
    made = Replicates(made="jkn")
    assert read_replicates(tmp_path, made, None) == Replication(made)
