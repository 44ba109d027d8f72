"""Whether two records are one: the rules that are about several records."""

from collections.abc import Iterator

from cauce.model.record import Absent, Record, Sealed, Value
from cauce.model.register import Register, Rule
from cauce.registers.rules import applies

Identity = tuple[str, tuple[Value | None, ...]]
"""The id of a rule, and a record's values in its fields."""


def identities(register: Register, record: Record) -> Iterator[tuple[Rule, Identity]]:
    """What no other record may have in common with this one, rule by rule.

    A rule with a field that is not filled in, unknown or sealed holds.
    """
    for rule in register.rules:
        if rule.kind != "unique":
            continue
        values = tuple(record.get(name) for name in rule.fields)
        known = all(v is not None and not isinstance(v, Absent | Sealed) for v in values)
        if known and applies(rule, record):
            yield rule, (rule.id, values)
