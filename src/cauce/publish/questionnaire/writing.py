"""The workbook of a reply: a sheet for each table, and sheets of contents, notes and traces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cauce.model.questionnaire import (
    ALL,
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
from cauce.publish.questionnaire.facts import NAMES
from cauce.publish.questionnaire.looks import Looks, looks

Words = Mapping[str, Mapping[str, Text]]
"""The words of codes, by axis; of an open axis those that the dataflows use too."""
SHEETS = {
    CONTENTS: Text("Contents", "Contenido"),
    NOTES: Text("Notes", "Notas"),
    TRACES: Text("Traces", "Trazas"),
}
HEAD = {
    AREA: Text("Area", "Área"),
    PERIOD: Text("Reference period", "Período de referencia"),
    UNIT: Text("Unit", "Unidad"),
}
WIDTHS = (26, 44, 44)
CHARACTERS = 30
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
    _Writer(book, reply, shape, words).write()
    book.close()
    return out.getvalue()


@dataclass(frozen=True)
class Layout:
    """The codes down and across a table, and the row, counted from 0, its codes stand in."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, ...], ...]
    codes: int


def layout_of(sheet: Sheet, table: TableShape, shape: Shape) -> Layout:
    """Rows as their first figures come, columns as their axes list their codes."""
    split = len(table.rows)
    places = [(one.codes[:split], one.codes[split:]) for one in sheet.figures]
    remarked = [(note.codes, ()) for note in sheet.notes]
    rows = tuple(dict.fromkeys(row for row, _ in (*places, *remarked)))
    orders = [[code.id for code in shape.axes[axis].codes] for axis in table.columns]

    def place(column: tuple[str, ...]) -> list[int]:
        pairs = zip(column, orders, strict=True)
        return [order.index(code) if code in order else len(order) for code, order in pairs]

    columns = tuple(sorted(dict.fromkeys(column for _, column in places), key=place))
    return Layout(rows, columns, 6 + len(table.columns))


