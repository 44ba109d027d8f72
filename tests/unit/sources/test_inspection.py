"""Looking into a file without showing anybody."""

import polars as pl
import pyreadstat
import pytest

from cauce.model.errors import BadInput
from cauce.sources import CodeSeen, hash_file, inspect


def column(inspection, name):
    return next(found for found in inspection.columns if found.name == name)


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "lfs.dta"
    frame = pl.DataFrame(
        {
            "estrato": [n % 4 for n in range(200)],
            "upm": list(range(200)),
            "factor": [float(n) + 0.5 for n in range(200)],
            "p1": [1 + n % 2 for n in range(199)] + [None],
            "nombre": [f"Person {n}" for n in range(200)],
        }
    )
    pyreadstat.write_dta(
        frame,
        path,
        column_labels={"p1": "Sexo", "factor": "Factor de expansión"},
        variable_value_labels={"p1": {1: "Hombre", 2: "Mujer", 9: "NS"}},
    )
    return path


def test_codes_come_with_counts_and_labels(survey):
    found = column(inspect(survey), "p1")

    assert (found.label, found.kind, found.filled, found.distinct) == ("Sexo", "integer", 199, 2)
    assert found.codes == (CodeSeen("1", 100, "Hombre"), CodeSeen("2", 99, "Mujer"))
    assert found.value_labels == {"1": "Hombre", "2": "Mujer", "9": "NS"}


def test_columns_with_many_values_show_none(survey):
    found = inspect(survey)

    assert column(found, "nombre").codes == ()
    assert column(found, "factor").codes == ()
    assert column(found, "nombre").distinct == 200
    assert "Person" not in repr(found)


def test_in_a_small_file_few_values_are_people_and_not_shown(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("nombre,sexo\n" + "".join(f"Ana {n},{n % 2}\n" for n in range(10)))

    found = inspect(path)

    assert "Ana" not in repr(found)
    assert column(found, "sexo").codes == (CodeSeen("0", 5, ""), CodeSeen("1", 5, ""))


def test_the_design_is_suggested_by_name_or_label(survey):
    assert inspect(survey).suggestions == {
        "stratum": ("estrato",),
        "psu": ("upm",),
        "weight": ("factor",),
    }


def test_a_file_is_known_by_its_hash(survey):
    found = inspect(survey)

    assert (found.sha256, found.size) == hash_file(survey)
    assert (found.format, found.csv, found.rows) == ("dta", None, 200)


def test_how_a_csv_is_written_is_proposed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("peso;país\n1,5;Perú\n2,25;Panamá\n".encode("windows-1252"))

    found = inspect(path)

    assert (found.csv.delimiter, found.csv.decimal, found.csv.encoding) == (
        ";",
        ",",
        "windows-1252",
    )
    assert column(found, "peso").kind == "float"


def test_columns_that_share_a_name_are_left_out_with_a_note(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,A,b\n1,2,3\n1,2,3\n")

    found = inspect(path)

    assert [seen.name for seen in found.columns] == ["b"]
    assert "'a' = 'A'" in found.notes[0]


def test_a_column_that_cannot_be_read_says_so(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"l": [[1], [2]], "x": [float("inf"), 1.0], "ok": [1, 1]}).write_parquet(path)

    found = inspect(path)

    assert "is of type" in column(found, "l").note
    assert "infinite" in column(found, "x").note
    assert column(found, "ok").note == ""


def test_what_is_not_a_survey_file_is_refused(tmp_path):
    for name, content, words in (
        ("a.doc", b"\xd0\xcf\x11\xe0", "cannot be read as a survey file"),
        ("a.xyz", b"hello", "not recognised"),
        ("a.csv", b"", "empty"),
        ("b.csv", b"a,b\n", "no rows"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BadInput, match=words):
            inspect(path)
