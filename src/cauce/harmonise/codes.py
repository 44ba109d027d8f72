"""Codes written in expressions, held against the lists they must come from."""

from collections.abc import Iterator

from sqlglot import exp

from cauce.declare.words import did_you_mean
from cauce.harmonise.expressions import results
from cauce.model.errors import BadInput
from cauce.model.pack import Dictionary
from cauce.model.variable import Variable


def check_codes(
    expression: exp.Expr, dictionary: Dictionary, where: str, gives: Variable | None = None
) -> None:
    """Raises BadInput if a code is compared with a variable, or given, that its list has not.

    `STATUS = 'EPM'` is never true: without this it would publish a zero.
    """
    for variable, code in (*_compared(expression, dictionary), *_given(expression, gives)):
        codelist = dictionary.codelists.get(variable.codelist)
        known = {one.id for one in codelist.codes} if codelist else set()
        if codelist and code not in known:
            near = did_you_mean(code, known)
            raise BadInput(f"{where}: {variable.id} has no code {code!r}.{near}")


def _compared(expression: exp.Expr, dictionary: Dictionary) -> Iterator[tuple[Variable, str]]:
    """Every coded variable with each text it is said to be equal to, or not."""
    for node in expression.find_all(exp.EQ, exp.NEQ, exp.In):
        sides = [node.this, *node.args.get("expressions", ()), node.args.get("expression")]
        names = {name for side in sides if side is not None for name in _coded(side)}
        codes = [side.name for side in sides if isinstance(side, exp.Literal) and side.is_string]
        for name in names:
            variable = dictionary.variables.get(name)
            if variable is not None and variable.kind == "code":
                yield from ((variable, code) for code in codes)


def _coded(side: exp.Expr) -> Iterator[str]:
    """The variable a side is: by itself, or with another value where it has none."""
    if isinstance(side, exp.Column):
        yield side.name
    elif isinstance(side, exp.Coalesce):
        yield from _coded(side.this)


def _given(expression: exp.Expr, gives: Variable | None) -> Iterator[tuple[Variable, str]]:
    """Every text a rule of a coded variable ends in."""
    if gives is not None and gives.kind == "code":
        for end in results(expression):
            if isinstance(end, exp.Literal) and end.is_string:
                yield gives, end.name
