"""From the text that declares a register to the register, checked."""

import hashlib
import re
from collections.abc import Mapping
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.codelist import Codelist
from cauce.model.register import Field, FieldKind, Lends, Register, Rule, RuleKind, Sensitivity
from cauce.registers.counting import read_count
from cauce.registers.declared import LISTED, check_field, check_links, check_register

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")


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
        asks_purpose=top.truth("asks_purpose", False),
        retention_years=top.whole("retention_years") if top.has("retention_years") else None,
        analysts=Sensitivity[top.choice("analysts", [level.name for level in Sensitivity], "P1")],
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
        words=section.text("words", ""),
        rows=tuple(read_field(column) for column in section.tables("column")),
        place=section.place(),
    )
    check_field(found, section)
    section.finish()
    return found


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