class _Writer:
    """One workbook on its way."""

    def __init__(self, book: Workbook, reply: Reply, shape: Shape, words: Words) -> None:
        self.book = book
        self.reply = reply
        self.shape = shape
        self.words = words
        self.look: Looks = looks(book)

    def write(self) -> None:
        contents = self._page(CONTENTS)
        pages = [
            (sheet, self.book.add_worksheet(sheet.table[:CHARACTERS]))
            for sheet in self.reply.sheets
        ]
        for sheet, page in pages:
            self._table(sheet, page)
        self._contents(contents)
        self._notes(self._page(NOTES))
        self._traces(self._page(TRACES))

    def _page(self, mark: str) -> Worksheet:
        page = self.book.add_worksheet(f"{SHEETS[mark].es} · {SHEETS[mark].en}")
        page.write_string(0, 0, mark, self.look.code)
        page.write_string(0, 1, SHEETS[mark].en, self.look.title)
        page.write_string(1, 1, SHEETS[mark].es, self.look.title)
        page.set_row(0, 22)
        page.set_row(1, 22)
        page.hide_gridlines(2)
        return page

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
        _printed(page, table.id, 1)
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

    def _contents(self, page: Worksheet) -> None:
        page.set_column(0, 0, WIDTHS[0])
        page.set_column(1, 2, 52)
        page.set_column(3, 3, 12)
        page.set_column(4, 5, 44)
        page.merge_range(2, 1, 2, 5, self.shape.about.en, self.look.text)
        page.merge_range(3, 1, 3, 5, self.shape.about.es, self.look.text)
        page.set_row(2, 34)
        page.set_row(3, 34)
        for at, (mark, said) in enumerate(
            ((AREA, self.reply.area), (PERIOD, self.reply.period)), start=4
        ):
            page.write_string(at, 0, mark, self.look.code)
            page.write_string(at, 1, f"{HEAD[mark].en} · {HEAD[mark].es}", self.look.plain)
            page.write_string(at, 2, said, self.look.fact)
        heads = ("TABLE", "Title", "Título", "Numbers · Números", "Why not", "Por qué no")
        for column, head in enumerate(heads):
            page.write_string(7, column, head, self.look.header_left)
        page.set_row(7, 30)
        self._lines(page)
        page.freeze_panes(8, 1)
        page.repeat_rows(7)
        _printed(page, self.shape.name.en, 0)

    def _lines(self, page: Worksheet) -> None:
        """Every table of the shape: how many numbers it has, or why none."""
        filled = {sheet.table: sheet for sheet in self.reply.sheets}
        absent = {one.table: one.why for one in self.reply.absent}
        for at, table in enumerate(self.shape.tables.values(), start=8):
            if table.id in filled:
                page.write_url(
                    at, 0, f"internal:'{table.id[:CHARACTERS]}'!A1", self.look.link, table.id
                )
            else:
                page.write_string(at, 0, table.id, self.look.code)
            page.write_string(at, 1, table.title.en, self.look.text)
            page.write_string(at, 2, table.title.es, self.look.text)
            if table.id in filled:
                count = sum(one.value is not None for one in filled[table.id].figures)
                page.write_number(at, 3, count, self.look.numbers[0])
            why = absent.get(table.id)
            if why is not None:
                page.write_string(at, 4, why.en, self.look.text)
                page.write_string(at, 5, why.es, self.look.text)
            wide = max(len(why.en), len(why.es)) / 42 if why else 0
            long = max(len(table.title.en), len(table.title.es)) / 50
            page.set_row(at, 15 * (int(max(wide, long)) + 1))

    def _notes(self, page: Worksheet) -> None:
        page.set_column(0, 1, WIDTHS[0])
        page.set_column(2, 3, 36)
        page.set_column(4, 5, 70)
        heads = ("TABLE", "FACT", "Name", "Nombre", "English", "Español")
        for column, head in enumerate(heads):
            page.write_string(3, column, head, self.look.header_left)
        at = 4
        groups = [(ALL, self.reply.facts), *((s.table, s.facts) for s in self.reply.sheets)]
        for table, facts in groups:
            for fact in facts:
                name = NAMES.get(fact.id, Text(fact.id, fact.id))
                cells = (table, fact.id, name.en, name.es, fact.text.en, fact.text.es)
                for column, words in enumerate(cells):
                    style = self.look.code if column < 2 else self.look.text
                    if words:
                        page.write_string(at, column, words, style)
                    else:
                        page.write_blank(at, column, None, self.look.slot)
                longest = max(len(fact.text.en), len(fact.text.es))
                page.set_row(at, 15 * (longest // 68 + 1))
                at += 1
        page.freeze_panes(4, 2)
        page.autofilter(3, 0, max(at - 1, 3), 5)
        page.repeat_rows(3)
        _printed(page, SHEETS[NOTES].en, 0)

    def _traces(self, page: Worksheet) -> None:
        """A line for each figure: its cell, where it stands in the store, n and cv."""
        for column, width in enumerate((WIDTHS[0], 10, 36, 60, 14, 14, 10)):
            page.set_column(column, column, width)
        heads = ("TABLE", "CELL", "DATAFLOW", "KEY", "VINTAGE", "N_UNW", "CV")
        for column, head in enumerate(heads):
            page.write_string(3, column, head, self.look.header_left)
        at = 4
        for sheet in self.reply.sheets:
            cells = cells_of(sheet, self.shape)
            for figure in sheet.figures:
                if figure.trace is None:
                    continue
                row, column = cells[figure.codes]
                trace = figure.trace
                words = (sheet.table, xl_rowcol_to_cell(row, column), trace.flow, trace.key)
                for place, word in enumerate((*words, trace.vintage)):
                    page.write_string(at, place, word, self.look.code)
                if trace.respondents >= 0:
                    page.write_number(at, 5, trace.respondents, self.look.numbers[0])
                if trace.cv is not None:
                    page.write_number(at, 6, trace.cv, self.look.numbers[4])
                at += 1
        page.freeze_panes(4, 0)
        page.autofilter(3, 0, max(at - 1, 3), len(heads) - 1)
        page.repeat_rows(3)
        _printed(page, SHEETS[TRACES].en, 0)

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


def cells_of(sheet: Sheet, shape: Shape) -> dict[tuple[str, ...], tuple[int, int]]:
    """Row and column, counted from 0, of the value of each figure."""
    table = shape.tables[sheet.table]
    layout = layout_of(sheet, table, shape)
    down = {codes: layout.codes + 1 + at for at, codes in enumerate(layout.rows)}
    across = {codes: 3 + 2 * at for at, codes in enumerate(layout.columns)}
    split = len(table.rows)
    return {
        one.codes: (down[one.codes[:split]], across[one.codes[split:]]) for one in sheet.figures
    }


def _printed(page: Worksheet, title: str, high: int) -> None:
    """On paper: across, all columns on one page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, high)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    page.set_header(f"&L{title.replace('&', '&&')}")
    page.set_footer("&L&F&C&A&R&P / &N")
