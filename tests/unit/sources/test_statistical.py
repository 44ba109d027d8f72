"""Files of Stata, SPSS and SAS."""

import struct
from datetime import date

import polars as pl
import pyreadstat
import pytest

from cauce.sources import Limits

PEOPLE = pl.DataFrame({"sexo": [1, 2, 2], "peso": [1.5, None, 3.25], "país": ["Perú", "", "x "]})


def dta(bench, frame=PEOPLE, name="a.dta", **options):
    path = bench.folder / name
    pyreadstat.write_dta(frame, path, **options)
    return path


def sav(bench, frame=PEOPLE, name="a.sav", **options):
    path = bench.folder / name
    pyreadstat.write_sav(frame, path, **options)
    return path


def xpt(bench, frame=PEOPLE, name="a.xpt", **options):
    path = bench.folder / name
    pyreadstat.write_xport(frame, path, **options)
    return path


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_every_version_of_stata_is_read(bench, version):
    frame = PEOPLE.select("sexo", "peso", pais=pl.Series(["Chile", "", "x "]))

    table = bench.read(dta(bench, frame, version=version), format="dta")

    assert table.values == {
        "sexo": [1, 2, 2],
        "peso": [1.5, None, 3.25],
        "pais": ["Chile", None, "x"],
    }
    assert table.kinds == {"sexo": "integer", "peso": "float", "pais": "text"}


def test_stata_up_to_13_holds_the_western_code_page(bench):
    data = dta(bench, pl.DataFrame({"p": ["Peru Panama"]}), version=13).read_bytes()
    path = bench.file("b.dta", data.replace(b"Peru Panama", "Perú Panamá".encode("latin-1")))

    assert bench.read(path, format="dta").values == {"p": ["Perú Panamá"]}


@pytest.mark.parametrize("options", [{}, {"compress": True}, {"row_compress": True}])
def test_spss_is_read_packed_and_plain(bench, options):
    table = bench.read(sav(bench, **options), format="sav")

    assert table.values["peso"] == [1.5, None, 3.25]
    assert table.values["país"] == ["Perú", None, "x"]
    assert table.kinds["sexo"] == "integer"


@pytest.mark.parametrize("version", [5, 8])
def test_sas_transport_is_read(bench, version):
    frame = PEOPLE.rename({"país": "pais"})
    table = bench.read(xpt(bench, frame, file_format_version=version), format="xpt")

    assert table.values["sexo"] == [1, 2, 2]
    assert table.values["peso"] == [1.5, None, 3.25]


def test_labels_of_columns_and_values_are_read(bench):
    path = dta(
        bench,
        column_labels={"sexo": "Sexo de la persona"},
        variable_value_labels={"sexo": {1: "Hombre", 2: "Mujer"}},
    )

    table = bench.read(path, format="dta")

    assert table.labels == {"sexo": "Sexo de la persona"}
    assert table.value_labels == {"sexo": {"1": "Hombre", "2": "Mujer"}}


def test_extended_missings_of_stata_are_codes_and_never_numbers(bench):
    frame = pl.DataFrame({"edad": pl.Series([30, "a", None, "z", 4], dtype=pl.Object)})
    path = dta(
        bench,
        frame,
        missing_user_values={"edad": ["a", "z"]},
        variable_value_labels={"edad": {"a": "no responde"}},
    )

    table = bench.read(path, format="dta")

    assert table.kinds == {"edad": "text"}
    assert table.values["edad"] == ["30", ".a", None, ".z", "4"]
    assert table.value_labels == {"edad": {".a": "no responde"}}


def test_values_spss_declares_missing_are_marked(bench):
    frame = pl.DataFrame({"edad": [30.0, 99.0, 97.5, None], "c": ["a", "NA", "b", ""]})
    path = sav(
        bench,
        frame,
        missing_ranges={"edad": [{"lo": 97, "hi": 99}], "c": ["NA"]},
        variable_value_labels={"edad": {99.0: "NS/NR"}, "c": {"NA": "no aplica"}},
    )

    table = bench.read(path, format="sav")

    assert table.values["edad"] == ["30", "missing:99", "missing:97.5", None]
    assert table.values["c"] == ["a", "missing:NA", "b", None]
    assert table.value_labels == {
        "edad": {"missing:99": "NS/NR"},
        "c": {"missing:NA": "no aplica"},
    }


