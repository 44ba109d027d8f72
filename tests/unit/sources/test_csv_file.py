"""CSV files: dialects, headers, rows that do not fit."""

import pytest

SMALL = "sex,age\n1,30\n2,41\n"


def test_a_plain_file_is_read_with_its_kinds(bench):
    table = bench.read(bench.file("a.csv", SMALL))

    assert table.values == {"sex": [1, 2], "age": [30, 41]}
    assert table.kinds == {"sex": "integer", "age": "integer"}


def test_only_the_asked_columns_are_read_in_the_asked_order(bench):
    path = bench.file("a.csv", "a,b,c\n1,2,3\n")

    assert list(bench.read(path, ["c", "a", "c"]).values.items()) == [("c", [3]), ("a", [1])]


def test_a_semicolon_file_with_decimal_commas_is_read(bench):
    path = bench.file("a.csv", "weight;sex\n12,5;1\n3;2\n")

    table = bench.read(path, delimiter=";", decimal=",")

    assert table.values["weight"] == [12.5, 3.0]


def test_quoted_delimiters_line_ends_and_quotes_belong_to_the_value(bench):
    path = bench.file("a.csv", 'text,n\r\n"a, ""b""\r\nc",1\r\n')

    assert bench.read(path).values["text"] == ['a, "b"\r\nc']


def test_one_row_is_a_table(bench):
    assert bench.read(bench.file("a.csv", "a,b\n1,x")).values == {"a": [1], "b": ["x"]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("a,b\n", "a header and no rows"),
        ("a,b", "a header and no rows"),
        ("\n\n1\n", "line 1: no header"),
        ("a,b\n\n\n", "columns and no rows"),
    ],
)
def test_a_file_without_rows_is_refused_in_words(bench, content, words):
    assert words in bench.refusal(bench.file("a.csv", content))


def test_ragged_rows_are_listed_by_line_and_not_shown(bench):
    rows = ["a,b"] + ["1,2"] * 3 + ["secret", "1,2,secret"] + ["1,2"]

    message = bench.refusal(bench.file("a.csv", "\n".join(rows)))

    assert "2 rows have not the 2 values of the header" in message
    assert "lines 5, 6." in message
    assert "secret" not in message


def test_of_many_ragged_rows_the_first_hundred_are_listed(bench):
    message = bench.refusal(bench.file("a.csv", "a,b\n" + "1\n" * 250))

    assert "250 rows" in message
    assert "101 and 150 more" in message
    assert "102" not in message


def test_mixed_delimiters_show_as_ragged_rows(bench):
    message = bench.refusal(bench.file("a.csv", "a,b\n1,2\n3;4\n"))

    assert "lines 3." in message


def test_blank_lines_are_no_people_but_count_as_lines(bench):
    path = bench.file("a.csv", "a,b\n\n1,2\n\n3\n")

    assert "lines 5." in bench.refusal(path)
    assert bench.read(bench.file("b.csv", "a,b\n\n1,2\n\n")).values["a"] == [1]


def test_in_a_single_column_an_empty_line_is_an_empty_value(bench):
    assert bench.read(bench.file("a.csv", "a\n1\n\n2\n")).values["a"] == [1, None, 2]


def test_the_wrong_delimiter_is_named(bench):
    message = bench.refusal(bench.file("a.csv", "a;b\n1;2\n"), ["a"])

    assert "is it ';'?" in message


@pytest.mark.parametrize("csv", [{"delimiter": ";;"}, {"delimiter": '"'}, {"decimal": "'"}])
def test_a_dialect_that_cannot_be_is_refused(bench, csv):
    assert next(iter(csv.values()))[0] in bench.refusal(bench.file("a.csv", SMALL), **csv)


def test_an_unknown_column_is_named_with_the_nearest(bench):
    message = bench.refusal(bench.file("a.csv", SMALL), ["Age", "sxe", "zzzz"])

    assert "Age (nearest: age)" in message
    assert "sxe (nearest: sex)" in message
    assert "zzzz (nothing near it)" in message


def test_columns_that_differ_in_case_are_refused_when_one_is_asked(bench):
    path = bench.file("a.csv", "edad,EDAD,sexo\n1,2,3\n")

    assert "'edad' = 'EDAD'" in bench.refusal(path, ["edad"])
    assert bench.read(path, ["sexo"]).values == {"sexo": [3]}


def test_columns_of_the_same_name_are_refused(bench):
    assert "'a' = 'a'" in bench.refusal(bench.file("a.csv", "a,b,a\n1,2,3\n"))


def test_too_many_columns_are_refused(bench):
    from cauce.sources import Limits

    path = bench.file("a.csv", SMALL)

    assert "2 columns; at most 1" in bench.refusal(path, limits=Limits(columns=1))
