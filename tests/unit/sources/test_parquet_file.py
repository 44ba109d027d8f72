"""Parquet files, whole and broken."""

import struct
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cauce.sources import Limits


def parquet(bench, table, name="a.parquet", **options):
    path = bench.folder / name
    pq.write_table(pa.table(table), path, **options)
    return path


def test_types_become_the_five_kinds(bench):
    path = parquet(
        bench,
        {
            "i": pa.array([1, None], pa.int8()),
            "u": pa.array([1, 2], pa.uint64()),
            "f": [1.5, 2.0],
            "whole": [1.0, None],
            "d": [Decimal("1.50"), Decimal("2.25")],
            "t": [" a ", ""],
            "c": pa.array(["x", "y"]).dictionary_encode(),
            "b": [True, None],
            "day": [date(2024, 2, 29), None],
            "at": [datetime.fromisoformat("2024-02-29T01:02:03"), None],
            "none": pa.nulls(2),
        },
    )

    table = bench.read(path, format="parquet")

    assert table.kinds == {
        "i": "integer", "u": "integer", "f": "float", "whole": "integer", "d": "float",
        "t": "text", "c": "text", "b": "boolean", "day": "date", "at": "text", "none": "text",
    }  # fmt: skip
    assert table.values["whole"] == [1, None]
    assert table.values["t"] == ["a", None]
    assert table.values["at"] == ["2024-02-29T01:02:03", None]


def test_nan_is_missing_and_never_a_number(bench):
    path = parquet(bench, {"x": [1.5, float("nan")]})

    assert bench.read(path, format="parquet").values == {"x": [1.5, None]}


def test_infinite_numbers_are_counted_and_refused(bench):
    path = parquet(bench, {"x": [1.0, float("inf"), float("-inf")]})

    assert "column x: 2 values are infinite" in bench.refusal(path, format="parquet")


def test_numbers_too_large_for_the_type_are_refused_without_showing_them(bench):
    path = parquet(bench, {"x": pa.array([2**64 - 5], pa.uint64())})

    message = bench.refusal(path, format="parquet")

    assert "column x: values that do not fit" in message
    assert str(2**64 - 5) not in message


def test_lists_and_bytes_are_no_survey_columns(bench):
    path = parquet(bench, {"l": [[1], [2]], "b": [b"x", b"y"], "ok": [1, 2]})

    assert "column l is of type list" in bench.refusal(path, ["l"], format="parquet")
    assert "column b is of type binary" in bench.refusal(path, ["b"], format="parquet")
    assert bench.read(path, ["ok"], format="parquet").values == {"ok": [1, 2]}


def test_columns_come_in_the_asked_order(bench):
    path = parquet(bench, {"a": [1], "b": [2], "a.b": [3]})

    table = bench.read(path, ["a.b", "b", "a"], format="parquet")

    assert list(table.values.items()) == [("a.b", [3]), ("b", [2]), ("a", [1])]


def test_rows_keep_their_order_over_row_groups(bench):
    path = parquet(bench, {"a": list(range(1000))}, row_group_size=7)

    assert bench.read(path, format="parquet").values["a"] == list(range(1000))


def test_columns_without_rows_are_refused(bench):
    path = parquet(bench, {"a": pa.array([], pa.int64())})

    assert "columns and no rows" in bench.refusal(path, format="parquet")


@pytest.mark.parametrize("cut", [4, 8, 20, -1, -4, -8])
def test_a_cut_file_is_not_readable(bench, cut):
    data = parquet(bench, {"a": list(range(1000))}).read_bytes()

    message = bench.refusal(bench.file("b.parquet", data[:cut]), format="parquet")

    assert "not readable as Parquet" in message


@pytest.mark.parametrize("length", [0, 2**31 - 1, 2**32 - 1, 17])
def test_a_wrong_footer_length_is_not_readable(bench, length):
    data = parquet(bench, {"a": [1, 2]}).read_bytes()
    lie = data[:-8] + struct.pack("<I", length) + data[-4:]

    assert "not readable as Parquet" in bench.refusal(
        bench.file("b.parquet", lie), format="parquet"
    )


def test_a_flipped_bit_is_found_where_the_writer_left_checksums(bench):
    path = parquet(bench, {"a": list(range(5000))}, write_page_checksum=True)
    data = bytearray(path.read_bytes())
    data[1000] ^= 1

    assert "not readable as Parquet" in bench.refusal(
        bench.file("b.parquet", bytes(data)), format="parquet"
    )


def test_a_small_file_that_unpacks_beyond_the_limit_is_refused(bench):
    path = parquet(bench, {"a": ["x" * 1000] * 20_000}, use_dictionary=False, compression="zstd")
    assert path.stat().st_size < 200_000

    message = bench.refusal(path, format="parquet", limits=Limits(unpacked_bytes=10_000_000))

    assert "unpack to" in message


def test_a_dictionary_that_blows_up_is_stopped_while_reading(bench):
    """Its pages are small, whatever the footer says; the values they stand for are not."""
    path = parquet(bench, {"a": ["x" * 100_000] * 2_000})
    assert path.stat().st_size < 300_000

    message = bench.refusal(path, format="parquet", limits=Limits(unpacked_bytes=50_000_000))

    assert "more than its footer says" in message


def test_too_many_rows_are_refused(bench):
    path = parquet(bench, {"a": list(range(100))})

    assert "100 rows; at most 10" in bench.refusal(path, format="parquet", limits=Limits(rows=10))
