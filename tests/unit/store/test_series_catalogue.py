"""What there is of a vintage, told without its numbers."""

from pathlib import Path

import numpy as np
import pytest
from tests.unit.portal.conftest import figures_of, flow_of, release_of

from cauce.store import Damaged, Reader, Store

FLOW = "XAA_LFS_LABOUR"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    flow = flow_of(["2023", "2024", "2025"])
    Store(tmp_path / "store").publish(release_of(figures_of(flow)), "2026-01-01T10:00:00Z")
    return tmp_path / "store"


def test_a_catalogue_has_the_series_of_the_table_and_their_periods(store: Path) -> None:
    snapshot = Reader(store).snapshot()
    table, catalogue = snapshot.observations(FLOW), snapshot.series(FLOW)
    assert (catalogue.series.key == table.series.key).all()
    assert (catalogue.series.starts == table.series.starts).all()
    assert (catalogue.periods == table.key[:, -1]).all()
    assert catalogue.counts.tolist() == [3] * 6


def test_periods_that_count_are_counted_and_bounded(store: Path) -> None:
    catalogue = Reader(store).snapshot().series(FLOW)
    later = np.array([False, True, True])
    assert catalogue.counts_in(later).tolist() == [2] * 6
    first, last = catalogue.bounds(later)
    assert (first.tolist(), last.tolist()) == ([1] * 6, [2] * 6)
    first, last = catalogue.bounds(None)
    assert (first.tolist(), last.tolist()) == ([0] * 6, [2] * 6)


def test_it_is_read_once_a_vintage_and_never_of_one_that_is_damaged(store: Path) -> None:
    reader = Reader(store)
    assert reader.snapshot().series(FLOW) is reader.snapshot().series(FLOW)
    for path in (store / "objects").glob("*/*.parquet"):
        path.write_bytes(b"no Parquet")
    with pytest.raises(Damaged):
        Reader(store).snapshot().series(FLOW)
