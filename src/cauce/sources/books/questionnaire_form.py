"""The questionnaire of a survey as an XLSForm, for KoBo, ODK and other collectors that read it.

After xlsform.org, reference table. It asks for consent first, and for nobody's name.
"""

from collections.abc import Iterator
from pathlib import Path

from xlsxwriter.workbook import Workbook

from cauce.model.questionnaire import CONSENT, AnswerKind, Asking, Questionnaire
from cauce.model.text import Language, Text
from cauce.sources.books.form_names import FLAG_LIST
from cauce.sources.books.xlsform import LANGUAGE, Line

ASK_CONSENT = Text(
    "Do you agree to take part? You may stop at any time, and your name is not asked.",
    "¿Acepta participar? Puede detenerse en cualquier momento y no se le pregunta su nombre.",
)
AGREED = f"${{{CONSENT}}} = 'yes'"
YES_NO = {"yes": Text("Yes", "Sí"), "no": Text("No", "No")}
TYPES: dict[AnswerKind, str] = {"NUMBER": "decimal", "DATE": "date", "TEXT": "text"}
_SPANISH_FIRST: tuple[Language, ...] = ("es", "en")
_LABELS = tuple(f"label::{LANGUAGE[x]}" for x in _SPANISH_FIRST)


def write_questionnaire(asked: Questionnaire, out: Path) -> None:
    """Write the workbook with the sheets survey, choices and settings."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(out), options) as book:
        columns = ("type", "name", *_LABELS, "required", "relevant")
        _sheet(book, "survey", columns, list(_survey(asked)))
        _sheet(book, "choices", ("list_name", "name", *_LABELS), list(_choices(asked)))
        settings = {"form_title": asked.title.es, "form_id": asked.id}
        settings["default_language"] = LANGUAGE["es"]
        _sheet(book, "settings", tuple(settings), [settings])


def _survey(asked: Questionnaire) -> Iterator[Line]:
    by = f" ({asked.by})" if asked.by else ""
    title = Text(f"{asked.title.en}{by}", f"{asked.title.es}{by}")
    yield {"type": "note", "name": "about_this_survey", **_label(title)}
    consent = {"type": f"select_one {FLAG_LIST}", "name": CONSENT, **_label(ASK_CONSENT)}
    yield {**consent, "required": "yes"}
    for one in asked.questions:
        yield {
            "type": _type(one),
            "name": one.name,
            **_label(one.words),
            "required": "yes" if one.required else "",
            "relevant": AGREED,
        }


def _type(one: Asking) -> str:
    if one.kind == "FLAG":
        return f"select_one {FLAG_LIST}"
    if one.choices:
        return f"select_{'one' if one.kind == 'ONE' else 'multiple'} {one.name}"
    return TYPES[one.kind]


def _choices(asked: Questionnaire) -> Iterator[Line]:
    """The answers of each question under its name, numbered in their order."""
    for name, said in YES_NO.items():
        yield {"list_name": FLAG_LIST, "name": name, **_label(said)}
    for one in asked.questions:
        for at, said in enumerate(one.choices, start=1):
            yield {"list_name": one.name, "name": str(at), **_label(said)}


def _label(said: Text) -> Line:
    # ${ begins a reference in a label.
    return {f"label::{LANGUAGE[x]}": said.of(x).replace("${", "$ {") or "–" for x in _SPANISH_FIRST}


def _sheet(book: Workbook, name: str, columns: tuple[str, ...], lines: list[Line]) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, len(columns), 26)
    page.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        page.write_string(0, at, column, book.add_format({"bold": True}))
    for row, line in enumerate(lines, start=1):
        for at, column in enumerate(columns):
            if line.get(column):
                page.write_string(row, at, line[column])
