"""Writing a checked expression as DuckDB SQL, from its tree and never from the user's text."""

from collections.abc import Mapping

from sqlglot import exp

from cauce.harmonise.expressions import is_token
from cauce.harmonise.language import CASTS, FORMS, NOT_ASKED
from cauce.model.errors import BadInput
from cauce.model.missing import Missing


def to_sql(expression: exp.Expr, names: Mapping[str, str] | None = None) -> str:
    """The SQL of a checked expression.

    Args:
        names: the column of the engine that stands for a name, unquoted; a name that is not in it
            stands for itself. Columns are always quoted.
    """
    return _sql(expression, names or {})


VALUE, WHY = "v:", "w:"
"""What the columns of a variable's value, and of the reason it has none, begin with."""


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """Text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def plain_text(sql: str) -> str:
    """SQL for a number as text, whole numbers without a decimal point: 1.0 is "1"."""
    return f"regexp_replace(CAST({sql} AS VARCHAR), '^(-?[0-9]+)\\.0$', '\\1')"


def value_part(expression: exp.Expr) -> exp.Expr:
    """The expression with NULL where it ends in a missing reason."""
    return expression.copy().transform(lambda node: exp.Null() if is_token(node) else node)


def reason_part(expression: exp.Expr) -> exp.Expr | None:
    """An expression for the number of the missing reason it ends in, NULL elsewhere.

    None if it never ends in one.
    """
    if not any(is_token(node) for node in expression.find_all(exp.Column)):
        return None
    return _reason(expression)


def _reason(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Paren):
        return _reason(node.this)
    if isinstance(node, exp.Case):
        branches = [
            exp.If(this=branch.this.copy(), true=_reason(branch.args["true"]))
            for branch in node.args["ifs"]
        ]
        default = node.args.get("default")
        end = None if default is None else _reason(default)
        subject = node.args.get("this")
        return exp.Case(this=subject and subject.copy(), ifs=branches, default=end)
    if is_token(node):
        return exp.Neg(this=exp.Literal.number(-Missing[node.name].value))
    return exp.Null()


def _sql(node: exp.Expr, names: Mapping[str, str]) -> str:
    if isinstance(node, exp.Column):
        return quoted(names.get(node.name, node.name))
    if isinstance(node, exp.Literal):
        return text_literal(node.name) if node.is_string else node.name
    if isinstance(node, exp.Boolean):
        return "TRUE" if node.this else "FALSE"
    if isinstance(node, exp.Null):
        return "NULL"
    if isinstance(node, exp.Anonymous):
        return _sql_of_not_asked(node, names)
    if isinstance(node, exp.Cast):
        return _sql_of_cast(node, names)
    if isinstance(node, exp.Case):
        return _sql_of_case(node, names)
    return _sql_of_form(node, names)


def _sql_of_not_asked(node: exp.Anonymous, names: Mapping[str, str]) -> str:
    """Whether a variable does not apply to the respondent; false of one with a value."""
    name = node.expressions[0].name
    column = names.get(name, name)
    if not column.startswith(VALUE):
        raise BadInput(
            f"{NOT_ASKED}({name}) asks why a variable has no value, and {name} is a column of the "
            "file. Make a variable of it that says which of its codes do not apply."
        )
    why = quoted(WHY + column.removeprefix(VALUE))
    return f"coalesce({why} = {int(Missing.NOT_APPLICABLE)}, FALSE)"


def _sql_of_form(node: exp.Expr, names: Mapping[str, str]) -> str:
    form = FORMS[type(node)]
    parts = {part: _sql_of_part(node.args.get(part), names) for part in form.parts}
    if "{" in form.sql:
        return form.sql.format(**parts)
    return f"{form.sql}({', '.join(part for part in parts.values() if part)})"


def _sql_of_part(value: exp.Expr | list[exp.Expr] | None, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    nodes = value if isinstance(value, list) else [value]
    return ", ".join(_sql(node, names) for node in nodes)


def _sql_of_case(node: exp.Case, names: Mapping[str, str]) -> str:
    subject = node.args.get("this")
    default = node.args.get("default")
    words = ["CASE", *([_sql(subject, names)] if subject is not None else [])]
    words.extend(
        f"WHEN {_sql(branch.this, names)} THEN {_sql(branch.args['true'], names)}"
        for branch in node.args["ifs"]
    )
    if default is not None:
        words.append(f"ELSE {_sql(default, names)}")
    return " ".join((*words, "END"))


def _sql_of_cast(node: exp.Cast, names: Mapping[str, str]) -> str:
    """What cannot be cast gives no value; numbers become text without a needless ".0"."""
    inner = _sql(node.this, names)
    target, kind = CASTS[node.args["to"].this]
    if kind == "text":
        return plain_text(inner)
    cast = f"TRY_CAST({inner} AS {target})"
    if target == "DOUBLE":
        for odd in ("nan", "inf", "-inf"):
            cast = f"nullif({cast}, CAST('{odd}' AS DOUBLE))"
    return cast
