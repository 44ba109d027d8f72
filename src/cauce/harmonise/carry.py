"""A text of DuckDB written for another engine, or refused by the name of what it cannot have.

The tree is walked against a table of what means the same on both. What means something else is
written another way where there is one, and refused where there is none: nothing is carried over in
the hope that it will do.
"""

import re
from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp

from cauce.harmonise.values import COLUMN
from cauce.model.errors import BadInput

DIALECTS = ("duckdb", "spark")

SAME: tuple[type[exp.Expr], ...] = (
    exp.Abs, exp.Alias, exp.Anonymous, exp.And, exp.Between, exp.Boolean, exp.Case, exp.Ceil,
    exp.Coalesce, exp.Column, exp.ColumnDef, exp.Count, exp.CTE, exp.DataType, exp.DataTypeParam,
    exp.EQ, exp.Floor, exp.From, exp.GT, exp.GTE, exp.Greatest, exp.Group, exp.Grouping,
    exp.GroupingSets, exp.Identifier, exp.If, exp.In, exp.Is, exp.LT, exp.LTE, exp.Least,
    exp.Length, exp.Literal, exp.Max, exp.Min, exp.Mod, exp.Mul, exp.NEQ, exp.Neg, exp.Not,
    exp.Null, exp.Nullif, exp.Or, exp.Pad, exp.Paren, exp.Add, exp.Select, exp.Star, exp.Sub,
    exp.Sum, exp.Table, exp.TableAlias, exp.Trim, exp.Tuple, exp.Where, exp.With,
)  # fmt: skip
"""What means the same everywhere."""

PLAIN_NUMBER = r"'^(-?[0-9]+)\.0$'"
NUMBER = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"
"""Text that is a number on every engine; some also take 1_000, 0x10 or 1d."""


def written(text: str, dialect: str, columns: Mapping[str, str]) -> str:
    """A text of ours for DuckDB in the words of a dialect.

    Args:
        columns: the columns of the source and what they hold: "integer", "float", "text",
            "boolean" or "date".

    Raises:
        BadInput: something in it means another thing there, or nothing; it is named.
    """
    tree = sqlglot.parse_one(text, read="duckdb")
    if dialect == "duckdb":
        return tree.sql(dialect=dialect)
    return tree.transform(lambda node: _carried(node, columns)).sql(dialect=dialect)


def _carried(node: exp.Expr, columns: Mapping[str, str]) -> exp.Expr:
    if type(node) in READ:
        return READ[type(node)](node, columns)
    if type(node) in CARRIED:
        return CARRIED[type(node)](node)
    if not isinstance(node, SAME):
        raise _refusal(_name(node))
    return node


def _cast(node: exp.Expr) -> exp.Expr:
    """Whole numbers of 128 bits are decimals elsewhere."""
    to = node.args["to"]
    if to.this == exp.DType.INT128:
        node.set("to", exp.DataType.build("DECIMAL(38, 0)"))
    return node


def _try_cast(node: exp.Expr, columns: Mapping[str, str]) -> exp.Expr:
    """Engines read numbers from text in their own ways, and cut or round fractions."""
    kind, to = _kind(node.this, columns), node.args["to"].this
    double = exp.DataType.build("DOUBLE")
    if to == exp.DType.DOUBLE and kind in ("integer", "float", "boolean"):
        return exp.Cast(this=node.this, to=double)
    if to == exp.DType.DOUBLE and kind == "text":
        trimmed = exp.Trim(this=node.this.copy())
        is_number = exp.RegexpLike(this=trimmed, expression=exp.Literal.string(NUMBER))
        number = exp.Cast(this=trimmed.copy(), to=double)
        return exp.Case(ifs=[exp.If(this=is_number, true=number)])
    if to == exp.DType.BIGINT and kind == "integer":
        return exp.Cast(this=node.this, to=exp.DataType.build("BIGINT"))
    raise _refusal(f"cast(… as {to.name.lower()}) of what is no column of numbers")


