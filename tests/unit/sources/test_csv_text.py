"""The bytes of CSV files: encodings, stray bytes, lengths."""

import pytest

from cauce.sources import Limits

WORDS = "país,edad\nPanamá,30\nPerú,41\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "windows-1252", "cp850", "utf-16", "utf-16-le"]
)
def test_a_file_reads_the_same_in_every_encoding(bench, encoding):
    path = bench.file("a.csv", WORDS.encode(encoding))

    assert bench.read(path, encoding=encoding).values == {
        "país": ["Panamá", "Perú"],
        "edad": [30, 41],
    }


def test_a_byte_order_mark_is_no_part_of_the_first_name(bench):
    assert next(iter(bench.read(bench.file("a.csv", WORDS.encode("utf-8-sig"))).values)) == "país"


def test_a_wrong_encoding_is_named_with_its_line(bench):
    path = bench.file(
        "a.csv", ("edad,país\n" + "1,x\n" * 500_000).encode() + "2,Perú\n".encode("latin-1")
    )

    message = bench.refusal(path)

    # The header is itself UTF-8 here, so the first bytes that are not stand on the last line.
    assert message.startswith("line 500002: bytes that are not utf-8")
    assert 'encoding = "latin-1"' in message


def test_utf8_declared_as_latin1_is_refused_instead_of_garbled(bench):
    message = bench.refusal(bench.file("a.csv", "a,b\n1,x\n2,Perú\n"), encoding="latin-1")

    assert message.startswith("line 3: declared iso8859-1, but the whole file reads as UTF-8")


def test_latin1_is_not_taken_for_utf8(bench):
    path = bench.file("a.csv", "a,b\n1,niño\n2,Perú\n".encode("latin-1"))

    assert bench.read(path, encoding="latin-1").values["b"] == ["niño", "Perú"]


def test_utf16_declared_otherwise_is_named(bench):
    path = bench.file("a.csv", WORDS.encode("utf-16"))

    assert "it is utf-16" in bench.refusal(path)


def test_half_a_utf16_character_at_the_end_is_an_error_with_a_line(bench):
    path = bench.file("a.csv", WORDS.encode("utf-16")[:-1])

    assert bench.refusal(path, encoding="utf-16").startswith("line 3: bytes that are not utf-16")


def test_utf16_without_mark_shows_as_nul_bytes(bench):
    message = bench.refusal(bench.file("a.csv", WORDS.encode("utf-16-le")), encoding="latin-1")

    assert message.startswith("line 1: a NUL byte")


def test_a_nul_byte_is_found_with_its_line(bench):
    assert bench.refusal(bench.file("a.csv", "a,b\n1,2\n1,\0\n")).startswith("line 3: a NUL")


def test_a_lone_carriage_return_is_found_with_its_line(bench):
    message = bench.refusal(bench.file("a.csv", "a,b\r\n1,2\r3,4\r\n"))

    assert message.startswith("line 2: a carriage return without line feed")


def test_lines_of_windows_and_unix_may_mix(bench):
    assert bench.read(bench.file("a.csv", "a,b\r\n1,2\n3,4\r\n")).values["b"] == [2, 4]


def test_a_carriage_return_and_its_line_feed_may_fall_into_two_blocks(bench):
    first = "a,b\r\n1," + "x" * ((1 << 20) - 8) + "\r"
    path = bench.file("a.csv", first + "\n2,y\r\n")
    assert len(first) == 1 << 20

    table = bench.read(path, ["a"], limits=Limits(line_bytes=2 << 20))

    assert table.values["a"] == [1, 2]


def test_a_line_without_end_is_stopped(bench):
    path = bench.file("a.csv", "a,b\n1,2\n" + "x" * 5_000_000)

    assert bench.refusal(path).startswith("line 3: longer than 1,048,576 bytes")


def test_a_long_line_with_an_end_is_stopped_too(bench):
    path = bench.file("a.csv", "a,b\n1,2\n" + "x" * 2000 + ",1\n3,4\n")

    assert bench.refusal(path, limits=Limits(line_bytes=1000)).startswith("line 3: longer")


def test_too_many_rows_are_refused(bench):
    path = bench.file("a.csv", "a,b\n" + "1,2\n" * 50)

    assert "more than 20 lines" in bench.refusal(path, limits=Limits(rows=20))


def test_a_quote_never_closed_does_not_swallow_the_rows_after_it(bench):
    path = bench.file("a.csv", 'a,b\n1,2\n3,"4\n' + "5,6\n" * 10)

    assert bench.refusal(path).startswith("line 3: a quote")


def test_a_quote_closed_much_later_does_not_swallow_rows_either(bench):
    path = bench.file("a.csv", 'a,b\n1,"2\n' + "5,6\n" * 200 + '7,"8\n')

    assert bench.refusal(path).startswith("line 2: a quote")


def test_a_quote_inside_a_value_that_is_not_quoted_is_a_sign_like_others(bench):
    assert bench.read(bench.file("a.csv", 'a,b\n1,24"\n2,x\n')).values["b"] == ['24"', "x"]


@pytest.mark.parametrize("encoding", ["rot13", "zip", "nonsense", "utf-7", "a\0b"])
def test_an_encoding_that_is_none_of_text_is_refused(bench, encoding):
    assert "is not one of those read" in bench.refusal(
        bench.file("a.csv", WORDS), encoding=encoding
    )
