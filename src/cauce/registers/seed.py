"""From the text of seeds, records that come with Cauce, to records ready to be entered."""

import hashlib
from collections.abc import Iterable, Mapping

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.record import Absent
from cauce.model.register import Field, Register
from cauce.model.seed import Seed
from cauce.registers.rules import broken_rules
from cauce.registers.values import REASONS, Lists, read_record

Names = Mapping[str, frozenset[str]]
"""What seeds are called, by register."""


def parse_seeds(
    files: Mapping[str, str],
    registers: Mapping[str, Register],
    lists: Lists,
    known: Mapping[str, Iterable[str]] | None = None,
) -> tuple[Seed, ...]:
    """The seeds in these texts, by file and in their order; `files` are by name, for messages.

    A text names its `register` and holds [[record]] tables: `name`, the fields as a form would have
    them, and `true_from`, `true_to` where the record was true in a period only. A link names
    another seed, of these texts or of those `known` by register. What is wrong in a record is with
    the seed, in both languages, as an editor would read it.

    Raises:
        BadInput: a text is no TOML, or names a register or a seed that does not exist.
    """
    problems = Problems()
    raw = [
        (register, section)
        for file, text in sorted(files.items())
        for register, section in _opened(file, text, registers, problems)
    ]
    names = _names(raw, known or {})
    seeds = tuple(_read(register, section, lists, names) for register, section in raw)
    problems.stop_if_any("The seeds")
    return seeds


def key_of(register: str, name: str) -> str:
    """The key of a seed: the same each time, and saying nothing."""
    return hashlib.sha256(f"{register}/{name}".encode()).hexdigest()[:20]


def _opened(
    file: str, text: str, registers: Mapping[str, Register], problems: Problems
) -> list[tuple[Register, Section]]:
    """The records of a text with their register; none if there is no such register."""
    top = open_toml(file, text, problems)
    if top is None:
        return []
    named, records = top.text("register"), top.tables("record")
    top.finish()
    register = registers.get(named)
    if register is None:
        top.note("register", f"there is no register {named}.{did_you_mean(named, registers)}")
        return []
    return [(register, record) for record in records]


def _names(raw: Iterable[tuple[Register, Section]], known: Mapping[str, Iterable[str]]) -> Names:
    """The names of all seeds; one that stands twice is noted."""
    found = {register: set(names) for register, names in known.items()}
    for register, section in raw:
        mine, name = found.setdefault(register.id, set()), section.text("name")
        if name in mine:
            section.note("name", f"{register.id} {name} stands twice.")
        mine.add(name)
    return {register: frozenset(names) for register, names in found.items()}


def _read(register: Register, section: Section, lists: Lists, names: Names) -> Seed:
    """One record: its values read, its rules asked."""
    name = section.text("name")
    period = [section.day(key) if section.has(key) else None for key in ("true_from", "true_to")]
    raw = {key: section.data[key] for key in section.rest()}
    record, faults = read_record(register, _linked(register.fields, raw, section, names), lists)
    country = record.get(register.country)
    return Seed(
        register=register.id,
        name=name,
        key=key_of(register.id, name),
        country=country if isinstance(country, str) and not isinstance(country, Absent) else "",
        record=record,
        valid_from=period[0],
        valid_to=period[1],
        faults=(*faults, *broken_rules(register, record)),
        place=section.place(),
    )


def _linked(
    fields: Iterable[Field], raw: Mapping[str, object], section: Section, names: Names
) -> dict[str, object]:
    """The raw values with names of seeds replaced by their keys, in rows too."""
    values = dict(raw)
    for field in fields:
        value = values.get(field.id)
        if field.kind == "link" and isinstance(value, str) and value not in REASONS:
            values[field.id] = _key(field, value, section, names)
        elif field.kind == "rows" and isinstance(value, list):
            values[field.id] = [
                _linked(field.rows, row, section, names) if isinstance(row, dict) else row
                for row in value
            ]
    return values


def _key(field: Field, name: str, section: Section, names: Names) -> str:
    known = names.get(field.register, frozenset())
    if name not in known:
        near = did_you_mean(name, known)
        section.note(field.id, f"{field.id}: there is no seed {name} of {field.register}.{near}")
    return key_of(field.register, name)