def test_a_declared_missing_that_does_not_occur_changes_nothing(bench):
    frame = pl.DataFrame({"edad": [30.0, 41.0]})

    table = bench.read(sav(bench, frame, missing_ranges={"edad": [99]}), format="sav")

    assert (table.kinds, table.values) == ({"edad": "integer"}, {"edad": [30, 41]})


@pytest.mark.parametrize("extension", ["dta", "sav", "xpt"])
def test_dates_are_dates(bench, extension):
    days = [date(1959, 12, 31), None, date(2024, 2, 29)]
    frame = pl.DataFrame({"d": days})
    path = {"dta": dta, "sav": sav, "xpt": xpt}[extension](bench, frame)

    table = bench.read(path, format=extension)

    assert (table.kinds, table.values) == ({"d": "date"}, {"d": days})


def test_moments_are_iso_text(bench):
    frame = pl.DataFrame({"t": ["2024-02-29T13:00:05", None]}).with_columns(
        pl.col("t").str.to_datetime()
    )

    for extension, write in (("dta", dta), ("sav", sav), ("xpt", xpt)):
        table = bench.read(write(bench, frame), format=extension)
        assert table.values["t"] == ["2024-02-29T13:00:05", None]


def test_dates_outside_the_calendar_are_counted(bench):
    frame = pl.DataFrame({"d": [5_000_000, 1, -9_000_000]})
    path = dta(bench, frame, variable_format={"d": "%td"})

    message = bench.refusal(path, format="dta")

    assert "column d: 2 dates lie outside the calendar" in message


def test_text_that_is_not_in_the_declared_encoding_is_refused_and_can_be_told(bench):
    data = sav(bench, pl.DataFrame({"a": ["Perú x"]})).read_bytes()
    bad = bench.file("b.sav", data.replace("Perú x".encode(), "Perú xy".encode("latin-1")))

    assert "not in the encoding it declares" in bench.refusal(bad, format="sav")
    assert bench.read(bad, format="sav", encoding="windows-1252").values == {"a": ["Perú xy"]}


@pytest.mark.parametrize(("extension", "write"), [("dta", dta), ("sav", sav)])
@pytest.mark.parametrize("part", [0.01, 0.5, 0.9])
def test_a_file_cut_off_is_refused(bench, extension, write, part):
    data = write(bench, pl.DataFrame({"a": [float(n) for n in range(1000)]})).read_bytes()
    path = bench.file(f"cut.{extension}", data[: int(len(data) * part)])

    bench.refusal(path, format=extension)


def test_a_transport_file_cut_off_is_refused(bench):
    data = xpt(bench, pl.DataFrame({"a": [float(n) for n in range(1000)]})).read_bytes()

    message = bench.refusal(bench.file("cut.xpt", data[:-100]), format="xpt")

    assert "not a multiple of 80 bytes" in message


@pytest.mark.parametrize("cut", [40, 500, 5000])
def test_a_sas_data_set_that_is_only_a_beginning_is_refused(bench, cut):
    from cauce.sources.magic import SAS7BDAT

    path = bench.file("a.sas7bdat", SAS7BDAT + b"\0" * cut)

    assert "damaged, cut off or of a version" in bench.refusal(path, format="sas7bdat")


@pytest.mark.parametrize(("extension", "write"), [("dta", dta), ("sav", sav), ("xpt", xpt)])
def test_a_file_without_rows_is_refused(bench, extension, write):
    path = write(bench, pl.DataFrame({"a": pl.Series([], dtype=pl.Float64)}))

    assert "no rows" in bench.refusal(path, format=extension)


@pytest.mark.parametrize(("extension", "write"), [("dta", dta), ("sav", sav), ("xpt", xpt)])
def test_one_row_is_enough(bench, extension, write):
    assert bench.read(write(bench, pl.DataFrame({"a": [7.0]})), format=extension).values == {
        "a": [7]
    }


