"""a reply as bytes: always the same for the same figures, and as rows for other programs."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, replace

from cauce.model.reply import JOIN, Reply, Shape, Trace
from cauce.publish.plain import FORMULA

COLUMNS = (
    "table", "area", "period", "axes", "codes", "value", "unit", "flag", "note",
    "dataflow", "key", "vintage", "n_unw", "cv",
)  # fmt: skip


def reply_json(reply: Reply) -> bytes:
    """Everything the reply says, figures by their codes: two that are equal are byte for byte."""
    sheets = tuple(
        replace(
            sheet,
            figures=tuple(sorted(sheet.figures, key=lambda one: one.codes)),
            notes=tuple(sorted(sheet.notes, key=lambda one: one.codes)),
        )
        for sheet in reply.sheets
    )
    told = asdict(replace(reply, sheets=sheets))
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def reply_csv(reply: Reply, shape: Shape) -> bytes:
    """A row for each figure, with the note of its row in the workbook."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(reply, shape):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return out.getvalue().encode()


def _rows(reply: Reply, shape: Shape) -> Iterator[list[str]]:
    for sheet in reply.sheets:
        table = shape.tables[sheet.table]
        notes = {note.codes: note.text for note in sheet.notes}
        axes = JOIN.join((*table.rows, *table.columns))
        for one in sheet.figures:
            value = "" if one.value is None else f"{one.value:.{table.decimals}f}"
            head = [sheet.table, reply.area, reply.period, axes, JOIN.join(one.codes)]
            note = notes.get(one.codes[: len(table.rows)], "")
            yield [*head, value, table.unit, one.flag, note, *_trace(one.trace)]


def _trace(trace: Trace | None) -> list[str]:
    if trace is None:
        return [""] * 5
    n = "" if trace.respondents < 0 else str(trace.respondents)
    return [trace.flow, trace.key, trace.vintage, n, "" if trace.cv is None else str(trace.cv)]
