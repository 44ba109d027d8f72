"""Which file is meant for which wave."""

from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat, Wave
from cauce.pipeline.parts import find_file

FIRST = Wave("2026", "first.csv", "", "csv", CsvFormat())
SECOND = Wave("2027", "second.csv", "", "csv", CsvFormat())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("first.csv", "other.csv"):
        (tmp_path / name).write_text("a\n1\n")
    return tmp_path


def test_a_file_is_found_by_its_name_in_a_folder_or_beside_the_pack(folder: Path) -> None:
    assert find_file(folder / "pack", FIRST, [folder]) == folder / "first.csv"
    assert find_file(folder, FIRST, []) == folder / "first.csv"


def test_a_file_of_another_name_may_be_the_only_waves(folder: Path) -> None:
    other = folder / "other.csv"
    assert find_file(folder / "pack", FIRST, [other], only_wave=True) == other


def test_one_file_is_never_taken_for_every_wave(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"wave 2027, second\.csv, was not found"):
        find_file(folder, SECOND, [folder / "first.csv"])


def test_a_file_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(BadInput, match="--file: there is no"):
        find_file(folder, FIRST, [folder / "nothing.csv"])