def test_stata_columns_that_differ_in_case_are_refused(bench):
    path = dta(bench, pl.DataFrame({"a": [1], "A": [2], "b": [3]}))

    assert "'a' = 'A'" in bench.refusal(path, format="dta")
    assert bench.read(path, ["b"], format="dta").values == {"b": [3]}


def test_columns_of_the_same_name_are_refused(bench):
    path = dta(bench, pl.DataFrame({"aaa": [1], "bbb": [2]}))
    data = path.read_bytes().replace(b"bbb\0", b"aaa\0")

    assert "duplicated" in bench.refusal(bench.file("b.dta", data), format="dta")


def test_stata_declaring_more_rows_than_bytes_is_refused_at_once(bench):
    data = dta(bench).read_bytes()
    rows = data.index(b"<N>") + 3
    lie = data[:rows] + struct.pack("<Q", 2**31 - 1) + data[rows + 8 :]

    message = bench.refusal(bench.file("b.dta", lie), format="dta")

    assert "declares 2,147,483,647 rows" in message


def declaring(bench, rows):
    data = bytearray(sav(bench).read_bytes())
    data[80:84] = struct.pack("<i", rows)
    return bench.file("b.sav", bytes(data))


@pytest.mark.parametrize("rows", [90_000_000, 2_000_000, 4])
def test_spss_declaring_more_rows_than_there_are_is_refused(bench, rows):
    message = bench.stage_refusal(declaring(bench, rows), format="sav")

    assert "expected number of rows" in message or "needs more memory" in message


@pytest.mark.parametrize("rows", [-1, 2**31 - 1, 2**31 - 2])
def test_where_spss_declares_no_possible_number_of_rows_those_there_count(bench, rows):
    """-1 is how SPSS says that it did not count; 2 ** 31 rows are read as that."""
    assert bench.stage(declaring(bench, rows), format="sav")[0] == 3


def test_more_rows_than_the_limit_are_refused(bench):
    path = dta(bench)

    assert "declares 3 rows; at most 2" in bench.refusal(path, format="dta", limits=Limits(rows=2))


@pytest.mark.parametrize(
    "damage", [b"$a=D", b"$a=D1 ", b"$" * 5000, b"$a=C 99999999999 x", b"$a=D999999999 1 1 x"]
)
def test_a_malformed_multiple_response_set_never_crashes_us(bench, damage):
    """As in ReadStat #388: read all the same, or refused; the worker takes the blow."""
    data = sav(bench).read_bytes()
    end = data.index(struct.pack("<ii", 999, 0))
    record = struct.pack("<iiii", 7, 7, 1, len(damage)) + damage
    path = bench.file("b.sav", data[:end] + record + data[end:])

    survives(bench, path)


@pytest.mark.parametrize("damage", [b"", b"=", b"sexo", b"sexo=\t\t=", b"sexo=" + b"x" * 70_000])
def test_a_malformed_record_of_long_names_never_crashes_us(bench, damage):
    """As in ReadStat #389."""
    data = sav(bench).read_bytes()
    end = data.index(struct.pack("<ii", 999, 0))
    record = struct.pack("<iiii", 7, 13, 1, len(damage)) + damage
    path = bench.file("b.sav", data[:end] + record + data[end:])

    survives(bench, path)


def survives(bench, path):
    from cauce.model.errors import BadInput

    said = ""
    rows = 3
    try:
        rows, _ = bench.stage(path, format="sav")
    except BadInput as error:
        said = str(error)
    assert rows == 3
    assert not said or path.name in said


def test_a_wide_file_of_long_texts_is_stopped_by_its_limits(bench):
    """Texts of Stata may be shared by rows: 8 MB of file that are 400 MB of values."""
    frame = pl.DataFrame({f"v{n}": ["x" * 40_000] * 50 for n in range(200)})
    path = dta(bench, frame)
    assert path.stat().st_size < 10_000_000

    columns = bench.stage_refusal(path, format="dta", limits=Limits(columns=100))
    memory = bench.stage_refusal(path, format="dta", limits=Limits(memory_bytes=400 << 20))

    assert "200 columns; at most 100" in columns
    assert "needs more memory than the 400 MiB" in memory
