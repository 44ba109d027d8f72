"""The little language: what it has works, and everything else is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.harmonise import check_expression, to_sql
from cauce.harmonise.expressions import names_in, parse_expression
from cauce.harmonise.kinds import kind_of
from cauce.model.errors import BadInput

NAMES = {"a", "b", "SEX", "odd name"}


def sql(text: str) -> str:
    return to_sql(check_expression(text, NAMES, "--where"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1", '("a" = 1)'),
        ("a <> 1 AND NOT b", '(("a" <> 1) AND (NOT "b"))'),
        ("a IS NULL", '("a" IS NULL)'),
        ("a IS NOT NULL", '(NOT ("a" IS NULL))'),
        ("a IN (1, 2)", '("a" IN (1, 2))'),
        ("a BETWEEN 1 AND 2", '("a" BETWEEN 1 AND 2)'),
        ("a / b", '("a" / nullif("b", 0))'),
        ("a % 2", '("a" % nullif(2, 0))'),
        ("-a", '(- "a")'),
        ("coalesce(a, b, 0)", 'coalesce("a", "b", 0)'),
        ("substr(SEX, 1, 1)", 'substr("SEX", 1, 1)'),
        ("substr(SEX, 2)", 'substr("SEX", 2)'),
        ("round(a, 2)", 'round("a", 2)'),
        ("round(a)", 'round("a")'),
        ("least(a, b)", 'least("a", "b")'),
        ("TRUE", "TRUE"),
        ("FALSE", "FALSE"),
        ("SEX = 'O''Neil'", "(\"SEX\" = 'O''Neil')"),
        ('"odd name" > 1', '("odd name" > 1)'),
        ("CASE WHEN a = 1 THEN 2 ELSE 3 END", 'CASE WHEN ("a" = 1) THEN 2 ELSE 3 END'),
        ("CASE a WHEN 1 THEN 2 END", 'CASE "a" WHEN 1 THEN 2 END'),
    ],
)
def test_what_the_language_has_becomes_sql_with_quoted_names(text: str, expected: str) -> None:
    assert sql(text) == expected


def test_casts_give_no_value_where_they_cannot() -> None:
    assert sql("cast(SEX as integer)") == 'TRY_CAST("SEX" AS BIGINT)'
    assert "nullif" in sql("cast(SEX as double)")
    assert "regexp_replace" in sql("cast(a as varchar)")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a; DROP TABLE x",
        "a -- comment",
        "a /* comment */",
        "SELECT 1",
        "(SELECT a)",
        "read_csv('/etc/passwd')",
        "getenv('HOME')",
        "a || b",
        "a ^ 2",
        "sum(a) OVER ()",
        "count(*)",
        "*",
        "?",
        "$1",
        "t.a",
        "a::varchar[]",
        "cast(a as date)",
        "CAST(a AS STRUCT(x INT))",
        "NULL",
        "a IS TRUE",
        "if(a = 1, 2, 3)",
        "if(a = 1, 2)",
        "a = 1e999",
        "round(a, 1000)",
        "lpad(SEX, 999999, '0')",
        "rpad(SEX, 3, '0')",
        "a IN (SELECT b)",
        "EXISTS (SELECT 1)",
        "a = ",
        "'unclosed",
        "a\x00b",
        "x" * 20_000,
        "(" * 3000 + "a" + ")" * 3000,
        "NOT_STATED",
        "CASE WHEN a = 1 THEN NOT_STATED END",
        "nothing = 1",
        "lambda x: x",
        "{'a': 1}",
        "[1, 2]",
        "a.b.c.d",
        "INTERVAL 1 DAY",
        "a = ALL (1)",
        "trim(LEADING 'x' FROM SEX)",
        "a COLLATE nocase = 1",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_expression(text, NAMES, "--where")
    assert str(caught.value).startswith("--where")


def test_what_the_parser_takes_for_no_expression_is_refused(monkeypatch) -> None:
    monkeypatch.setattr("cauce.harmonise.expressions.sqlglot.parse", lambda *_, **__: [None])
    with pytest.raises(BadInput, match="second statement"):
        check_expression("no_expression_at_all", NAMES, "--where")


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean SEX"):
        check_expression("SX = 1", NAMES, "--where")


def test_a_missing_reason_stands_alone_as_the_end_of_a_case() -> None:
    parse_expression("CASE WHEN a = 1 THEN (NOT_STATED) ELSE REFUSED END", "x")
    with pytest.raises(BadInput, match="must stand alone"):
        parse_expression("CASE WHEN a = 1 THEN NOT_STATED + 1 END", "x")
    with pytest.raises(BadInput, match="must stand alone"):
        parse_expression("NOT_STATED", "x")


def test_names_come_once_in_the_order_they_are_written() -> None:
    assert names_in(parse_expression("b + a + b + CASE WHEN SEX = 1 THEN 1 END", "x")) == (
        "b",
        "a",
        "SEX",
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a + 1", "number"),
        ("round(a, 2)", "number"),
        ("round(a)", "number"),
        ("substr(SEX, 2)", "text"),
        ("a IS NULL", "flag"),
        ("SEX = 'M'", "flag"),
        ("substr(SEX, 1, 1)", "text"),
        ("CASE WHEN a > 1 THEN 'x' ELSE NOT_STATED END", "text"),
        ("CASE a WHEN 1 THEN 2 END", "number"),
        ("unknown", "any"),
        ("coalesce(unknown, 1)", "number"),
        ("(TRUE)", "flag"),
        ("cast(SEX as double)", "number"),
        ("CASE WHEN a > 1 THEN NOT_STATED END", "any"),
    ],
)
def test_the_kind_of_an_expression_is_known(text: str, kind: str) -> None:
    assert kind_of(parse_expression(text, "x"), {"a": "number", "SEX": "text"}, "x") == kind


@pytest.mark.parametrize(
    "text",
    [
        "a + SEX",
        "a = SEX",
        "SEX AND TRUE",
        "CASE WHEN a THEN 1 END",
        "CASE WHEN a > 1 THEN 1 ELSE 'x' END",
        "CASE a WHEN 'x' THEN 1 END",
        "NOT a",
        "length(a)",
        f"length({'a + ' * 40} a)",
    ],
)
def test_mixed_kinds_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"^x: "):
        kind_of(parse_expression(text, "x"), {"a": "number", "SEX": "text"}, "x")


@given(st.text(max_size=60))
def test_no_text_at_all_crashes_the_reader(text: str) -> None:
    try:
        found = sql(text)
    except BadInput:
        return
    assert ";" not in found.replace("';'", "")


@given(
    st.recursive(
        st.sampled_from(["a", "b", "1", "2.5", "'x'", "TRUE", "SEX"]),
        lambda inner: (
            st.builds(
                "{}{}{}".format,
                inner,
                st.sampled_from([" + ", " = ", " AND ", "(", " ", ","]),
                inner,
            )
            | st.builds("({})".format, inner)
            | st.builds(
                "{}({})".format, st.sampled_from(["abs", "lower", "system", "query", "glob"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_only_functions_of_the_language_pass(text: str) -> None:
    try:
        found = sql(text)
    except BadInput:
        return
    for word in ("system", "query", "glob"):
        assert word not in found
