"""Whether a record keeps the rules of its register."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations, pairwise

from cauce.model.record import Absent, Fault, Record, Row
from cauce.model.register import Register, Rule


def broken_rules(register: Register, record: Record) -> tuple[Fault, ...]:
    """The rules a record breaks. Rules about several records are not asked here."""
    faults = []
    for rule in register.rules:
        faults += [
            Fault(field, rule.message, rule.warning, rule.id)
            for field in CHECKS[rule.kind](rule, record)
        ]
    return tuple(faults)


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
    value = record.get(rule.fields[1])
    if isinstance(value, bool):
        return str(value).lower() in rule.values
    if isinstance(value, tuple):
        return any(part in rule.values for part in value)
    return value is not None and str(value) in rule.values


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
    "sum": _sum,
    "plausible": _plausible,
    "unique": _across,
    "no_overlap": _no_overlap,
}
