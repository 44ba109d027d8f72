"""The workbook of a reply: a sheet for each table, and sheets of contents, notes and traces."""

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cauce.model.reply import (
    AREA,
    CODES,
    CONTENTS,
    FLAG,
    FLAGS,
    JOIN,
    NOTE,
    NOTES,
    PERIOD,
    TRACES,
    UNIT,
    VALUE,
    Figure,
    Reply,
    Shape,
    Sheet,
    TableShape,
)
from cauce.model.text import Text
from cauce.publish.questionnaire.asides import aside_page, put_contents, put_notes, put_traces
from cauce.publish.questionnaire.desk import CHARACTERS, HEAD, WIDTHS, Desk, Words, printed
from cauce.publish.questionnaire.facts import NAMES
from cauce.publish.questionnaire.layout import Layout, layout_of
from cauce.publish.questionnaire.looks import looks

TOLD = ("SOURCE", "STANDARD", "CRITERION", "AGE", "INVENTED", "NOTE")
"""Facts that stand below the table too, where nobody overlooks them."""


def workbook_of(reply: Reply, shape: Shape, words: Words) -> bytes:
    """The workbook. Nothing is hidden in it: what stands there can be seen."""
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(out, options)
    book.set_properties({"title": shape.name.en, "author": "Cauce"})
    _Writer(Desk(book, reply, shape, words, looks(book))).write()
    book.close()
    return out.getvalue()


