"""Whether two records are one: the rules that are about several records."""

from collections.abc import Iterator

from cauce.model.record import Absent, Record, Value
from cauce.model.register import Register, Rule

Identity = tuple[str, tuple[Value | None, ...]]
"""The id of a rule, and a record's values in its fields."""


def identities(register: Register, record: Record) -> Iterator[tuple[Rule, Identity]]:
    """What no other record may have in common with this one, rule by rule.

    A field that nobody filled in is a value like others, unless all are empty. A record of which
    one of the values is unknown may be another's twin or not: the rule holds.
    """
    for rule in register.rules:
        if rule.kind != "unique":
            continue
        values = tuple(record.get(name) for name in rule.fields)
        known = not any(isinstance(value, Absent) for value in values)
        if known and any(value is not None for value in values):
            yield rule, (rule.id, values)
