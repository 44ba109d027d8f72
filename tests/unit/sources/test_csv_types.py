"""What a column of text becomes."""

import pytest


def column(bench, values, **csv):
    lines = ["x|y"] + [f"{value}|1" for value in values]
    path = bench.file("types.csv", "\n".join(lines))
    table = bench.read(path, ["x"], delimiter="|", **csv)
    return table.kinds["x"], table.values["x"]


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (["1", "", " 2 "], "integer", [1, None, 2]),
        (["-3", "0", "-0"], "integer", [-3, 0, 0]),
        (["1.5", "2", ".5", "1.", "2e3"], "float", [1.5, 2.0, 0.5, 1.0, 2000.0]),
        (["1.0", "2.00"], "integer", [1, 2]),
        (["01", "2"], "text", ["01", "2"]),
        (["0.5", "00.5"], "text", ["0.5", "00.5"]),
        (["1", "NA"], "text", ["1", "NA"]),
        (["1", "NaN"], "text", ["1", "NaN"]),
        (["1", "inf"], "text", ["1", "inf"]),
        (["1.5", "1e400"], "text", ["1.5", "1e400"]),
        (["1", "+1"], "text", ["1", "+1"]),
        (["1", "0x1F"], "text", ["1", "0x1F"]),
        (["1", "1_0"], "text", ["1", "1_0"]),
        (["1", "12345678901234567890"], "text", ["1", "12345678901234567890"]),
        (["999999999999999999"], "integer", [999999999999999999]),
        (["", " "], "text", [None, None]),
        (["true", "false"], "text", ["true", "false"]),
        (["2024-07-01"], "text", ["2024-07-01"]),
        (["٣"], "text", ["٣"]),
    ],
)
def test_a_column_is_numbers_only_if_every_value_is(bench, values, kind, expected):
    assert column(bench, values) == (kind, expected)


def test_the_last_of_many_values_decides_too(bench):
    kind, values = column(bench, [str(n) for n in range(50_000)] + ["A1"])

    assert kind == "text"
    assert values[-1] == "A1"
    assert values[0] == "0"


def test_a_decimal_comma_makes_floats(bench):
    assert column(bench, ["1,5", "-2,25", "3"], decimal=",") == ("float", [1.5, -2.25, 3.0])


def test_among_words_decimal_commas_become_points(bench):
    kind, values = column(bench, ["1,5", "NA", "#NULL!", "3"], decimal=",")

    assert (kind, values) == ("text", ["1.5", "NA", "#NULL!", "3"])


def test_lists_of_answers_keep_their_commas(bench):
    kind, values = column(bench, ["1,5", "1,2,3"], decimal=",")

    assert (kind, values) == ("text", ["1,5", "1,2,3"])


@pytest.mark.parametrize(
    ("values", "decimal"),
    [
        (["1,234", "12"], "."),
        (["1,234.5", "12.5"], "."),
        (["1.234,5", "12,5"], ","),
        (["1.234", "12,5"], ","),
        (["1 234", "12"], "."),
        (["1\u00a0234", "12"], ","),
        (["1'234'567", ""], "."),
    ],
)
def test_thousands_separators_are_refused_not_guessed(bench, values, decimal):
    lines = ["x|y"] + [f"{value}|1" for value in values]
    path = bench.file("a.csv", "\n".join(lines))

    message = bench.refusal(path, delimiter="|", decimal=decimal)

    assert "column x: 1 distinct values look like numbers with thousands separators" in message
    assert "1.234" not in message


def test_codes_with_dots_are_no_thousands(bench):
    assert column(bench, ["01.1", "A.123", "1.234"], decimal=",")[0] == "text"
