"""The southern neighbour: small, and with a truth of its own."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from cauce.model.errors import BadInput
from cauce.sources.invented import write_south
from cauce.sources.invented.country import SEED, SOUTH_SEED
from cauce.sources.invented.jobs import wobble


@pytest.fixture(scope="module")
def wave(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_south(tmp_path_factory.mktemp("south"), 2025)


def test_the_same_year_gives_the_same_bytes(wave: Path, tmp_path: Path) -> None:
    assert write_south(tmp_path, 2025).read_bytes() == wave.read_bytes()


def test_a_wave_is_small_and_stands_for_a_small_country(wave: Path) -> None:
    asked = pq.read_table(wave)
    employed = np.asarray(asked["condicion"].fill_null(0)) == 1
    assert 10_000 < asked.num_rows < 14_000
    assert 5_000 < employed.sum() < 6_500
    assert 500_000 < np.asarray(asked["factor"]).sum() < 750_000


def test_occupation_and_industry_are_asked_of_the_employed_alone(wave: Path) -> None:
    asked = pq.read_table(wave)
    employed = np.asarray(asked["condicion"].fill_null(0)) == 1
    for name in ("ciuo", "ciiu"):
        assert (asked[name].is_valid().to_numpy() == employed).all()


def test_its_work_is_of_another_mix_than_its_neighbours_and_drifts_on_its_own() -> None:
    first, last = (wobble(SOUTH_SEED, year, 10) for year in (2014, 2025))
    assert np.abs(first).max() > 0.2
    assert np.abs(last - first).max() > 0.05
    assert not wobble(SEED, 2014, 10).any()


def test_a_year_without_a_wave_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="from 2014 to 2025"):
        write_south(tmp_path, 2013)
