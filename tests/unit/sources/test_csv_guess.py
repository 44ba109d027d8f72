"""Proposals about a CSV file."""

import pytest

from cauce.model.pack import CsvFormat
from cauce.sources.csv_guess import guess_csv


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,b\n1,2.5\n", CsvFormat(",", ".", "utf-8")),
        (b"a;b\n1;2,5\n", CsvFormat(";", ",", "utf-8")),
        (b"a;b\n1;2,500\n", CsvFormat(";", ",", "utf-8")),
        (b'a,b\n1,"2,500"\n', CsvFormat(",", ".", "utf-8")),
        (b'a,b\n1,"2,5"\n', CsvFormat(",", ",", "utf-8")),
        (b"a\tb\n1\t2\n", CsvFormat("\t", ".", "utf-8")),
        (b"a|b\n1|2\n", CsvFormat("|", ".", "utf-8")),
        (b"a\n1\n", CsvFormat(",", ".", "utf-8")),
        (b'"a;x",b\n1,"2;3"\n', CsvFormat(",", ".", "utf-8")),
        ("a;b\n1;ñ\n".encode("latin-1"), CsvFormat(";", ".", "windows-1252")),
        (b"a;b\n1;\x81\n", CsvFormat(";", ".", "latin-1")),
        ("a;b\n1;ñ\n".encode("utf-16"), CsvFormat(";", ".", "utf-16")),
        ("a;b\n1;2\n".encode("utf-16-le"), CsvFormat(";", ".", "utf-16-le")),
        ("a;b\n1;2\n".encode("utf-16-be"), CsvFormat(";", ".", "utf-16-be")),
        ("a,b\n1,ñ\n".encode("utf-8-sig"), CsvFormat(",", ".", "utf-8")),
    ],
)
def test_delimiter_decimal_and_encoding_are_proposed(bench, content, expected):
    assert guess_csv(bench.file("a.csv", content)) == expected


def test_a_letter_cut_by_the_first_block_does_not_spoil_utf8(bench):
    path = bench.file("a.csv", b"a,b\n" + b"x" * ((1 << 20) - 5) + "ñ,1\n".encode())

    assert guess_csv(path).encoding == "utf-8"
