"""One text for every engine: what it asks, and what is refused rather than carried over."""

from dataclasses import replace

import duckdb
import pytest

from cauce.harmonise import (
    CubeScore,
    CubeSource,
    Digits,
    digits_sql,
    domain_sql,
    fractions_sql,
    psus_sql,
    sums_sql,
    written,
)
from cauce.model.errors import BadInput

KINDS = {"n": "integer", "f": "float", "t": "text", "b": "boolean"}
SOURCE = CubeSource(
    with_sql="",
    relation="source",
    stratum='"s"',
    psu='"p"',
    weight='"w"',
    fpc='"f"',
    classifiers=('"g"',),
    scores=(
        CubeScore("y IS NOT NULL", "y IS NULL", "CAST(y AS DOUBLE)"),
        CubeScore("y IS NOT NULL", "FALSE", "CAST(y AS DOUBLE)", "CAST(x AS DOUBLE)"),
        CubeScore("y IS NOT NULL", "FALSE", "CAST(y > 1 AS DOUBLE)", "", True),
    ),
)
ROWS = """
CREATE TABLE source AS SELECT * FROM (VALUES
    (1, 'a', 1.5, 4.0, 'm', 2.25, 2), (1, 'a', 2.0, 4.0, 'w', NULL, 1),
    (1, 'b', 0.5, 4.0, 'm', 1, 3)
) AS t(s, p, w, f, g, y, x)
"""


@pytest.fixture
def ask():
    """The rows of an answer, as dictionaries."""
    connection = duckdb.connect()
    connection.execute(ROWS)

    def run(text: str) -> list[dict[str, object]]:
        return connection.sql(written(text, "duckdb", KINDS)).to_arrow_table().to_pylist()

    yield run
    connection.close()


def test_the_psus_have_their_strata_and_the_range_of_their_fpc(ask) -> None:
    rows = sorted(ask(psus_sql(SOURCE)), key=lambda row: row["c"])
    assert [(row["h"], row["c"], row["f_low"], row["people"]) for row in rows] == [
        (1, "a", 4.0, 2),
        (1, "b", 4.0, 1),
    ]


def test_a_survey_without_strata_or_fpc_has_one_stratum_and_no_fpc(ask) -> None:
    rows = ask(psus_sql(replace(SOURCE, stratum="", fpc="")))
    assert {(row["h"], row["f_low"], row["f_none"]) for row in rows} == {(0, None, 2), (0, None, 1)}


def test_digits_are_counted_and_no_number_is_told(ask) -> None:
    (row,) = ask(digits_sql(SOURCE))
    assert (row["people"], row["w_none"], row["w_nil"], row["w_digits"]) == (3, 0, 0, 1)
    assert [row[f"w_more{decimals}"] for decimals in range(3)] == [2, 0, 0]
    assert [row[f"y0_more{decimals}"] for decimals in range(4)] == [1, 1, 0, 0]
    assert (row["n0"], row["m0"], row["b0"], row["b1"], row["b2"]) == (2, 1, 1, 1, 0)
    assert row["w_loss0"] == pytest.approx(1)
    assert "y2_digits" not in row


def test_sums_by_hand(ask) -> None:
    """In tenths and hundredths: men of PSU a have 15 x 225, and 15 x 225 x 225."""
    digits = Digits(3, (1, 2), ((2, 3), (2, 3), (0, 1)), ((0, 1), (0, 1), (0, 1)))
    rows = ask(sums_sql(SOURCE, digits, [(), (0,)]))
    men = next(r for r in rows if r["c"] == "a" and r["d0"] == "m" and r["g0"] == 0)
    assert (men["sw0"], men["sy0"], men["syy0"], men["n0"]) == (15, 15 * 225, 15 * 225 * 225, 1)
    assert (men["sx1"], men["syx1"], men["sxx1"]) == (15 * 2, 15 * 225 * 2, 15 * 4)
    assert (men["sw2"], men["sy2"], men["k2"]) == (15, 15, 1)
    women = next(r for r in rows if r["c"] == "a" and r["d0"] == "w")
    assert (women["n0"], women["m0"], women["sy0"]) == (0, 1, 0)
    assert len([r for r in rows if r["g0"] == 1]) == 2


