"""Reading the files of two surveys as they were published."""

import json
import time
from pathlib import Path

import duckdb
import pytest

from cauce.model.pack import CsvFormat, Wave
from cauce.sources import Limits, inspect, stage

FILES = Path(__file__).parents[3] / "shared" / "data" / "microdata"


def real(name: str) -> Path:
    path = FILES / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside the project: reading it was not tried.")
    return path


def enaho() -> tuple[Path, Wave]:
    path = real("CRI_ENAHO2020_cri20n1.zip")
    member = "BADEHOGN/cri0720/cri20n1.dta"
    return path, Wave("2020-07", path.name, member, "dta", CsvFormat())


def test_the_published_labels_of_enaho_are_what_we_read():
    published = json.loads(real("CRI_ENAHO2020_labels.json").read_text("utf-8"))
    path, wave = enaho()

    with stage(path, wave, None, Limits()) as staged:
        assert staged.labels == published["labels"]
        assert staged.value_labels == published["values"]
        assert (staged.rows, len(staged.columns)) == (25_530, 733)


def test_forty_columns_of_enaho_agree_with_its_parquet_copy():
    copy = real("CRI_ENAHO2020.parquet")
    path, wave = enaho()
    columns = list(inspect(copy).columns)[:40]
    names = ", ".join(f'"{column.name}"' for column in columns)
    start = time.process_time()

    with stage(path, wave, [column.name for column in columns], Limits()) as staged:
        assert time.process_time() - start < 60
        ours, theirs = (
            duckdb.sql(f"SELECT {names} FROM '{file}'").fetchall()  # noqa: S608 - our own names
            for file in (staged.path, copy)
        )
    assert [[same(v) for v in row] for row in ours] == [[same(v) for v in row] for row in theirs]


def same(value: object) -> object:
    """Empty text and missing are one; a number is what it is worth."""
    if isinstance(value, str):
        return value.strip() or None
    return None if value is None or value != value else float(str(value))


def test_the_design_of_both_surveys_is_suggested():
    path, _ = enaho()
    mexico = inspect(real("MEX_ENADID2018_hogares.parquet"))

    costa_rica = inspect(path).suggestions
    assert [names[0] for names in costa_rica.values()] == ["diseno_muestra", "upm", "factor"]
    assert [names[0] for names in mexico.suggestions.values()] == ["est_dis", "upm_dis", "fac_viv"]
    assert mexico.rows == 109_546


def test_sex_of_enaho_comes_with_its_codes_and_counts():
    path, _ = enaho()

    sex = next(column for column in inspect(path).columns if column.name == "a4")

    assert [code.code for code in sex.codes] == ["1", "2"]
    assert sum(code.count for code in sex.codes) == 25_530