def _text_of_number(node: exp.Expr, columns: Mapping[str, str]) -> exp.Expr:
    """A number as text: whole ones everywhere alike; `fractions` finds those that are not."""
    inner = node.this.this if isinstance(node.this, exp.Cast) else node.this
    ours = node.args["expression"].sql(dialect="duckdb") == PLAIN_NUMBER
    kind = _kind(inner, columns)
    if not ours or kind not in ("integer", "float"):
        raise _refusal("cast(… as varchar) of what is no column of numbers")
    text = exp.DataType.build("VARCHAR")
    digits = exp.Cast(this=inner.copy(), to=exp.DataType.build("BIGINT"))
    whole = exp.EQ(this=inner.copy(), expression=exp.Floor(this=inner.copy()))
    return exp.Case(
        ifs=[exp.If(this=whole, true=exp.Cast(this=digits, to=text))],
        default=exp.Cast(this=inner.copy(), to=text.copy()),
    )


def _divided(node: exp.Expr) -> exp.Expr:
    """A quotient is a floating number, as it is in DuckDB, and no decimal."""
    for part in ("this", "expression"):
        if not _is_double(node.args[part]):
            double = exp.DataType.build("DOUBLE")
            node.set(part, exp.Cast(this=node.args[part], to=double))
    return node


def _is_double(node: exp.Expr) -> bool:
    return isinstance(node, exp.Cast) and node.args["to"].this == exp.DType.DOUBLE


def _rounded(node: exp.Expr) -> exp.Expr:
    """Engines round fractions of a unit from different digits; whole numbers from the same."""
    if node.args.get("decimals") is not None:
        raise _refusal("round(…) to decimals")
    return node


def _cut(node: exp.Expr) -> exp.Expr:
    """The first characters count from 1; what counts from 0 or from the end differs."""
    for part, least in (("expression", 0), ("start", 1), ("length", 0)):
        value = node.args.get(part)
        if value is not None and not (
            isinstance(value, exp.Literal) and value.name.isdigit() and int(value.name) >= least
        ):
            raise _refusal(f"{_name(node)} from anything but a plain number of characters")
    return node


def _kind(node: exp.Expr, columns: Mapping[str, str]) -> str:
    """What a column of the source holds, "" if the node is none."""
    while isinstance(node, exp.Paren):
        node = node.this
    if not isinstance(node, exp.Column):
        return ""
    return columns.get(node.name.removeprefix(COLUMN), "")


CARRIED: Mapping[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Cast: _cast,
    exp.Div: _divided,
    exp.Round: _rounded,
    exp.Left: _cut,
    exp.Right: _cut,
    exp.Substring: _cut,
}
"""What is written another way, or looked at."""

READ: Mapping[type[exp.Expr], Callable[[exp.Expr, Mapping[str, str]], exp.Expr]] = {
    exp.TryCast: _try_cast,
    exp.RegexpReplace: _text_of_number,
}
"""What is written another way by what a column holds."""


LOOKED_INTO = (
    exp.Length, exp.Left, exp.Right, exp.Substring, exp.Pad, exp.LT, exp.LTE, exp.GT, exp.GTE,
    exp.Between, exp.Least, exp.Greatest,
)  # fmt: skip
"""What asks more of a text than whether it is the same as another."""
FRACTION = re.compile(r"-?[0-9]*\.[0-9]+")


def fractions_sql(text: str, columns: Mapping[str, str]) -> dict[str, str]:
    """For columns of numbers a text uses as words, how many respondents have a fraction.

    The words of fractions differ from engine to engine: whoever is asked must find none, unless
    the words are only compared with others that are none.
    """
    tree = sqlglot.parse_one(text, read="duckdb")
    literals = [one.name for one in tree.find_all(exp.Literal) if one.is_string]
    every = any(FRACTION.fullmatch(word) for word in literals)
    found = {}
    for node in tree.find_all(exp.RegexpReplace):
        if not (every or node.find_ancestor(*LOOKED_INTO)):
            continue
        for column in node.find_all(exp.Column):
            name = column.name.removeprefix(COLUMN)
            if columns.get(name) == "float":
                quoted = '"' + name.replace('"', '""') + '"'
                found[name] = (
                    f"SELECT COUNT(*) AS people FROM source WHERE {quoted} <> FLOOR({quoted}) "
                    f"OR ABS({quoted}) >= 1e15"
                )
    return found


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Func):
        return f"{node.sql_name().lower()}(…)"
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(node).__name__).lower()


def _refusal(name: str) -> BadInput:
    return BadInput(
        f"{name} means something else on this engine, or nothing: it is not carried over. Write "
        "the rule another way, or use --engine local."
    )