class _Writer:
    """One workbook on its way."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.book = desk.book
        self.reply = desk.reply
        self.shape = desk.shape
        self.words = desk.words
        self.look = desk.look

    def write(self) -> None:
        contents = aside_page(self.desk, CONTENTS)
        pages = [
            (sheet, self.book.add_worksheet(sheet.table[:CHARACTERS]))
            for sheet in self.reply.sheets
        ]
        for sheet, page in pages:
            self._table(sheet, page)
        put_contents(self.desk, contents)
        put_notes(self.desk, aside_page(self.desk, NOTES))
        put_traces(self.desk, aside_page(self.desk, TRACES))

    def _table(self, sheet: Sheet, page: Worksheet) -> None:
        table = self.shape.tables[sheet.table]
        layout = layout_of(sheet, table, self.shape)
        last = 3 + 2 * len(layout.columns)
        self._head(page, table, last)
        self._columns(page, table, layout)
        figures = {one.codes: one for one in sheet.figures}
        notes = {note.codes: note.text for note in sheet.notes}
        for at, row in enumerate(layout.rows, start=layout.codes + 1):
            page.write_string(at, 0, self._shown(table.rows, row), self.look.code)
            page.write_string(at, 1, self._words(table.rows, row, "en"), self.look.label)
            page.write_string(at, 2, self._words(table.rows, row, "es"), self.look.label)
            words = (self._words(table.rows, row, language) for language in ("en", "es"))
            page.set_row(at, 15 * (max(map(len, words)) // (WIDTHS[1] + 6) + 1))
            for place, column in enumerate(layout.columns):
                self._figure(page, at, 3 + 2 * place, figures.get((*row, *column)), table)
            if row in notes:
                page.write_string(at, last, notes[row], self.look.text)
        self._legend(page, layout.codes + len(layout.rows) + 2, sheet)
        printed(page, table.id, 1)
        page.freeze_panes(layout.codes + 1, 3)

    def _head(self, page: Worksheet, table: TableShape, last: int) -> None:
        page.set_column(0, 0, WIDTHS[0])
        page.set_column(1, 2, WIDTHS[1])
        for column in range(3, last, 2):
            page.set_column(column, column, 16)
            page.set_column(column + 1, column + 1, 6)
        page.set_column(last, last, 30)
        page.hide_gridlines(2)
        page.write_string(0, 0, table.id, self.look.code)
        page.write_string(0, 1, table.title.en, self.look.title)
        page.write_string(1, 1, table.title.es, self.look.title)
        page.set_row(0, 22)
        page.set_row(1, 22)
        unit = self.shape.units[table.unit]
        said = {
            AREA: (self.reply.area, ""),
            PERIOD: (self.reply.period, ""),
            UNIT: (table.unit, f"{unit.en} · {unit.es}"),
        }
        for at, (mark, (code, words)) in enumerate(said.items(), start=2):
            page.write_string(at, 0, mark, self.look.code)
            page.write_string(at, 1, f"{HEAD[mark].en} · {HEAD[mark].es}", self.look.plain)
            page.write_string(at, 2, code, self.look.fact)
            if words:
                page.write_string(at, 3, words, self.look.text_along)

    def _columns(self, page: Worksheet, table: TableShape, layout: Layout) -> None:
        """A row of words for each axis across, and the row of codes."""
        for depth, axis in enumerate(table.columns):
            at = 6 + depth
            name = self.shape.axes[axis].name
            page.write_string(at, 0, axis, self.look.code)
            page.write_string(at, 1, name.en, self.look.plain)
            page.write_string(at, 2, name.es, self.look.plain)
            page.set_row(at, 34)
            for place, column in enumerate(layout.columns):
                text = self._text(axis, column[depth])
                words = text.en if text.en == text.es else f"{text.en}\n{text.es}"
                first = 3 + 2 * place
                page.merge_range(at, first, at, first + 1, words, self.look.header)
        at = layout.codes
        page.write_string(at, 0, CODES, self.look.codes)
        for place, language in enumerate(("en", "es"), start=1):
            names = " × ".join(getattr(self.shape.axes[axis].name, language) for axis in table.rows)
            page.write_string(at, place, names, self.look.header_left)
        for place, column_codes in enumerate(layout.columns):
            shown = self._shown(table.columns, column_codes) or VALUE
            page.write_string(at, 3 + 2 * place, shown, self.look.codes)
            page.write_string(at, 4 + 2 * place, FLAG, self.look.codes)
        page.write_string(at, 3 + 2 * len(layout.columns), NOTE, self.look.codes)
        page.set_row(at, 40)

    def _figure(
        self, page: Worksheet, at: int, column: int, figure: Figure | None, table: TableShape
    ) -> None:
        style = self.look.numbers[min(table.decimals, len(self.look.numbers) - 1)]
        if figure is None or figure.value is None:
            page.write_blank(at, column, None, style)
        else:
            page.write_number(at, column, figure.value, style)
        if figure is None or not figure.flag:
            page.write_blank(at, column + 1, None, self.look.flag)
        else:
            page.write_string(at, column + 1, figure.flag, self.look.flag)

    def _legend(self, page: Worksheet, at: int, sheet: Sheet) -> None:
        """What to know of the table, and the words of its flags.

        It stands in the second column: what has no code in the first is no row of data.
        """
        told = ((one, NAMES[one.id]) for one in sheet.facts if one.id in TOLD)
        lines = [
            Text(f"{name.en}: {one.text.en}", f"{name.es}: {one.text.es}") for one, name in told
        ]
        for flag in sorted({one.flag for one in sheet.figures} - {""}):
            words = FLAGS[flag]
            lines.append(Text(f"{flag}  {words.en}", f"{flag}  {words.es}"))
        for place, line in enumerate(lines):
            page.write_string(at + place, 1, line.en, self.look.text_along)
            page.write_string(at + place + len(lines), 1, line.es, self.look.text_along)

    def _shown(self, axes: Sequence[str], codes: Sequence[str]) -> str:
        return JOIN.join(
            next((c.shown for c in self.shape.axes[axis].codes if c.id == code), code)
            for axis, code in zip(axes, codes, strict=True)
        )

    def _text(self, axis: str, code: str) -> Text:
        return self.words[axis].get(code, Text(code, code))

    def _words(self, axes: Sequence[str], codes: Sequence[str], language: str) -> str:
        texts = (self._text(axis, code) for axis, code in zip(axes, codes, strict=True))
        return " · ".join(getattr(text, language) for text in texts)
