"""From the text that declares a register to the register, checked."""

import hashlib
import re
from collections.abc import Mapping
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.codelist import Codelist
from cauce.model.register import Field, FieldKind, Lends, Register, Rule, RuleKind, Sensitivity
from cauce.registers.counting import check_count, read_count
from cauce.registers.fields import field_names

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
LISTED = ("code", "codes")


def parse_registers(
    files: Mapping[str, str], codelists: Mapping[str, Codelist]
) -> dict[str, Register]:
    """The registers in these texts, by id; `files` are by name, for messages.

    Raises:
        BadInput: everything that is wrong, each with file and line.
    """
    problems = Problems()
    found: dict[str, Register] = {}
    for name, text in sorted(files.items()):
        top = open_toml(name, text, problems)
        if top is None:
            continue
        register = read_register(top, text)
        if register.id in found:
            top.note("id", f"register {register.id} is declared twice.")
        found[register.id] = register
        check_register(register, codelists, top)
    for register in found.values():
        check_links(register, found, problems)
    problems.stop_if_any("The registers")
    return found


def read_register(top: Section, text: str) -> Register:
    """One file, read key by key."""
    register = Register(
        id=identifier(top),
        name=top.words("name"),
        one=top.words("one"),
        about=top.words("about"),
        title=top.words("title"),
        country=top.text("country", ""),
        public=top.truth("public", False),
        topic=top.text("topic", ""),
        listed=top.truth("listed", True),
        consent=top.text("consent", ""),
        lends=read_lends(top.table("lends", required=False)),
        version=top.text("version", "1"),
        source=top.text("source", ""),
        retention_years=top.whole("retention_years") if top.has("retention_years") else None,
        fields=tuple(read_field(section) for section in top.tables("field")),
        rules=tuple(read_rule(section) for section in top.tables("rule")),
        counts=tuple(read_count(section) for section in top.tables("count")),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    top.finish()
    return register


def identifier(section: Section) -> str:
    """The id of a register, field or rule: it becomes names of tables, columns and addresses."""
    value = section.text("id")
    if value and not IDENTIFIER.fullmatch(value):
        section.note("id", f"{value!r} must be small letters, digits and _, such as signed_on.")
    return value


def read_field(section: Section) -> Field:
    """One [[field]] or [[field.column]]."""
    kinds: tuple[FieldKind, ...] = get_args(FieldKind)
    kind = section.choice("kind", kinds)
    level = section.choice("sensitivity", [s.name for s in Sensitivity], "P1")
    found = Field(
        id=identifier(section),
        name=section.words("name"),
        kind=next(k for k in kinds if k == kind),
        required=section.truth("required", False),
        sensitivity=Sensitivity[level],
        public=section.truth("public", False),
        help=section.words("help") if section.has("help") else None,
        codelist=section.text("codelist", "") if kind not in LISTED else section.text("codelist"),
        register=section.text("register") if kind == "link" else section.text("register", ""),
        unit=section.text("unit", ""),
        minimum=section.number("minimum") if section.has("minimum") else None,
        maximum=section.number("maximum") if section.has("maximum") else None,
        decimals=section.whole("decimals", 2 if kind == "money" else 0),
        pattern=section.text("pattern", ""),
        rows=tuple(read_field(column) for column in section.tables("column")),
        place=section.place(),
    )
    check_field(found, section)
    section.finish()
    return found


def check_field(field: Field, section: Section) -> None:
    """Note what does not go together in one field."""
    if field.public and field.sensitivity is not Sensitivity.P0:
        section.note("public", f"{field.id} is {field.sensitivity.name}; only P0 is public.")
    if (field.kind == "rows") != bool(field.rows):
        section.note("column", f"{field.id}: a field of rows has columns, and nothing else has.")
    if any(column.kind == "rows" for column in field.rows):
        section.note("column", f"{field.id}: rows hold no rows.")
    if field.codelist and field.kind not in LISTED:
        section.note("codelist", f"{field.id} is a {field.kind}; only codes have a code list.")
    if field.pattern:
        try:
            re.compile(field.pattern)
        except re.error as error:
            section.note("pattern", f"{field.id}: not a pattern ({error}).")
    twice(tuple(column.id for column in field.rows), f"{field.id} has columns", section)


def read_rule(section: Section) -> Rule:
    """One [[rule]]."""
    kinds: tuple[RuleKind, ...] = get_args(RuleKind)
    kind = section.choice("kind", kinds)
    found = Rule(
        id=identifier(section),
        kind=next(k for k in kinds if k == kind),
        fields=section.texts("fields"),
        message=section.words("message"),
        values=section.texts("values", ()),
        minimum=section.number("minimum") if section.has("minimum") else None,
        maximum=section.number("maximum") if section.has("maximum") else None,
        when=read_when(section.table("when", required=False)),
        warning=section.truth("warning", kind == "plausible"),
        place=section.place(),
    )
    section.finish()
    return found


def read_lends(section: Section | None) -> Lends | None:
    """The names it lends: lends = { code = "country", lists = ["CL_COUNTRY"] }."""
    if section is None:
        return None
    found = Lends(section.text("code"), section.texts("lists"))
    section.finish()
    return found


def read_when(section: Section | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of when = { field = ["A", "B"] } with their values."""
    if section is None:
        return ()
    return tuple((name, section.texts(name)) for name in section.rest())


def check_register(register: Register, codelists: Mapping[str, Codelist], top: Section) -> None:
    """Note every name that resolves to nothing."""
    names = field_names(register)
    twice(tuple(f.id for f in register.fields), "fields", top)
    twice(tuple(r.id for r in register.rules), "rules", top)
    if not register.fields:
        top.note("field", "a register has at least one [[field]].")
    for language, name in (("en", register.title.en), ("es", register.title.es)):
        known(name, names, f"title.{language}", top)
    if register.country:
        known(register.country, names, "country", top)
    if register.consent and not any(
        each.id == register.consent and each.kind == "flag" for each in register.fields
    ):
        top.note("consent", f"consent: {register.consent} is no field of kind flag.")
    if register.lends and not any(
        each.id == register.lends.code and each.kind == "code" and each.public
        for each in register.fields
    ):
        top.note("lends", f"lends: {register.lends.code} is no public field of kind code.")
    for field in (*register.fields, *(c for f in register.fields for c in f.rows)):
        if field.codelist and field.codelist not in codelists:
            near = did_you_mean(field.codelist, codelists)
            top.origin.problems.add(field.place, f"there is no code list {field.codelist}.{near}")
    for rule in register.rules:
        check_rule(rule, names, top)
    for count in register.counts:
        check_count(count, register, top.origin.problems)


WANTED: Mapping[RuleKind, tuple[int, int]] = {
    "order": (2, 9),
    "required_if": (2, 2),
    "empty_if": (2, 2),
    "any_of": (2, 9),
    "sum": (2, 9),
    "plausible": (1, 1),
    "unique": (1, 9),
    "no_overlap": (3, 3),
}
"""How many fields a rule names, at least and at most."""


def check_rule(rule: Rule, names: frozenset[str], top: Section) -> None:
    """Note the fields of a rule that do not exist, and how many it must name."""
    least, most = WANTED[rule.kind]
    problems = top.origin.problems
    if not least <= len(rule.fields) <= most:
        many = str(least) if least == most else f"{least} to {most}"
        problems.add(rule.place, f"rule {rule.id}: {rule.kind} names {many} fields.")
    if (rule.kind in ("required_if", "empty_if")) != bool(rule.values):
        problems.add(rule.place, f"rule {rule.id}: values go with required_if and empty_if.")
    owner = f"{rule.fields[0]}." if rule.kind == "no_overlap" and rule.fields else ""
    for at, name in enumerate(rule.fields):
        full = name if at == 0 else f"{owner}{name}"
        if full not in names:
            problems.add(rule.place, f"rule {rule.id}: no field {full}.{did_you_mean(full, names)}")
    check_owners(rule, problems)
    for name, _ in rule.when:
        if name not in names:
            problems.add(rule.place, f"rule {rule.id}: no field {name}.{did_you_mean(name, names)}")


def check_owners(rule: Rule, problems: Problems) -> None:
    """Note a rule that would never be asked: about columns of rows and fields outside them."""
    owners = {name.partition(".")[0] if "." in name else "" for name in rule.fields}
    if rule.kind == "sum":
        owners = {""} if "." not in rule.fields[0] else owners
    if len(owners) > 1:
        problems.add(rule.place, f"rule {rule.id}: its fields are of one row, or none is of rows.")


def check_links(register: Register, registers: Mapping[str, Register], problems: Problems) -> None:
    for field in (*register.fields, *(c for f in register.fields for c in f.rows)):
        if field.register and field.register not in registers:
            near = did_you_mean(field.register, registers)
            problems.add(field.place, f"there is no register {field.register}.{near}")


def known(name: str, names: frozenset[str], key: str, top: Section) -> None:
    if name not in names:
        top.note(key.partition(".")[0], f"{key}: no field {name}.{did_you_mean(name, names)}")


def twice(names: tuple[str, ...], what: str, section: Section) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        section.note("", f"{what} named {name} more than once.")
