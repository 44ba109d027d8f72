"""The XLSForm of a register, for KoBo, ODK and other collectors that read it.

After xlsform.org, reference table (types, relevant, constraint, required, begin_repeat). What a
form cannot ask – whether records overlap or repeat each other – is asked when answers come in.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from xlsxwriter.workbook import Workbook

from cauce.model.record import ABSENT, Absent
from cauce.model.register import Field, Register
from cauce.model.text import Language, Text
from cauce.registers.values import Lists
from cauce.sources.books.form_logic import Logic, logic_of
from cauce.sources.books.form_names import FLAG_LIST, WHY_LIST, question, why
from cauce.sources.books.shape import FLAGS, lists_used
from cauce.sources.books.words import KINDS

LANGUAGE = {"es": "Español (es)", "en": "English (en)"}
_TYPES = {
    "text": "text", "note": "text", "number": "integer", "money": "decimal", "date": "date",
    "link": "text", "web": "text",
}  # fmt: skip
_SPANISH_FIRST: tuple[Language, ...] = ("es", "en")
_WHY = Text("Why is it missing: {}?", "¿Por qué falta: {}?")
_COLUMNS = (
    "type", "name", *(f"label::{LANGUAGE[x]}" for x in _SPANISH_FIRST),
    *(f"hint::{LANGUAGE[x]}" for x in _SPANISH_FIRST), "required", "relevant", "constraint",
    *(f"constraint_message::{LANGUAGE[x]}" for x in _SPANISH_FIRST), "appearance",
)  # fmt: skip
Line = Mapping[str, str]


def write_xlsform(register: Register, lists: Lists, out: Path) -> None:
    """Write the workbook with the sheets survey, choices and settings."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(out), options) as book:
        _sheet(book, "survey", _COLUMNS, survey(register))
        labels = tuple(f"label::{LANGUAGE[x]}" for x in _SPANISH_FIRST)
        _sheet(book, "choices", ("list_name", "name", *labels), choices(register, lists))
        settings = {
            "form_title": register.name.es,
            "form_id": register.id,
            "version": f"{register.version}-{register.sha256[:8]}",
            "default_language": LANGUAGE["es"],
            "instance_name": f"${{{question(register.title.es)}}}",
        }
        _sheet(book, "settings", tuple(settings), [settings])


def _sheet(
    book: Workbook, name: str, columns: tuple[str, ...], lines: "list[Line] | Iterator[Line]"
) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    page.set_column(0, len(columns), 26)
    page.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        page.write_string(0, at, column, bold)
    for row, line in enumerate(lines, start=1):
        for at, column in enumerate(columns):
            if line.get(column):
                page.write_string(row, at, line[column])


def survey(register: Register) -> Iterator[Line]:
    """The questions in their order; rows of a field are a repeat."""
    logic = logic_of(register)
    yield _line("note", "about_this_form", register.about)
    for field in register.fields:
        if field.kind != "rows":
            yield from _question(field, "", logic)
            continue
        repeat = {"relevant": logic.relevant.get(field.id, "")}
        yield _line("begin_repeat", question(field.id), field.name, field.help) | repeat
        for column in field.rows:
            yield from _question(column, field.id, logic)
        yield {"type": "end_repeat", "name": question(field.id)}
    for number, (relevant, message) in enumerate(logic.notes, start=1):
        yield _line("note", f"warning_{number}", message) | {"relevant": relevant}


def _question(field: Field, owner: str, logic: Logic) -> Iterator[Line]:
    """A question; one that must be answered and has no list is followed by why it was not."""
    path = f"{owner}.{field.id}" if owner else field.id
    name = question(field.id, owner)
    listed = field.kind in ("code", "codes", "flag")
    constraint, message = logic.constraint(path, field)
    required = logic.required.get(path, "")
    relevant = logic.relevant.get(path, "")
    line = _line(_type(field), name, field.name, field.help or KINDS[field.kind])
    yield line | {
        "required": "yes" if field.required and listed else required,
        "relevant": relevant,
        "constraint": constraint,
        f"constraint_message::{LANGUAGE['es']}": message.es if constraint else "",
        f"constraint_message::{LANGUAGE['en']}": message.en if constraint else "",
        "appearance": _appearance(field),
    }
    if field.required and not listed:
        asked = Text(_WHY.en.format(field.name.en), _WHY.es.format(field.name.es))
        empty = f"${{{name}}} = ''"
        yield _line(f"select_one {WHY_LIST}", why(name), asked) | {
            "required": "yes",
            "relevant": f"({empty}) and ({relevant})" if relevant else empty,
        }


def _line(kind: str, name: str, label: Text, hint: Text | None = None) -> dict[str, str]:
    found = {"type": kind, "name": name}
    for language in _SPANISH_FIRST:
        # ${ begins a reference in a label.
        found[f"label::{LANGUAGE[language]}"] = label.of(language).replace("${", "$ {")
        if hint is not None:
            found[f"hint::{LANGUAGE[language]}"] = hint.of(language).replace("${", "$ {")
    return found


def _type(field: Field) -> str:
    match field.kind:
        case "code":
            return f"select_one {field.codelist}"
        case "codes":
            return f"select_multiple {field.codelist}"
        case "flag":
            return f"select_one {FLAG_LIST}"
        case "number" if field.decimals:
            return "decimal"
        case kind:
            return _TYPES[kind]


def _appearance(field: Field) -> str:
    if field.kind == "note":
        return "multiline"
    return "minimal autocomplete" if field.kind in ("code", "codes") else ""


def choices(register: Register, lists: Lists) -> Iterator[Line]:
    """Every list with the three reasons for having no answer at its end."""
    fields = [*register.fields, *(c for f in register.fields for c in f.rows)]
    for name in lists_used(fields):
        for code in lists[name].codes:
            yield _choice(name, code.id, code.name)
        yield from _reasons(name)
    for flag, words in FLAGS.items():
        yield _choice(FLAG_LIST, "yes" if flag else "no", words)
    yield from _reasons(FLAG_LIST)
    yield from _reasons(WHY_LIST)


def _reasons(name: str) -> Iterator[Line]:
    for reason in Absent:
        yield _choice(name, str(reason), ABSENT[reason])


def _choice(listed: str, name: str, label: Text) -> Line:
    words = {f"label::{LANGUAGE[x]}": label.of(x) for x in _SPANISH_FIRST}
    return {"list_name": listed, "name": name, **words}
