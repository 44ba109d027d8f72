"""What does not go together in a declaration: noted with its line, all of it at once."""

import re
from collections.abc import Mapping

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.model.codelist import Codelist
from cauce.model.register import Field, Register, Rule, RuleKind, Sensitivity
from cauce.registers.counting import check_count
from cauce.registers.fields import field_names
from cauce.registers.relations import WHY, name_clashes

LISTED = ("code", "codes")
COORDINATES = frozenset(("lat", "lon", "lng", "latitude", "longitude", "gps", "geo", "coordinates"))
"""Parts of a field's name that tell where somebody is to the metre. No register may hold that."""


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
    for part in (field, *field.rows):
        if COORDINATES & frozenset(part.id.split("_")):
            section.note("id", f"{part.id}: a place is a code of a list, and never coordinates.")
    if field.pattern:
        try:
            re.compile(field.pattern)
        except re.error as error:
            section.note("pattern", f"{field.id}: not a pattern ({error}).")
    twice(tuple(column.id for column in field.rows), f"{field.id} has columns", section)


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
    check_relations(register, top)
    for field in (*register.fields, *(c for f in register.fields for c in f.rows)):
        if field.codelist and field.codelist not in codelists:
            near = did_you_mean(field.codelist, codelists)
            top.origin.problems.add(field.place, f"there is no code list {field.codelist}.{near}")
    check_words(register, top)
    for rule in register.rules:
        check_rule(rule, names, top)
    for count in register.counts:
        check_count(count, register, top.origin.problems)


def check_words(register: Register, top: Section) -> None:
    """Note codes that are proposed from what is no text of the register."""
    texts = {field.id for field in register.fields if field.kind == "text"}
    for field in register.fields:
        if field.words and (field.kind != "code" or field.words not in texts):
            why = f"words: a code is proposed from a field of kind text, not from {field.words}."
            top.origin.problems.add(field.place, why)


def check_relations(register: Register, top: Section) -> None:
    """Note what would keep the relations for analysts from being made."""
    if register.analysts is Sensitivity.P3:
        top.note("analysts", "analysts: what is P3 is sealed; P2 is the most they can be given.")
    for group in (register.fields, *(field.rows for field in register.fields)):
        for name in name_clashes(group):
            top.note("field", f"{name}{WHY} is the column beside {name}: give it another name.")


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
