"""Writing the workbook of a register: a template, or its records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record, Row, Scalar, Sealed
from cauce.model.register import Field, Register
from cauce.model.text import LANGUAGES, Language
from cauce.registers.values import Lists
from cauce.sources.books.list_sheet import Named, Titles, named_lists, put_list_sheet
from cauce.sources.books.looks import WIDTHS, Looks, allowed, format_of, looks
from cauce.sources.books.paper import exact, grow, lines_of, printed, put_note
from cauce.sources.books.shape import (
    ACTION,
    ACTIONS,
    AFTER,
    BASE,
    FIRST_ROW,
    FLAGS,
    HIDDEN,
    INSIST,
    KEY,
    NUMBER,
    OWN,
    RECORDS,
    SEALED,
    VALID_FROM,
    VALID_TO,
    Meta,
    Sheet,
    columns,
    label_of,
    letters,
    link_label,
    sheets,
)
from cauce.sources.books.words import INSTRUCTIONS, OWN_NOTES, described, instructions

ROOM = 5_000
"""Lines that drop-downs and checks reach to, beyond those that are filled."""
MAX_UNITS = 32_767
FIRST_YEAR = 1900
"""Excel knows no day before it; older ones are written as text."""
_NARROW = frozenset({NUMBER, INSIST, VALID_FROM, VALID_TO, BASE})


@dataclass(frozen=True)
class Filled:
    """A record in a workbook: under which number, and which record and entry it was before."""

    number: int
    record: Record
    key: str = ""
    base: int = 0


@dataclass(frozen=True)
class Wanted:
    """How a workbook is wanted. `shown` are the fields to have, None for all.

    `titles` are the records links may lead to, by register and key. `day` and `known_at` are those
    the records are as of.
    """

    language: Language = "es"
    shown: frozenset[str] | None = None
    titles: Titles = field(default_factory=dict)
    day: date | None = None
    known_at: datetime | None = None


def write_workbook(
    register: Register,
    lists: Lists,
    out: Path,
    wanted: Wanted,
    records: Iterable[Filled] = (),
) -> int:
    """Write the workbook, and return the number of records in it.

    Raises BadInput if a text is longer than a cell of Excel can be.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(str(out), options)
    book.set_properties({"title": register.name.of(wanted.language), "author": "Cauce"})
    try:
        return _Writer(book, register, lists, wanted).write(records)
    finally:
        book.close()


