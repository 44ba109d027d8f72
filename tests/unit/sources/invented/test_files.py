"""The files of the invented survey."""

import hashlib
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pyreadstat
import pytest

from cauce.model.errors import BadInput
from cauce.sources.invented import wave_columns, write_wave
from cauce.sources.invented.country import SEED, WAVES
from cauce.sources.invented.labels import LABELS, WORDS

PACK = Path(__file__).parents[4] / "packs" / "demo" / "lfs_2025"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("waves")
    for year in WAVES:
        write_wave(place, year)
    return place


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for year in WAVES:
        path = write_wave(tmp_path, year)
        assert digest(path) == digest(folder / path.name)


def test_another_seed_gives_another_survey(folder: Path, tmp_path: Path) -> None:
    path = write_wave(tmp_path, 2024, seed=SEED + 1)
    assert digest(path) != digest(folder / path.name)


def test_each_wave_has_about_sixty_thousand_people(wave) -> None:
    assert len(wave["edad"]) == 60_770


def test_the_weights_add_up_to_about_the_population(wave) -> None:
    assert abs(wave["factor"].sum() / 3_008_007 - 1) < 0.01


def test_the_file_of_2021_is_as_spreadsheets_of_the_region_save_it(folder: Path) -> None:
    text = (folder / "eft2021.csv").read_bytes().decode("latin-1")
    head, first = text.splitlines()[:2]
    assert head.split(";") == list(LABELS)
    assert "," in first.split(";")[list(LABELS).index("factor")]
    assert "Albañil" in text


def test_the_file_of_2023_opens_in_a_program_that_reads_stata(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / "eft2023.zip") as archive:
        archive.extract("eft2023/personas.dta", tmp_path)
    rows, about = pyreadstat.read_dta(tmp_path / "eft2023/personas.dta", output_format="dict")
    expected = wave_columns(SEED, 2023)
    assert about.variable_value_labels["zona"] == {1: "Urbana", 2: "Rural"}
    assert about.column_names_to_labels == LABELS
    for name in ("edad", "factor", "estrato", "ing_hogar"):
        assert np.array_equal(rows[name], expected[name]), name
    blank = np.array([value is None or value != value for value in rows["p50_monto"]])
    assert np.array_equal(blank, expected["p50_monto"] == -1)
    assert rows["p22_oficio"] == expected["p22_oficio"].tolist()


def test_all_files_have_the_same_columns(folder: Path) -> None:
    tabs = pcsv.ParseOptions(delimiter="\t")
    last = pcsv.read_csv(folder / "eft2025.csv", parse_options=tabs)
    assert last.column_names == list(LABELS)
    assert pq.read_schema(folder / "eft2024.parquet").names == list(LABELS)
    assert pcsv.read_csv(folder / "eft2022.csv").column_names == list(LABELS)


def test_a_year_without_a_survey_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not in 2019"):
        write_wave(tmp_path, 2019)


def test_progress_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    write_wave(tmp_path, 2024, progress=said.append)
    assert said == ["Asking the people of 2024", "Writing eft2024.parquet"]


def test_every_code_that_occurs_has_a_word(wave) -> None:
    for name, words in WORDS.items():
        assert set(np.unique(wave[name]).tolist()) - {-1} <= set(words), name


def test_every_wave_of_the_pack_is_written(folder: Path) -> None:
    pack = tomllib.loads((PACK / "pack.toml").read_text(encoding="utf-8"))
    assert pack["survey"]["invented"] is True
    for one in pack["wave"]:
        assert (folder / one["file"]).is_file()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
