"""What kind of value an expression gives: a number, text, or a flag (true or false)."""

from collections.abc import Iterable, Mapping
from typing import cast

from sqlglot import exp

from cauce.harmonise.expressions import is_token, is_usual
from cauce.harmonise.language import CASTS, FORMS, Kind
from cauce.model.errors import BadInput
from cauce.model.pack import Dictionary

_COLUMNS: Mapping[str, Kind] = {
    "integer": "number",
    "float": "number",
    "text": "text",
    "boolean": "flag",
}
_VARIABLES: Mapping[str, Kind] = {"code": "text", "number": "number", "flag": "flag"}
_WORDS = {"number": "a number", "text": "text", "flag": "true or false"}


def kind_of(expression: exp.Expr, kinds: Mapping[str, Kind], where: str) -> Kind:
    """The kind of a checked expression; "any" if only the data can tell.

    Args:
        kinds: the kind of every name; names that are not in it are of any kind.

    Raises:
        BadInput: kinds are mixed, as in adding text to a number.
    """
    try:
        return _kind(expression, kinds)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from error


def column_kind(held: str) -> Kind:
    """The kind of a column by what it holds in the file; dates are like nothing else."""
    return _COLUMNS.get(held, "any")


def variable_kinds(dictionary: Dictionary) -> dict[str, Kind]:
    """The kind every variable of the dictionary has in expressions."""
    return {name: _VARIABLES[variable.kind] for name, variable in dictionary.variables.items()}


def _kind(node: exp.Expr, kinds: Mapping[str, Kind]) -> Kind:
    if isinstance(node, exp.Column):
        return "any" if is_token(node) else kinds.get(node.name, "any")
    if isinstance(node, exp.Literal):
        return "text" if node.is_string else "number"
    if is_usual(node):
        return _kind(node.expressions[0], kinds)
    if isinstance(node, exp.Boolean | exp.Anonymous):
        return "flag"
    if isinstance(node, exp.Cast):
        _kind(node.this, kinds)
        return CASTS[node.args["to"].this][1]
    if isinstance(node, exp.Case):
        return _kind_of_case(node, kinds)
    return _kind_of_form(node, kinds)


def _kind_of_form(node: exp.Expr, kinds: Mapping[str, Kind]) -> Kind:
    form = FORMS[type(node)]
    same: list[tuple[exp.Expr, Kind]] = []
    for part, wanted in form.parts.items():
        if wanted in ("small", "null"):
            continue
        for child in _children(node, part):
            kind = _kind(child, kinds)
            if wanted == "same":
                same.append((child, kind))
            elif wanted not in (kind, "any") and kind != "any":
                raise BadInput(
                    f"{_show(child)} is {_WORDS[kind]} where {_show(node)} wants "
                    f"{_WORDS[wanted]}.{_advice(kind, wanted)}"
                )
    common = _common(same)
    return common if form.result == "same" else cast(Kind, form.result)


def _kind_of_case(node: exp.Case, kinds: Mapping[str, Kind]) -> Kind:
    subject = node.args.get("this")
    branches = node.args["ifs"]
    tests = [(branch.this, _kind(branch.this, kinds)) for branch in branches]
    if subject is not None:
        _common([(subject, _kind(subject, kinds)), *tests])
    else:
        for test, kind in tests:
            if kind not in ("flag", "any"):
                raise BadInput(f"{_show(test)} after WHEN is {_WORDS[kind]}, not true or false.")
    ends = [branch.args["true"] for branch in branches]
    if node.args.get("default") is not None:
        ends.append(node.args["default"])
    return _common((end, _kind(end, kinds)) for end in ends)


def _common(parts: Iterable[tuple[exp.Expr, Kind]]) -> Kind:
    """The one kind of all parts. Raises BadInput if there are two."""
    known = [(node, kind) for node, kind in parts if kind != "any"]
    for node, kind in known[1:]:
        first, its = known[0]
        if kind != its:
            raise BadInput(
                f"{_show(first)} is {_WORDS[its]} and {_show(node)} is {_WORDS[kind]}: they cannot "
                f"stand together.{_advice(its, kind)}"
            )
    return known[0][1] if known else "any"


def _children(node: exp.Expr, part: str) -> list[exp.Expr]:
    value = node.args.get(part)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _show(node: exp.Expr) -> str:
    text = node.sql(dialect="duckdb")
    return text if len(text) <= 60 else f"{text[:57]}…"


def _advice(a: str, b: str) -> str:
    if {a, b} == {"text", "number"}:
        return " Put codes of text columns in quotes, or write cast(… as double)."
    return ""
