"""The small SQL expression language as a table: every construct, what it takes and what it gives.

What is not in this table is not in the language. Kinds: number, text, flag (true or false); "any"
takes all of them; "same" says that all parts so marked are of one kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlglot import exp

from cauce.model.missing import Missing

Kind = Literal["number", "text", "flag", "any"]

NOT_ASKED = "not_applicable"
"""The one question about why a value is missing: whether it does not apply to the respondent."""

USUAL = "usual"
"""The code of one variable that most people with the same code of another have: a whole rule."""

TOKENS = frozenset(reason.name for reason in Missing)
"""The missing reasons an expression may end in."""


@dataclass(frozen=True)
class Form:
    """One construct: its parts with their kinds, the kind of its result, and its SQL.

    `sql` is the name of a function, or a template with the parts in braces. `optional` parts may be
    left out; `marks` are flags SQLGlot sets that must have just this value.
    """

    parts: Mapping[str, str]
    result: str
    sql: str
    optional: frozenset[str] = frozenset()
    marks: Mapping[str, bool] = field(default_factory=dict)


def _binary(kind: str, result: str, sql: str) -> Form:
    return Form({"this": kind, "expression": kind}, result, f"({{this}} {sql} {{expression}})")


def _function(name: str, kind: str, result: str) -> Form:
    return Form({"this": kind}, result, name)


def _cut(name: str) -> Form:
    return Form({"this": "text", "expression": "number"}, "text", name)


def _among(name: str) -> Form:
    parts = {"this": "same", "expressions": "same"}
    return Form(parts, "same", name, marks={"ignore_nulls": True})


FORMS: Mapping[type[exp.Expr], Form] = {
    exp.And: _binary("flag", "flag", "AND"),
    exp.Or: _binary("flag", "flag", "OR"),
    exp.Not: Form({"this": "flag"}, "flag", "(NOT {this})"),
    exp.EQ: _binary("same", "flag", "="),
    exp.NEQ: _binary("same", "flag", "<>"),
    exp.LT: _binary("same", "flag", "<"),
    exp.LTE: _binary("same", "flag", "<="),
    exp.GT: _binary("same", "flag", ">"),
    exp.GTE: _binary("same", "flag", ">="),
    exp.Is: Form({"this": "any", "expression": "null"}, "flag", "({this} IS NULL)"),
    exp.Between: Form(
        {"this": "same", "low": "same", "high": "same"}, "flag", "({this} BETWEEN {low} AND {high})"
    ),
    exp.In: Form({"this": "same", "expressions": "same"}, "flag", "({this} IN ({expressions}))"),
    exp.Add: _binary("number", "number", "+"),
    exp.Sub: _binary("number", "number", "-"),
    exp.Mul: _binary("number", "number", "*"),
    # Dividing by zero gives no value: the engine would say infinity, or stop.
    exp.Div: Form(
        {"this": "number", "expression": "number"}, "number", "({this} / nullif({expression}, 0))"
    ),
    exp.Mod: Form(
        {"this": "number", "expression": "number"}, "number", "({this} % nullif({expression}, 0))"
    ),
    exp.Neg: Form({"this": "number"}, "number", "(- {this})"),
    exp.Paren: Form({"this": "same"}, "same", "({this})"),
    exp.Coalesce: Form({"this": "same", "expressions": "same"}, "same", "coalesce"),
    exp.Nullif: Form({"this": "same", "expression": "same"}, "same", "nullif"),
    exp.Least: _among("least"),
    exp.Greatest: _among("greatest"),
    exp.Abs: _function("abs", "number", "number"),
    exp.Floor: _function("floor", "number", "number"),
    exp.Ceil: _function("ceil", "number", "number"),
    exp.Round: Form(
        {"this": "number", "decimals": "small"}, "number", "round", optional=frozenset({"decimals"})
    ),
    exp.Length: _function("length", "text", "number"),
    exp.Lower: _function("lower", "text", "text"),
    exp.Upper: _function("upper", "text", "text"),
    exp.Trim: _function("trim", "text", "text"),
    exp.Left: _cut("left"),
    exp.Right: _cut("right"),
    exp.Substring: Form(
        {"this": "text", "start": "number", "length": "number"},
        "text",
        "substr",
        optional=frozenset({"length"}),
    ),
    exp.Pad: Form(
        {"this": "text", "expression": "small", "fill_pattern": "text"},
        "text",
        "lpad",
        marks={"is_left": True},
    ),
}

SPECIAL: Mapping[type[exp.Expr], frozenset[str]] = {
    exp.Column: frozenset({"this"}),
    exp.Identifier: frozenset({"this", "quoted"}),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Boolean: frozenset({"this"}),
    exp.Case: frozenset({"this", "ifs", "default"}),
    exp.If: frozenset({"this", "true"}),
    exp.Cast: frozenset({"this", "to"}),
    exp.DataType: frozenset({"this"}),
    exp.Anonymous: frozenset({"this", "expressions"}),
}
"""Constructs with rules of their own, and the parts they may have."""

CASTS: Mapping[exp.DType, tuple[str, Kind]] = {
    exp.DType.INT: ("BIGINT", "number"),
    exp.DType.DOUBLE: ("DOUBLE", "number"),
    exp.DType.TEXT: ("VARCHAR", "text"),
    exp.DType.VARCHAR: ("VARCHAR", "text"),
}
"""What can be cast to: the engine's type and our kind."""

HAS = (
    "+ - * / %, comparisons, AND OR NOT, IS [NOT] NULL, BETWEEN, IN (…), CASE, coalesce, nullif, "
    "least, greatest, abs, round, floor, ceil, substr, left, right, length, lower, upper, trim, "
    "lpad, cast(… as integer|double|varchar), not_applicable(VARIABLE), "
    "usual(VARIABLE, GROUP)"
)
"""The language in one line, for messages."""
