"""Reading an expression and refusing everything that is not in the language."""

import math
import re
from collections.abc import Collection, Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from cauce.declare.words import did_you_mean
from cauce.harmonise.language import CASTS, FORMS, HAS, NOT_ASKED, SPECIAL, TOKENS, USUAL
from cauce.model.errors import BadInput

MAX_LENGTH = 10_000
MAX_SMALL = 100

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_FORBIDDEN = {"--": "a comment (--)", "/*": "a comment (/*)", ";": "a second statement (;)"}
_NUMBER = re.compile(r"\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAMES = {
    exp.Subquery: "a subquery",
    exp.Select: "a statement",
    exp.Window: "a window (OVER)",
    exp.Star: "*",
    exp.DPipe: "||",
    exp.Pow: "a power",
    exp.Null: "NULL outside IS [NOT] NULL",
    exp.Placeholder: "a parameter",
}


def check_expression(text: str, names: Collection[str], where: str) -> exp.Expr:
    """The expression, if it uses the language and these names only.

    Args:
        text: as the user wrote it.
        names: the columns or variables it may use, spelt as they are.
        where: begins the message of an error: a file and line, or the name of a flag.

    Raises:
        BadInput: it cannot be read, or something in it is not allowed; named, with the nearest
            known name.
    """
    expression = parse_expression(text, where)
    refuse_tokens(expression, where)
    check_names(expression, names, where)
    return expression


def check_names(expression: exp.Expr, names: Collection[str], where: str) -> None:
    """Raises BadInput if the expression names what is not there."""
    for name in names_in(expression):
        if name not in names:
            raise BadInput(f"{where}: there is no {name}.{did_you_mean(name, names)}")


def parse_expression(text: str, where: str) -> exp.Expr:
    """The expression, checked against the table of the language; its names are not looked up.

    Missing reasons are let through where they are the result of a CASE.
    """
    try:
        return _parsed(text)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from error
    except RecursionError as error:
        raise BadInput(f"{where}: the expression is nested too deeply. Split it.") from error


@lru_cache(maxsize=4096)
def _parsed(text: str) -> exp.Expr:
    """The checked tree of a text; read a thousand times by a catalogue, and changed by nobody."""
    expression = _read(text)
    for node in _walk(expression):
        _check(node)
    _check_tokens(expression)
    if any(is_usual(node) and node is not expression for node in expression.walk()):
        raise BadInput(f"{USUAL}(…) must be the whole rule of a variable.")
    return expression


def names_in(expression: exp.Expr) -> tuple[str, ...]:
    """The columns and variables used, each once, in the order they are written."""
    found = (column.name for column in expression.find_all(exp.Column, bfs=False))
    return tuple(dict.fromkeys(name for name in found if name not in TOKENS))


def is_token(node: exp.Expr) -> bool:
    """Whether a node is a missing reason, such as NOT_STATED."""
    return isinstance(node, exp.Column) and not node.this.args["quoted"] and node.name in TOKENS


def results(expression: exp.Expr) -> Iterator[exp.Expr]:
    """The nodes that can be the value of the whole expression: itself, or the ends of its CASE."""
    if isinstance(expression, exp.Paren):
        yield from results(expression.this)
    elif isinstance(expression, exp.Case):
        for branch in expression.args["ifs"]:
            yield from results(branch.args["true"])
        if expression.args.get("default") is not None:
            yield from results(expression.args["default"])
    else:
        yield expression


def refuse_tokens(expression: exp.Expr, where: str) -> None:
    """Raises BadInput if a missing reason is used where only values make sense."""
    found = [node.name for node in expression.find_all(exp.Column) if is_token(node)]
    if found:
        raise BadInput(f"{where}: {found[0]} is a missing reason; only [derive.…] can give one.")


def _read(text: str) -> exp.Expr:
    if not text.strip():
        raise BadInput("the expression is empty.")
    if len(text) > MAX_LENGTH:
        raise BadInput(f"the expression has {len(text):,} characters; at most {MAX_LENGTH:,}.")
    if _CONTROL.search(text):
        raise BadInput("the expression holds a control character.")
    outside = _QUOTED.sub("", text)
    for sign, name in _FORBIDDEN.items():
        if sign in outside:
            raise BadInput(_refusal(name))
    try:
        statements = sqlglot.parse(text, dialect="duckdb")
    except ParseError as error:
        raise BadInput(_unreadable(error)) from error
    except SqlglotError as error:
        raise BadInput("the expression cannot be read. Is a quote or bracket missing?") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Expr):
        raise BadInput(_refusal("a second statement"))
    return statements[0]


