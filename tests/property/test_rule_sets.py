"""What is said of two rules holds for every record an engine can be given."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.harmonise.contradictions import rule_faults
from cauce.harmonise.expressions import parse_expression
from cauce.harmonise.sql import to_sql
from cauce.model.codelist import Code, Codelist
from cauce.model.pack import Dictionary
from cauce.model.place import Place
from cauce.model.text import Text
from cauce.model.validation import ValidationRule
from cauce.model.variable import Variable

T = Text("x", "x")
DICTIONARY = Dictionary(
    {
        "A": Variable("A", T, "number"),
        "B": Variable("B", T, "number"),
        "C": Variable("C", T, "code", "CL_C"),
        "F": Variable("F", T, "flag"),
    },
    {"CL_C": Codelist("CL_C", T, tuple(Code(code, T) for code in "xyz"))},
    {},
)
GRID = "SELECT n / 2.0 AS n FROM range(-1, 8) AS t(n) UNION ALL SELECT NULL"
RECORDS = (
    "CREATE TABLE r AS SELECT a.n AS A, b.n AS B, C, F FROM (GRID) a, (GRID) b, "
    "(VALUES (NULL), ('x'), ('y'), ('z')) c(C), (VALUES (NULL), (TRUE), (FALSE)) f(F)"
).replace("GRID", GRID)

numbers = st.sampled_from(["A", "B", "0", "1", "2", "3"])
compared = st.builds(
    "{} {} {}".format, numbers, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), numbers
)
atoms = st.one_of(
    compared,
    st.builds("A BETWEEN {} AND {}".format, numbers, numbers),
    st.sampled_from(["C = 'x'", "C <> 'y'", "C IN ('x', 'z')", "F", "C IS NULL", "B IS NOT NULL"]),
)
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("(NOT {})".format, inner),
    ),
    max_leaves=4,
)
rules = st.tuples(st.one_of(st.just(""), atoms), expressions)


@pytest.fixture(scope="module")
def engine():
    with duckdb.connect() as connection:
        connection.execute(RECORDS)
        yield connection


def rule(name: str, told: tuple[str, str]) -> ValidationRule:
    return ValidationRule(name, T, "us", "error", told[1], told[0], Place("x", 1))


def sql(text: str) -> str:
    return to_sql(parse_expression(text or "TRUE", "x"))


@settings(max_examples=60)
@given(first=rules, second=rules)
def test_what_is_found_holds_for_every_record(engine, first, second) -> None:
    found = rule_faults([rule("first", first), rule("second", second)], DICTIONARY)
    fails = {
        n: f"({sql(r[0])} AND NOT {sql(r[1])})" for n, r in zip("ab", (first, second), strict=True)
    }
    passes = {
        n: f"({sql(r[0])} AND {sql(r[1])})" for n, r in zip("ab", (first, second), strict=True)
    }

    def nobody(condition: str) -> bool:
        return not engine.table("r").filter(condition).limit(1).fetchall()

    if found.contradictions:
        alone = [f"{passes[p]} AND ({fails[f]}) IS NOT TRUE" for p, f in ("ab", "ba")]
        assert nobody(alone[0]) or nobody(alone[1])
    for one, other in found.implied:
        names = {"first": "a", "second": "b"}
        assert nobody(f"{fails[names[one]]} AND ({fails[names[other]]}) IS NOT TRUE")
    for name, key in (("first", "a"), ("second", "b")):
        assert name not in found.never_pass or nobody(passes[key])
        assert name not in found.never_fail or nobody(fails[key])
