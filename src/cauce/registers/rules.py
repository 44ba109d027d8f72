"""Whether a record keeps the rules of its register."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

from cauce.model.record import Absent, Fault, Record, Row
from cauce.model.register import Register, Rule

ANY = "*"
"""Stands in a rule's values for whatever is filled in and known."""


def broken_rules(register: Register, record: Record) -> tuple[Fault, ...]:
    """The rules a record breaks. Rules about several records are not asked here."""
    return tuple(
        Fault(field, rule.message, rule.warning, rule.id)
        for rule in register.rules
        for field in _broken(rule, record)
    )


def _broken(rule: Rule, record: Record) -> Iterator[str]:
    """The fields at which a rule is broken: of the record, or of each row it is about."""
    check, owner = CHECKS[rule.kind], owner_of(rule)
    if not owner:
        if applies(rule, record):
            yield from check(rule, record)
        return
    inner = replace(rule, fields=tuple(name.removeprefix(f"{owner}.") for name in rule.fields))
    for number, row in enumerate(_rows(record, owner), start=1):
        if applies(rule, record, owner, row):
            yield from (f"{owner}[{number}].{name}" for name in check(inner, row))


def owner_of(rule: Rule) -> str:
    """The rows whose columns are all that a rule is about, "" if it is about the record."""
    owners = {outer if dot else "" for outer, dot, _ in (n.partition(".") for n in rule.fields)}
    return owners.pop() if len(owners) == 1 else ""


def applies(rule: Rule, record: Record, owner: str = "", row: Row | None = None) -> bool:
    """Whether each field of `when`, of the record or of the row asked, has one of its values."""
    return all(
        _one_of(
            row.get(name.removeprefix(f"{owner}."))
            if row is not None and name.startswith(f"{owner}.")
            else record.get(name),
            values,
        )
        for name, values in rule.when
    )


def _order(rule: Rule, record: Record) -> Iterator[str]:
    """Fields that come before one to their left. Dates go with dates, numbers with numbers."""
    days = [(n, v) for n in rule.fields if isinstance(v := record.get(n), date)]
    numbers = [(n, v) for n in rule.fields if (v := _amount(record.get(n))) is not None]
    yield from (name for (_, left), (name, right) in pairwise(days) if right < left)
    yield from (name for (_, left), (name, right) in pairwise(numbers) if right < left)


def _amount(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _required_if(rule: Rule, record: Record) -> Iterator[str]:
    if _asked(rule, record) and rule.fields[0] not in record:
        yield rule.fields[0]


def _empty_if(rule: Rule, record: Record) -> Iterator[str]:
    if _asked(rule, record) and rule.fields[0] in record:
        yield rule.fields[0]


def _asked(rule: Rule, record: Record) -> bool:
    return _one_of(record.get(rule.fields[1]), rule.values)


def _one_of(value: object, values: tuple[str, ...]) -> bool:
    """Whether a value, or one of several codes, is among some words; "*" is any value known."""
    if ANY in values:
        return value is not None and not isinstance(value, Absent)
    if isinstance(value, bool):
        return str(value).lower() in values
    if isinstance(value, tuple):
        return any(part in values for part in value)
    return value is not None and str(value) in values


def _any_of(rule: Rule, record: Record) -> Iterator[str]:
    if not any(name in record for name in rule.fields):
        yield rule.fields[0]


def _sum(rule: Rule, record: Record) -> Iterator[str]:
    total = _amount(record.get(rule.fields[0]))
    parts = [list(_numbers(record, name)) for name in rule.fields[1:]]
    if total is None or any(not part or None in part for part in parts):
        return
    added = sum(number for part in parts for number in part if number is not None)
    if abs(added - total) > 1e-9 * max(1.0, abs(total)):
        yield rule.fields[0]


def _numbers(record: Record, name: str) -> Iterator[float | None]:
    """The numbers of a field, or of a column of all rows; None for one that is absent."""
    outer, _, inner = name.partition(".")
    if not inner:
        yield _amount(record.get(outer))
        return
    for row in _rows(record, outer):
        yield _amount(row.get(inner))


def _rows(record: Record, name: str) -> tuple[Row, ...]:
    value = record.get(name, ())
    if not isinstance(value, tuple):
        return ()
    return tuple(row for row in value if isinstance(row, Mapping))


def _plausible(rule: Rule, record: Record) -> Iterator[str]:
    for number in _numbers(record, rule.fields[0]):
        low, high = rule.minimum, rule.maximum
        if number is not None and (
            (low is not None and number < low) or (high is not None and number > high)
        ):
            yield rule.fields[0]
            return


def _no_overlap(rule: Rule, record: Record) -> Iterator[str]:
    """A period without a start or an end reaches to the end of time; its last day belongs to it."""
    name, start, end = rule.fields
    rows = list(enumerate(_rows(record, name), start=1))
    for (_, one), (number, other) in combinations(rows, 2):
        if _unknown(one, start, end) or _unknown(other, start, end):
            continue
        if _day(one, start, date.min) <= _day(other, end, date.max) and _day(
            other, start, date.min
        ) <= _day(one, end, date.max):
            yield f"{name}[{number}].{start}"


def _unknown(row: Row, *fields: str) -> bool:
    return any(isinstance(row.get(field), Absent) for field in fields)


def _day(row: Row, field: str, otherwise: date) -> date:
    value = row.get(field)
    return value if isinstance(value, date) else otherwise


def _across(rule: Rule, record: Record) -> Iterator[str]:
    """Rules over several records are asked of the log."""
    del rule, record
    return iter(())


CHECKS: Mapping[str, Callable[[Rule, Record], Iterator[str]]] = {
    "order": _order,
    "required_if": _required_if,
    "empty_if": _empty_if,
    "any_of": _any_of,
    "sum": _sum,
    "plausible": _plausible,
    "unique": _across,
    "no_overlap": _no_overlap,
}
