"""Whether files are what they say."""

import pytest


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x1f\x8b\x08rest", "a gzip file"),
        (b"7z\xbc\xaf\x27\x1crest", "a 7-Zip archive"),
        (b"Rar!\x1a\x07rest", "a RAR archive"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel or Word document"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"$FL2@(#) SPSS", "an SPSS file"),
        (b"PAR1....PAR1", "Parquet"),
        (b"ENCRYPTEDSAV", "an encrypted SPSS file"),
    ],
)
def test_a_file_that_is_something_else_is_named(bench, content, words):
    message = bench.refusal(bench.file("survey.dta", content), format="dta")

    assert "declared as a Stata file" in message
    assert f"begins like {words}" in message


@pytest.mark.parametrize("format", ["dta", "sav", "sas7bdat", "xpt", "parquet"])
def test_text_is_none_of_the_binary_formats(bench, format):
    assert "does not begin like one" in bench.refusal(bench.file("a", "a,b\n1,2\n"), format=format)


def test_a_binary_file_is_no_csv(bench):
    assert "begins like a Stata file" in bench.refusal(bench.file("a.csv", b"<stata_dta><header>"))


@pytest.mark.parametrize("format", ["csv", "dta", "sav", "sas7bdat", "xpt", "parquet"])
def test_an_empty_file_is_empty_in_every_format(bench, format):
    assert "the file is empty (0 bytes)" in bench.refusal(bench.file("a", b""), format=format)
