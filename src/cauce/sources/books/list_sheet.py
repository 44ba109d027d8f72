"""The sheet of code lists: what the drop-downs drop, in both languages."""

from collections.abc import Mapping, Sequence

from xlsxwriter.workbook import Workbook

from cauce.model.codelist import Codelist
from cauce.model.record import Absent
from cauce.model.text import Language, Text
from cauce.registers.values import Lists
from cauce.sources.books.looks import Looks
from cauce.sources.books.shape import (
    FLAGS,
    Sheet,
    absent_label,
    code_label,
    letters,
    link_label,
    lists_used,
)
from cauce.sources.books.words import LISTS

Titles = Mapping[str, Mapping[str, str]]
"""Records by register and key, with the title of each."""
MAX_LINKS = 5_000


class Listed(tuple[Text, ...]):
    """What a drop-down offers, in both languages; the first two are its name and its source."""

    __slots__ = ()


Named = Mapping[str, Listed]


def named_lists(sheets: Sequence[Sheet], lists: Lists, titles: Titles) -> dict[str, Listed]:
    """Every list the sheets need, by the name drop-downs call it."""
    fields = [field for sheet in sheets for field in sheet.fields]
    found = {name: _codes(lists[name]) for name in lists_used(fields)}
    if any(field.kind == "flag" for field in fields):
        yes_no = (Text("Yes or no", "Sí o no"), Text(" ", " "), FLAGS[True], FLAGS[False])
        found["L_FLAG"] = Listed((*yes_no, *_absents()))
    for register in dict.fromkeys(f.register for f in fields if f.kind == "link"):
        keys = titles.get(register, {})
        if 0 < len(keys) <= MAX_LINKS:
            head = (Text(register, register), Text(" ", " "))
            labels = (Text(s, s) for s in (link_label(k, t) for k, t in keys.items()))
            found[f"L_{register}"] = Listed((*head, *labels, *_absents()))
    return found


def _codes(codelist: Codelist) -> Listed:
    labels = (Text(code_label(c, "en"), code_label(c, "es")) for c in codelist.codes)
    source = Text(codelist.source or " ", codelist.source or " ")
    return Listed((codelist.name, source, *labels, *_absents()))


def _absents() -> list[Text]:
    return [Text(absent_label(r, "en"), absent_label(r, "es")) for r in Absent]


def put_list_sheet(book: Workbook, look: Looks, named: Named, language: Language) -> None:
    """Write the lists side by side, each in both languages, and give each its name.

    The name leads to the column in the language of the workbook.
    """
    if not named:
        return
    title = LISTS.of(language)
    page = book.add_worksheet(title)
    other: Language = "en" if language == "es" else "es"
    page.set_column(0, 2 * len(named) - 1, 34)
    page.freeze_panes(3, 0)
    lists = list(named.values())
    for at, name in enumerate(named):
        page.write_string(0, 2 * at, name, look.second)
        page.write_string(0, 2 * at + 1, lists[at][1].of(language), look.second)
    for line in range(max(len(found) for found in lists) - 1):
        for at, found in enumerate(lists):
            # The name, then what is offered; the source stands beside the list's id.
            place = 0 if line == 0 else line + 1
            if place < len(found):
                style = look.header if line == 0 else look.text
                page.write_string(line + 1, 2 * at, found[place].of(language), style)
                page.write_string(line + 1, 2 * at + 1, found[place].of(other), style)
    for at, (name, found) in enumerate(named.items()):
        column = letters(2 * at)
        book.define_name(name, f"='{title}'!${column}$3:${column}${len(found)}")