class _Writer:
    """One workbook on its way; rows go to disk as they are written."""

    def __init__(self, book: Workbook, register: Register, lists: Lists, wanted: Wanted) -> None:
        self.book = book
        self.register = register
        self.lists = lists
        self.wanted = wanted
        self.other = next(each for each in LANGUAGES if each != wanted.language)
        self.look: Looks = looks(book)
        self.sheets = sheets(register, wanted.shown)
        self.lines: dict[str, int] = {}
        self.links = {
            key: link_label(key, title)
            for keys in wanted.titles.values()
            for key, title in keys.items()
        }

    def write(self, records: Iterable[Filled]) -> int:
        self._instructions()
        named = named_lists(self.sheets, self.lists, self.wanted.titles)
        pages = {sheet.id: self._head(sheet) for sheet in self.sheets}
        count = 0
        for filled in records:
            self._record(filled, pages)
            count += 1
        for sheet in self.sheets:
            self._checks(sheet, pages[sheet.id], named)
        put_list_sheet(self.book, self.look, named, self.wanted.language)
        pages[RECORDS].activate()
        return count

    def _instructions(self) -> None:
        page = self.book.add_worksheet(INSTRUCTIONS.of(self.wanted.language))
        page.set_column(0, 1, 70)
        page.hide_gridlines(2)
        lines = instructions(self.register, self.sheets[0].name, OWN[INSIST])
        for at, text in enumerate(lines):
            style = self.look.title if at == 0 else self.look.text
            longest = max(len(text.en), len(text.es))
            page.set_row(at, 24 if at == 0 else 15 * (longest // 68 + 1) + 6)
            page.write_string(at, 0, text.of(self.wanted.language), style)
            page.write_string(at, 1, text.of(self.other), style)
        printed(page, self.register.name.of(self.wanted.language))

    def _head(self, sheet: Sheet) -> Worksheet:
        """A sheet with its machine row and headers."""
        page = self.book.add_worksheet(sheet.name)
        meta = Meta(
            1, self.register.id, sheet.id, self.register.sha256,
            self.wanted.day, self.wanted.known_at,
        )  # fmt: skip
        ids = columns(sheet)
        fields = {f.id: f for f in sheet.fields}
        for at, name in enumerate(ids):
            self._column(page, at, name, fields.get(name))
        page.set_row(0, None, None, {"hidden": True})
        for at, name in enumerate(ids):
            page.write_string(0, at, meta.text() if at == 0 else name)
        page.set_row(1, 45)
        page.set_row(2, 32)
        self._headers(page, 1, ids, fields, self.wanted.language)
        # A sheet is written row by row: notes of a row that is past would be lost.
        for at, name in enumerate(ids):
            self._note(page, at, name, fields.get(name))
        self._headers(page, 2, ids, fields, self.other)
        page.freeze_panes(FIRST_ROW - 1, 1)
        page.repeat_rows(1, 2)
        page.repeat_columns(0)
        wide = sum(WIDTHS[own.kind] for own in sheet.fields)
        printed(page, sheet.title.of(self.wanted.language), wide)
        self.lines[sheet.id] = FIRST_ROW - 1
        return page

    def _headers(
        self,
        page: Worksheet,
        row: int,
        ids: Sequence[str],
        fields: Mapping[str, Field],
        language: Language,
    ) -> None:
        style = self.look.header if row == 1 else self.look.second
        for at, name in enumerate(ids):
            own = fields.get(name)
            words = (own.name if own else OWN[name]).of(language)
            star = " *" if own is not None and own.required else ""
            page.write_string(row, at, words + star, style)

    def _column(self, page: Worksheet, at: int, name: str, own: Field | None) -> None:
        if own is None:
            style = self.look.kinds["date" if name in (VALID_FROM, VALID_TO) else "text"]
            width = 13 if name in _NARROW else 28
            page.set_column(at, at, width, style, {"hidden": name in HIDDEN})
        else:
            page.set_column(at, at, WIDTHS[own.kind], format_of(own, self.look))

    def _note(self, page: Worksheet, at: int, name: str, own: Field | None) -> None:
        """The note at a header, in both languages."""
        note = OWN_NOTES[name] if own is None else described(own, self.lists.get(own.codelist))
        put_note(page, at, f"{note.of(self.wanted.language)}\n\n{note.of(self.other)}")

    def _checks(self, sheet: Sheet, page: Worksheet, named: Named) -> None:
        """Drop-downs and limits, down to some room below what is filled."""
        last = self.lines[sheet.id] + ROOM
        known = frozenset(named)
        for at, own in enumerate(sheet.fields, start=1):
            cell = f"{letters(at)}{FIRST_ROW}"
            rule = allowed(own, cell, known, self.wanted.language)
            if rule:
                page.data_validation(FIRST_ROW - 1, at, last, at, rule)
        if sheet.id == RECORDS:
            for at, name in enumerate(AFTER, start=len(sheet.fields) + 1):
                if name == INSIST:
                    rule = {"validate": "list", "source": ["OK"]}
                elif name == ACTION:
                    words = [self._action(code) for code in ACTIONS]
                    rule = {"validate": "list", "source": words}
                elif name in (VALID_FROM, VALID_TO):
                    cell = f"{letters(at)}{FIRST_ROW}"
                    rule = {"validate": "custom", "value": f"=ISNUMBER({cell})"}
                else:
                    continue
                page.data_validation(FIRST_ROW - 1, at, last, at, rule)

    def _action(self, code: str) -> str:
        return f"{code} – {ACTIONS[code].of(self.wanted.language)}"

    def _record(self, filled: Filled, pages: Mapping[str, Worksheet]) -> None:
        for sheet in self.sheets:
            page = pages[sheet.id]
            if sheet.id == RECORDS:
                line = self._line(sheet.id)
                self._cells(page, line, filled.number, sheet.fields, filled.record)
                after = len(sheet.fields) + 1
                if filled.key:
                    page.write_string(line, after + AFTER.index(KEY), filled.key)
                    page.write_number(line, after + AFTER.index(BASE), filled.base)
                continue
            value = filled.record.get(sheet.id)
            for row in value if isinstance(value, tuple) else ():
                if isinstance(row, Mapping):
                    line = self._line(sheet.id)
                    self._cells(page, line, filled.number, sheet.fields, row)

    def _line(self, sheet: str) -> int:
        line = self.lines[sheet]
        self.lines[sheet] = line + 1
        return line

    def _cells(
        self, page: Worksheet, line: int, number: int, fields: Sequence[Field], values: Record | Row
    ) -> None:
        """A line with its record's number, as high as its longest text needs."""
        shown = [
            (at, own, self._shown(own, value))  # type: ignore[arg-type] # never rows
            for at, own in enumerate(fields, start=1)
            if (value := values.get(own.id)) is not None
        ]
        grow(page, line, max((lines_of(own, value) for _, own, value in shown), default=1))
        page.write_number(line, 0, number)
        for at, own, value in shown:
            style = format_of(own, self.look)
            if isinstance(value, str):
                page.write_string(line, at, value, style)
            elif isinstance(value, date):
                page.write_datetime(line, at, value, style)
            else:
                page.write_number(line, at, value, style)

    def _shown(self, own: Field, value: Scalar | tuple[str, ...]) -> str | float | date:
        """What goes into the cell: a day, a number, or text."""
        if isinstance(value, bool):
            return FLAGS[value].of(self.wanted.language)
        if isinstance(value, date) and value.year >= FIRST_YEAR:
            return value
        if isinstance(value, int | float) and exact(value):
            return value
        text = self._text(own, value)
        if len(text) > MAX_UNITS // 2 and len(text.encode("utf-16-le")) // 2 > MAX_UNITS:
            raise BadInput(
                f"{own.id} holds {len(text):,} letters, more than fit into a cell of Excel. "
                "Export the register as CSV."
            )
        return text

    def _text(self, own: Field, value: Scalar | tuple[str, ...]) -> str:
        """A value as it stands in its cell."""
        if isinstance(value, Sealed):
            return f"{SEALED}{value}"
        if isinstance(value, Absent):
            return str(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int | float):
            return f"{value:.{own.decimals}f}"
        if own.kind == "code":
            return label_of(self.lists[own.codelist], str(value), self.wanted.language)
        if isinstance(value, tuple):
            return "; ".join(value)
        return self.links.get(value, value) if own.kind == "link" else str(value)
