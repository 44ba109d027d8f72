"""The sheets beside the tables: contents, notes and traces."""

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from cauce.model.reply import ALL, AREA, CONTENTS, NOTES, PERIOD, TRACES
from cauce.model.text import Text
from cauce.publish.questionnaire.desk import CHARACTERS, HEAD, WIDTHS, Desk, printed
from cauce.publish.questionnaire.facts import NAMES
from cauce.publish.questionnaire.layout import cells_of

SHEETS = {
    CONTENTS: Text("Contents", "Contenido"),
    NOTES: Text("Notes", "Notas"),
    TRACES: Text("Traces", "Trazas"),
}


def aside_page(desk: Desk, mark: str) -> Worksheet:
    page = desk.book.add_worksheet(f"{SHEETS[mark].es} · {SHEETS[mark].en}")
    page.write_string(0, 0, mark, desk.look.code)
    page.write_string(0, 1, SHEETS[mark].en, desk.look.title)
    page.write_string(1, 1, SHEETS[mark].es, desk.look.title)
    page.set_row(0, 22)
    page.set_row(1, 22)
    page.hide_gridlines(2)
    return page


def put_contents(desk: Desk, page: Worksheet) -> None:
    page.set_column(0, 0, WIDTHS[0])
    page.set_column(1, 2, 52)
    page.set_column(3, 3, 12)
    page.set_column(4, 5, 44)
    page.merge_range(2, 1, 2, 5, desk.shape.about.en, desk.look.text)
    page.merge_range(3, 1, 3, 5, desk.shape.about.es, desk.look.text)
    page.set_row(2, 34)
    page.set_row(3, 34)
    for at, (mark, said) in enumerate(
        ((AREA, desk.reply.area), (PERIOD, desk.reply.period)), start=4
    ):
        page.write_string(at, 0, mark, desk.look.code)
        page.write_string(at, 1, f"{HEAD[mark].en} · {HEAD[mark].es}", desk.look.plain)
        page.write_string(at, 2, said, desk.look.fact)
    heads = ("TABLE", "Title", "Título", "Numbers · Números", "Why not", "Por qué no")
    for column, head in enumerate(heads):
        page.write_string(7, column, head, desk.look.header_left)
    page.set_row(7, 30)
    _lines(desk, page)
    page.freeze_panes(8, 1)
    page.repeat_rows(7)
    printed(page, desk.shape.name.en, 0)


def _lines(desk: Desk, page: Worksheet) -> None:
    """Every table of the shape: how many numbers it has, or why none."""
    filled = {sheet.table: sheet for sheet in desk.reply.sheets}
    absent = {one.table: one.why for one in desk.reply.absent}
    for at, table in enumerate(desk.shape.tables.values(), start=8):
        if table.id in filled:
            page.write_url(
                at, 0, f"internal:'{table.id[:CHARACTERS]}'!A1", desk.look.link, table.id
            )
        else:
            page.write_string(at, 0, table.id, desk.look.code)
        page.write_string(at, 1, table.title.en, desk.look.text)
        page.write_string(at, 2, table.title.es, desk.look.text)
        if table.id in filled:
            count = sum(one.value is not None for one in filled[table.id].figures)
            page.write_number(at, 3, count, desk.look.count)
        why = absent.get(table.id)
        if why is not None:
            page.write_string(at, 4, why.en, desk.look.text)
            page.write_string(at, 5, why.es, desk.look.text)
        wide = max(len(why.en), len(why.es)) / 42 if why else 0
        long = max(len(table.title.en), len(table.title.es)) / 50
        page.set_row(at, 15 * (int(max(wide, long)) + 1))


def put_notes(desk: Desk, page: Worksheet) -> None:
    page.set_column(0, 1, WIDTHS[0])
    page.set_column(2, 3, 36)
    page.set_column(4, 5, 70)
    heads = ("TABLE", "FACT", "Name", "Nombre", "English", "Español")
    for column, head in enumerate(heads):
        page.write_string(3, column, head, desk.look.header_left)
    at = 4
    groups = [(ALL, desk.reply.facts), *((s.table, s.facts) for s in desk.reply.sheets)]
    for table, facts in groups:
        for fact in facts:
            name = NAMES.get(fact.id, Text(fact.id, fact.id))
            cells = (table, fact.id, name.en, name.es, fact.text.en, fact.text.es)
            for column, words in enumerate(cells):
                style = desk.look.code if column < 2 else desk.look.text
                if words:
                    page.write_string(at, column, words, style)
                else:
                    page.write_blank(at, column, None, desk.look.slot)
            longest = max(len(fact.text.en), len(fact.text.es))
            page.set_row(at, 15 * (longest // 68 + 1))
            at += 1
    page.freeze_panes(4, 2)
    page.autofilter(3, 0, max(at - 1, 3), 5)
    page.repeat_rows(3)
    printed(page, SHEETS[NOTES].en, 0)


def put_traces(desk: Desk, page: Worksheet) -> None:
    """A line for each figure: its cell, where it stands in the store, n and cv."""
    for column, width in enumerate((WIDTHS[0], 10, 36, 60, 14, 14, 10)):
        page.set_column(column, column, width)
    heads = ("TABLE", "CELL", "DATAFLOW", "KEY", "VINTAGE", "N_UNW", "CV")
    for column, head in enumerate(heads):
        page.write_string(3, column, head, desk.look.header_left)
    at = 4
    for sheet in desk.reply.sheets:
        cells = cells_of(sheet, desk.shape)
        for figure in sheet.figures:
            if figure.trace is None:
                continue
            row, column = cells[figure.codes]
            trace = figure.trace
            words = (sheet.table, xl_rowcol_to_cell(row, column), trace.flow, trace.key)
            for place, word in enumerate((*words, trace.vintage)):
                page.write_string(at, place, word, desk.look.code)
            if trace.respondents >= 0:
                page.write_number(at, 5, trace.respondents, desk.look.count)
            if trace.cv is not None:
                page.write_number(at, 6, trace.cv, desk.look.numbers[4])
            at += 1
    page.freeze_panes(4, 0)
    page.autofilter(3, 0, max(at - 1, 3), len(heads) - 1)
    page.repeat_rows(3)
    printed(page, SHEETS[TRACES].en, 0)
