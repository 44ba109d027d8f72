"""Trying a rule on a record by hand: true, false, or unknown as in SQL, without an engine."""

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sqlglot import exp

Value = str | float | bool | None
Record = Mapping[str, Value]
Trial = Callable[[Record], Value]
Compare = Callable[[Any, Any], bool]


class BeyondUs(Exception):  # noqa: N818 - it is no error: nothing is known then
    """The rule calculates, or there are too many kinds of records to try."""


COMPARE: Mapping[type[exp.Expr], Compare] = {
    exp.EQ: eq,
    exp.NEQ: ne,
    exp.LT: lt,
    exp.LTE: le,
    exp.GT: gt,
    exp.GTE: ge,
}


def trial(node: exp.Expr) -> Trial:
    """What a checked expression gives for a record. Raises BeyondUs if it calculates."""
    if isinstance(node, exp.Paren):
        return trial(node.this)
    if isinstance(node, exp.Column):
        name = node.name
        return lambda record: record[name]
    if (constant := _constant(node)) is not None:
        return _always(constant[0])
    if isinstance(node, exp.Not):
        return _negated(trial(node.this))
    if isinstance(node, exp.And | exp.Or):
        return _joined(trial(node.this), trial(node.expression), isinstance(node, exp.Or))
    if isinstance(node, exp.Is):
        inner = trial(node.this)
        return lambda record: inner(record) is None
    return _compared(node)


def _compared(node: exp.Expr) -> Trial:
    for kind, compare in COMPARE.items():
        if isinstance(node, kind):
            return _comparison(trial(node.this), trial(node.expression), compare)
    if isinstance(node, exp.Between):
        low = _comparison(trial(node.this), trial(node.args["low"]), ge)
        high = _comparison(trial(node.this), trial(node.args["high"]), le)
        return _joined(low, high, False)
    if isinstance(node, exp.In):
        found = _always(False)
        for choice in node.expressions:
            found = _joined(found, _comparison(trial(node.this), trial(choice), eq), True)
        return found
    raise BeyondUs


def _always(value: Value) -> Trial:
    def answer(record: Record) -> Value:
        del record
        return value

    return answer


def _constant(node: exp.Expr) -> tuple[Value] | None:
    if isinstance(node, exp.Boolean):
        return (bool(node.this),)
    if isinstance(node, exp.Literal):
        return (node.name,) if node.is_string else (float(node.name),)
    if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal):
        return (-float(node.this.name),)
    return None


def _negated(inner: Trial) -> Trial:
    def answer(record: Record) -> Value:
        found = inner(record)
        return None if found is None else not found

    return answer


def _joined(first: Trial, second: Trial, either: bool) -> Trial:
    """AND, or OR, of two answers: `either` decides alone, and unknown stays so otherwise."""

    def answer(record: Record) -> Value:
        one, other = first(record), second(record)
        if one is either or other is either:
            return either
        return None if one is None or other is None else not either

    return answer


def _comparison(first: Trial, second: Trial, compare: Compare) -> Trial:
    def answer(record: Record) -> Value:
        one, other = first(record), second(record)
        return None if one is None or other is None else compare(one, other)

    return answer


def constants(nodes: Iterable[exp.Expr], coded: Collection[str]) -> dict[str, frozenset[Value]]:
    """The constants each column is compared with.

    Raises BeyondUs if one of these `coded` columns is compared with another column: which codes
    they share is not looked up.
    """
    found: dict[str, set[Value]] = {}
    for node in nodes:
        for parent in node.find_all(*COMPARE, exp.Between, exp.In):
            plain = [part.unnest() for part in parent.iter_expressions()]
            values = {value[0] for part in plain if (value := _constant(part)) is not None}
            columns = [part.name for part in plain if isinstance(part, exp.Column)]
            if len(columns) > 1 and set(columns) & set(coded):
                raise BeyondUs
            for name in columns:
                found.setdefault(name, set()).update(values)
    return {name: frozenset(values) for name, values in found.items()}
