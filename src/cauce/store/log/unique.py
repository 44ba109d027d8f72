"""Rules about several records: whether what must be unique is there already."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection, null, select

from cauce.model.record import Fault, Record, Value
from cauce.model.register import Register, Rule
from cauce.registers.canonical import from_json
from cauce.registers.uniqueness import identities
from cauce.store.log import schema

Values = tuple[Value | None, ...]


def repeated(
    connection: Connection, register: Register, records: Mapping[str, Record]
) -> dict[str, tuple[Fault, ...]]:
    """What must be unique and is not, by key, of records about to be kept.

    Asked of the latest entries of all other records, whoever's they are, and of these among
    themselves. A rule with a field that is not filled in, unknown or sealed holds.
    """
    rules = [rule for rule in register.rules if rule.kind == "unique"]
    faults: dict[str, tuple[Fault, ...]] = {}
    for rule in rules:
        mine = {k: v for k, r in records.items() if (v := _values(register, rule, r)) is not None}
        if not mine:
            continue
        taken = _taken(connection, register, rule, mine)
        for key, values in mine.items():
            if taken[values] != {key}:
                fault = Fault(rule.fields[0], rule.message, rule.warning, rule.id)
                faults[key] = (*faults.get(key, ()), fault)
    return faults


def _taken(
    connection: Connection, register: Register, rule: Rule, mine: Mapping[str, Values]
) -> dict[Values, set[str]]:
    """Which keys have each of these values, or are about to."""
    found: dict[Values, set[str]] = {}
    for key, values in mine.items():
        found.setdefault(values, set()).add(key)
    for key, record in _others(connection, register, mine):
        theirs = _values(register, rule, record)
        if theirs in found and key not in mine:
            found[theirs].add(key)
    return found


def _others(
    connection: Connection, register: Register, mine: Mapping[str, Values]
) -> Iterator[tuple[str, Record]]:
    """The latest records of a register; only those with the same words if there is one to ask."""
    version, entry = schema.version.c, schema.entry.c
    asked = (
        select(entry.key, entry.record)
        .join(schema.version, version.number == entry.number)
        .where(version.register == register.id, version.superseded_at == null())
        .where(entry.record != null())
    )
    if len(mine) == 1:
        (values,) = mine.values()
        for each in values:
            value = each.isoformat() if isinstance(each, date) else each
            if isinstance(value, str) and value.isascii() and '"' not in value:
                asked = asked.where(entry.record.contains(f'"{value}"', autoescape=True))
    for row in connection.execute(asked):
        yield row.key, from_json(register, row.record)


def _values(register: Register, rule: Rule, record: Record) -> Values | None:
    """What must be unique of a record, None where the rule is not asked."""
    return next((values for one, (_, values) in identities(register, record) if one is rule), None)
