"""Observations as a workbook: the numbers, the table as it was laid out, and notes on both."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

import pyarrow as pa
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.text import Language
from cauce.publish.columns import Column
from cauce.publish.joining import blocks
from cauce.publish.plain import Labels, plain_columns

SHEET_ROWS = 1_048_575
"""Rows a sheet holds below its heads."""
LONGEST = 32_767
CHUNK = 1 << 16
Value = str | float | int | None


@dataclass(frozen=True)
class Laid:
    """A table as a page shows it: its heads, and its lines of labels and numbers."""

    name: str
    heads: tuple[str, ...]
    lines: Iterator[Sequence[Value]]


def plain_xlsx(
    observations: Observations,
    language: Language,
    labels: Labels,
    notes: Sequence[tuple[str, str]],
    names: tuple[str, str],
    at: datetime,
    laid: Laid | None = None,
) -> Iterator[bytes]:
    """A workbook written row by row, so that memory stays flat.

    No text becomes a formula, a link or a number. Withheld numbers are empty.

    Args:
        observations: one row each, in their order.
        language: of heads and labels.
        labels: as in `plain_csv`.
        notes: what is to be known, each with its heading.
        names: of the sheets of numbers and of notes.
        at: when the numbers were published; the same numbers give the same bytes.
        laid: the table as a page shows it, on a sheet of its own before the others.

    Raises:
        BadInput: there are more rows than a sheet holds.
    """
    if len(observations.value) > SHEET_ROWS:
        raise BadInput(
            f"{len(observations.value):,} rows are more than a sheet holds: {SHEET_ROWS:,}."
        )
    with tempfile.TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(file, options) as book:
            book.set_properties({"created": at.replace(tzinfo=None)})
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            if laid is not None:
                _sheet(book, laid, bold)
            _numbers(book.add_worksheet(names[0]), observations, language, labels, bold)
            _notes(book.add_worksheet(names[1]), notes, bold, book.add_format({"text_wrap": True}))
        file.seek(0)
        while part := file.read(CHUNK):
            yield part


def _numbers(
    sheet: Worksheet,
    observations: Observations,
    language: Language,
    labels: Labels,
    bold: Format,
) -> None:
    columns = plain_columns(observations, language, labels)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 14)
    for place, (name, _) in enumerate(columns):
        sheet.write_string(0, place, name, bold)
    for first, last in blocks(len(observations.value)):
        lists = [_values(column, first, last) for _, column in columns]
        for row, values in enumerate(zip(*lists, strict=True), start=first + 1):
            for place, value in enumerate(values):
                _write(sheet, row, place, value)


def _values(column: Column, first: int, last: int) -> list[Value]:
    part = column.array.slice(first, last - first)
    values: list[Value] = part.to_pylist()
    if isinstance(part, pa.DictionaryArray):
        return [value or None for value in values]
    return values


def _sheet(book: Workbook, laid: Laid, bold: Format) -> None:
    sheet = book.add_worksheet(laid.name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(laid.heads) - 1), 18)
    for place, head in enumerate(laid.heads):
        sheet.write_string(0, place, head, bold)
    for row, line in enumerate(laid.lines, start=1):
        for place, value in enumerate(line):
            _write(sheet, row, place, value)


def _notes(sheet: Worksheet, notes: Sequence[tuple[str, str]], bold: Format, wrap: Format) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for row, (name, text) in enumerate(notes):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text[:LONGEST], wrap)


def _write(sheet: Worksheet, row: int, place: int, value: Value) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value[:LONGEST])
    elif value is not None and isfinite(value):
        sheet.write_number(row, place, value)
