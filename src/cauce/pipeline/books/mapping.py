"""How the tables of somebody else become records: which column goes where, declared as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.registers.fields import field_names

DATES = ("", "month/day/year", "day/month/year", "year-month-day")
ENCODINGS = ("", "windows-1252", "latin-1")


@dataclass(frozen=True)
class MapFile:
    """A file, in the order they are given; `on` is the column by which it joins the first."""

    name: str
    on: str = ""


@dataclass(frozen=True)
class MapField:
    """Where a field comes from: one column, one value for all, a template, or flags by column.

    `values` stand for what they name in the column; `unreadable` for what is no such date.
    """

    to: str
    file: str = ""
    column: str = ""
    value: str = ""
    template: str = ""
    otherwise: str = ""
    values: Mapping[str, str] | None = None
    columns: Mapping[str, str] | None = None
    where: str = ""
    date: str = ""
    same_year_as: str = ""
    unreadable: str = ""
    mend: str = ""


@dataclass(frozen=True)
class MapRows:
    """Rows of a field: each of `columns` gives one, named as it says and with the column's value.

    Where the line has nothing in `file`, there are none.
    """

    to: str
    name_to: str
    value_to: str
    columns: Mapping[str, str]
    file: str = ""
    values: Mapping[str, str] | None = None
    also: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Mapped:
    """A whole declaration of an import."""

    register: str
    name: Text
    source: str
    identity: str
    files: tuple[MapFile, ...]
    fields: tuple[MapField, ...]
    rows: tuple[MapRows, ...]


def parse_mapping(file: str, text: str, registers: Mapping[str, Register]) -> Mapped:
    """Raises BadInput with everything that is wrong, each with its line."""
    problems = Problems()
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error("The mapping")
    found = Mapped(
        register=top.text("register"),
        name=top.words("name"),
        source=top.text("source"),
        identity=top.text("identity"),
        files=tuple(_file(section) for section in top.tables("file")),
        fields=tuple(_field(section) for section in top.tables("field")),
        rows=tuple(_rows(section) for section in top.tables("rows")),
    )
    top.finish()
    _check(found, top, registers)
    problems.stop_if_any("The mapping")
    return found


def _file(section: Section) -> MapFile:
    found = MapFile(section.text("name"), section.text("on", ""))
    section.finish()
    return found


def _field(section: Section) -> MapField:
    found = MapField(
        to=section.text("to"),
        file=section.text("file", ""),
        column=section.text("from", ""),
        value=section.text("value", ""),
        template=section.text("template", ""),
        otherwise=section.text("otherwise", ""),
        values=_pairs(section, "values"),
        columns=_pairs(section, "columns"),
        where=section.text("where", ""),
        date=section.choice("date", DATES, ""),
        same_year_as=section.text("same_year_as", ""),
        unreadable=section.text("unreadable", ""),
        mend=section.choice("mend", ENCODINGS, ""),
    )
    section.finish()
    sources = (found.column, found.value, found.template, found.columns)
    if sum(1 for source in sources if source) != 1:
        section.note("to", f"{found.to} has one of from, value, template and columns.")
    return found


def _rows(section: Section) -> MapRows:
    found = MapRows(
        to=section.text("to"),
        name_to=section.text("name_to"),
        value_to=section.text("value_to"),
        columns=_pairs(section, "columns") or {},
        file=section.text("file", ""),
        values=_pairs(section, "values"),
        also=_pairs(section, "also"),
    )
    section.finish()
    return found


def _pairs(section: Section, key: str) -> dict[str, str] | None:
    inner = section.table(key, required=False)
    return None if inner is None else {name: inner.text(name) for name in inner.rest()}


def _check(found: Mapped, top: Section, registers: Mapping[str, Register]) -> None:
    """Note the names that lead nowhere."""
    register = registers.get(found.register)
    if register is None:
        near = did_you_mean(found.register, registers)
        top.note("register", f"there is no register {found.register}.{near}")
        return
    names = field_names(register)
    files = {file.name for file in found.files}
    wanted = [part.to for part in found.fields]
    for rows in found.rows:
        inner = (rows.name_to, rows.value_to, *(rows.also or {}))
        wanted += [rows.to, *(f"{rows.to}.{name}" for name in inner)]
    for name in wanted:
        if name not in names:
            top.note("field", f"there is no field {name}.{did_you_mean(name, names)}")
    if not found.files or found.files[0].on or not all(f.on for f in found.files[1:]):
        top.note("file", "the first [[file]] stands alone, and each other says on what it joins.")
    for file in (*(f.file for f in found.fields), *(r.file for r in found.rows)):
        if file and file not in files:
            top.note("file", f"there is no file {file}.{did_you_mean(file, files)}")