@pytest.mark.parametrize(
    ("wide", "words"), [(3, "* CAST(y0 AS INT128"), (9, "CAST(w * y0"), (1, "w * y0")]
)
def test_products_are_as_wide_as_they_need_be(wide: int, words: str) -> None:
    own = {3: (15, 15), 9: (8, 9), 1: (2, 3)}[wide]
    digits = Digits(10**6, (0, own[0]), ((0, own[1]),), ((0, 1),))
    source = replace(SOURCE, scores=(replace(SOURCE.scores[0], binary=True),))
    text = written(sums_sql(source, digits, [()]), "duckdb", KINDS)
    assert words in text
    assert ("INT128" in text) is (wide != 1)


def test_the_domain_has_the_codes_of_who_is_in_it(ask) -> None:
    rows = ask(domain_sql(SOURCE))
    assert sorted((row["d0"], row["people"]) for row in rows) == [("m", 2), ("w", 1)]
    everyone = replace(SOURCE, classifiers=(), with_sql="WITH own AS (SELECT * FROM source)")
    assert ask(domain_sql(replace(everyone, relation="own"))) == [{"people": 3}]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ('"a" / "b"', "CAST(`a` AS DOUBLE) / CAST(`b` AS DOUBLE)"),
        ('CAST("a" AS DOUBLE) / "b"', "CAST(`a` AS DOUBLE) / CAST(`b` AS DOUBLE)"),
        ('TRY_CAST("c:f" AS DOUBLE)', "CAST(`c:f` AS DOUBLE)"),
        ('TRY_CAST(("n") AS BIGINT)', "CAST((`n`) AS BIGINT)"),
        (
            r"""regexp_replace(CAST("c:f" AS VARCHAR), '^(-?[0-9]+)\.0$', '\1')""",
            "CAST(CAST(`c:f` AS BIGINT) AS STRING)",
        ),
        ("round(x)", "ROUND(x)"),
        ("substr(t, 2, 3)", "SUBSTRING(t, 2, 3)"),
        ("CAST(SUM(CAST(a AS INT128)) AS DECIMAL(38, 0))", "SUM(CAST(a AS DECIMAL(38, 0)))"),
    ],
)
def test_what_means_something_else_is_written_another_way(ours: str, theirs: str) -> None:
    assert theirs in written(f"SELECT {ours}", "spark", KINDS)


def test_text_is_a_number_only_where_every_engine_says_so() -> None:
    text = written('SELECT TRY_CAST("t" AS DOUBLE)', "spark", KINDS)
    assert "CASE WHEN TRIM(`t`) RLIKE" in text


@pytest.mark.parametrize(
    ("ours", "named"),
    [
        ("round(x, 2)", r"round\(…\) to decimals"),
        ("lower(t)", r"lower\(…\)"),
        ("substr(t, 0, 2)", r"substring\(…\) from anything but"),
        ("left(t, -1)", r"left\(…\) from anything but"),
        ("TRY_CAST(a + 1 AS BIGINT)", r"cast\(… as bigint\)"),
        ("TRY_CAST(t AS BIGINT)", r"cast\(… as bigint\)"),
        ("regexp_replace(t, 'a', 'b')", r"cast\(… as varchar\)"),
        ("a ^ 2", "pow"),
        ("count(*) OVER ()", "window"),
    ],
)
def test_what_cannot_be_carried_over_is_refused_by_name(ours: str, named: str) -> None:
    with pytest.raises(BadInput, match=named):
        written(f"SELECT {ours}", "spark", KINDS)


PLAIN = r"regexp_replace(CAST({} AS VARCHAR), '^(-?[0-9]+)\.0$', '\1')"


@pytest.mark.parametrize("use", ["length({})", "{} < 'b'", "{} = '1.5'"])
def test_columns_whose_numbers_are_looked_into_as_words_are_asked_for_fractions(use: str) -> None:
    words = use.format(PLAIN.format('"c:f"'))
    found = fractions_sql(f"""SELECT {words}, {PLAIN.format('"c:n"')}""", KINDS)
    assert list(found) == ["f"]
    assert found["f"].startswith('SELECT COUNT(*) AS people FROM source WHERE "f" <> FLOOR("f")')


def test_words_that_are_compared_with_whole_numbers_may_be_fractions() -> None:
    assert fractions_sql(f"""SELECT {PLAIN.format('"c:f"')} = '2'""", KINDS) == {}