def _unreadable(error: ParseError) -> str:
    near = error.errors[0].get("highlight") if error.errors else None
    return f"the expression cannot be read{f' near {near!r}' if near else ''}. It has: {HAS}."


def _walk(expression: exp.Expr) -> Iterator[exp.Expr]:
    """Every node, parents first; NULL is passed over where IS [NOT] NULL allows it."""
    for node in expression.walk(bfs=False):
        if not (isinstance(node, exp.Null) and isinstance(node.parent, exp.Is)):
            yield node


def _check(node: exp.Expr) -> None:
    """Raises BadInput unless the node and each of its parts are in the language."""
    form = FORMS.get(type(node))
    if form is None and type(node) not in SPECIAL:
        raise BadInput(_refusal(_name(node)))
    parts = set(form.parts) | set(form.marks) if form else SPECIAL[type(node)]
    for part, value in node.args.items():
        if part not in parts and value not in (None, False, []):
            raise BadInput(_refusal(f"{part} in {_name(node)}"))
    if form:
        needed = set(form.parts) - form.optional
        lacking = [part for part in needed if node.args.get(part) in (None, [])]
        if lacking or any(node.args.get(mark, ok) is not ok for mark, ok in form.marks.items()):
            raise BadInput(f"{_name(node)} is not written as the language has it. It has: {HAS}.")
        for part, kind in form.parts.items():
            _check_part(node, part, kind)
    else:
        _check_special(node)


def _check_part(node: exp.Expr, part: str, kind: str) -> None:
    value = node.args.get(part)
    if kind == "small" and value is not None:
        literal = isinstance(value, exp.Literal) and not value.is_string and value.name.isdigit()
        if not literal or int(value.name) > MAX_SMALL:
            raise BadInput(f"{_name(node)} wants a whole number from 0 to {MAX_SMALL} there.")
    if kind == "null" and not isinstance(value, exp.Null):
        raise BadInput(_refusal("IS without NULL"))


def _check_special(node: exp.Expr) -> None:
    if isinstance(node, exp.Literal) and not (node.is_string or _is_number(node.name)):
        raise BadInput(f"{node.name} is no number the language can write.")
    if isinstance(node, exp.Cast) and node.args["to"].this not in CASTS:
        raise BadInput(_refusal(f"cast to {node.args['to'].sql(dialect='duckdb').lower()}"))
    if isinstance(node, exp.Anonymous):
        _check_asked(node)
    if isinstance(node, exp.If) and not isinstance(node.parent, exp.Case):
        raise BadInput(_refusal("if(…); write CASE WHEN … THEN … ELSE … END"))


def is_usual(node: exp.Expr) -> bool:
    """Whether a node is usual(VARIABLE, GROUP)."""
    return isinstance(node, exp.Anonymous) and node.name.lower() == USUAL


def _check_asked(node: exp.Anonymous) -> None:
    """Raises BadInput unless it is a question the language has, of as many variables as it asks."""
    wanted = {NOT_ASKED: 1, USUAL: 2}.get(node.name.lower())
    if wanted is None:
        raise BadInput(_refusal(_name(node)))
    plain = [one for one in node.expressions if isinstance(one, exp.Column) and not is_token(one)]
    if len(plain) != wanted or len(node.expressions) != wanted:
        names = "the name of one variable" if wanted == 1 else "the names of two variables"
        raise BadInput(f"{node.name}(…) wants {names}.")


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and math.isfinite(float(text))


def _check_tokens(expression: exp.Expr) -> None:
    ends = {id(node) for node in results(expression)}
    for node in expression.find_all(exp.Column):
        if is_token(node) and (id(node) not in ends or node is expression):
            raise BadInput(f"{node.name} must stand alone as the result of a CASE.")


def _name(node: exp.Expr) -> str:
    if type(node) in _NAMES:
        return _NAMES[type(node)]
    if isinstance(node, exp.Anonymous):
        return f"{node.name}(…)"
    if isinstance(node, exp.Func):
        return f"{node.sql_name().lower()}(…)"
    return node.key.upper()


def _refusal(name: str) -> str:
    return f"{name} is not in the expression language. It has: {HAS}."
