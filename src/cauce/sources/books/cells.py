"""The cells of a workbook, one by one, with the limits asked at each. Runs in the worker."""

import io
import math
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from cauce.model.text import Text
from cauce.sources.books.book import Refused
from cauce.sources.books.guard import opened, part
from cauce.sources.books.parts import (
    Node,
    SheetPart,
    date_styles,
    m,
    shared_texts,
    sheet_parts,
    text_of,
    unescaped,
)
from cauce.sources.limits import Limits

MAX_ROW, MAX_COLUMN = 200_000, 1_000
MAX_CELLS = 6_000_000
MAX_CHARACTERS = 48_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_START_1900, _START_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - no zone
_VALUE, _INLINE, _FORMULA = m("v"), m("is"), m("f")
_LAST_SERIAL = 2_958_465


def read_cells(path: Path, limits: Limits) -> dict[str, Any]:
    """Every sheet as {"name", "rows": [[row, [column, value, …]], …]}.

    A value is text, a number or a truth; {"d": …} is a day or a moment, {"e": …} an error or a
    formula without a value.
    """
    with opened(path, limits) as archive:
        sheets, since_1904 = sheet_parts(archive)
        book = _Book(archive, shared_texts(archive), date_styles(archive), since_1904)
        return {"sheets": [{"name": s.name, "rows": book.rows(s)} for s in sheets]}


class _Book:
    """What all sheets share, and how much was read so far."""

    def __init__(
        self, archive: zipfile.ZipFile, texts: list[str], dates: frozenset[int], since_1904: bool
    ) -> None:
        self.archive = archive
        self.texts = texts
        self.dates = dates
        self.start = _START_1904 if since_1904 else _START_1900
        self.since_1904 = since_1904
        self.cells = 0
        self.characters = 0

    def rows(self, sheet: SheetPart) -> list[list[Any]]:
        """The rows of a sheet that hold anything."""
        found: list[list[Any]] = []
        # In the order of the file, which is mostly that of the rows.
        source = io.BytesIO(part(self.archive, sheet.part))
        last = 0
        try:
            for _, row in etree.iterparse(
                source, tag=m("row"), resolve_entities=False, no_network=True, load_dtd=False
            ):
                number = _row_number(row, last)
                if number <= last:
                    raise _damaged(sheet)
                last = number
                cells = self._cells(row, last, sheet)
                if cells:
                    found.append([last, cells])
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise _damaged(sheet) from error
        return found

    def _cells(self, row: Node, number: int, sheet: SheetPart) -> list[Any]:
        found: list[Any] = []
        column = -1
        for cell in row:
            reference = cell.get("r")
            column = column + 1 if reference is None else _column(reference, number, sheet)
            value = self._value(cell, sheet)
            if value is None:
                continue
            if number > MAX_ROW or column >= MAX_COLUMN:
                raise _too_far(sheet, reference or f"row {number}")
            found += (column, value)
            self._count(value, sheet)
        return found

    def _count(self, value: Any, sheet: SheetPart) -> None:
        self.cells += 1
        if isinstance(value, str):
            self.characters += len(value)
        if self.cells > MAX_CELLS or self.characters > MAX_CHARACTERS:
            raise Refused(
                Text(
                    f"The workbook holds more than is read: over {self.cells:,} cells with "
                    f"{self.characters:,} letters by sheet {sheet.name}. Send it in parts.",
                    f"El libro tiene más de lo que se lee: más de {self.cells:,} celdas con "
                    f"{self.characters:,} letras hasta la hoja {sheet.name}. Envíelo en partes.",
                )
            )

    def _value(self, cell: Node, sheet: SheetPart) -> Any:
        kind = cell.get("t", "n")
        text, computed, inline = _inside(cell)
        if kind == "inlineStr":
            return None if inline is None else text_of(inline) or None
        if not text:
            # A formula that no program has computed: what it would give is not ours to say.
            return {"e": ""} if computed and kind != "str" else None
        match kind:
            case "s":
                return self._shared(text, sheet) or None
            case "str":
                return unescaped(text)
            case "b":
                return text == "1"
            case "e":
                return {"e": text}
            case "d":
                return {"d": text.removesuffix("Z")}
            case _:
                return self._number(text, int(cell.get("s") or 0), sheet)

    def _shared(self, text: str, sheet: SheetPart) -> str:
        if not text.isdecimal() or int(text) >= len(self.texts):
            raise _damaged(sheet)
        return self.texts[int(text)]

    def _number(self, text: str, style: int, sheet: SheetPart) -> Any:
        try:
            number = float(text)
        except ValueError as error:
            raise _damaged(sheet) from error
        if not math.isfinite(number):
            return {"e": text}
        if style in self.dates:
            return self._moment(number)
        whole = number.is_integer() and abs(number) < 1 << 63
        return int(number) if whole else number

    def _moment(self, serial: float) -> Any:
        """The day of a serial number. Excel's 1900 has a 29th of February, which is no day."""
        if serial < 0 or serial > _LAST_SERIAL or (not self.since_1904 and 60 <= serial < 61):
            return {"e": f"{serial:g}"}
        if not self.since_1904 and serial < 60:
            serial += 1
        moment = self.start + timedelta(days=serial)
        day = moment.replace(microsecond=0)
        if serial.is_integer() if isinstance(serial, float) else True:
            return {"d": moment.date().isoformat()}
        return {"d": day.isoformat()}


def _inside(cell: Node) -> tuple[str | None, bool, Node]:
    """The value a cell holds as written, whether it has a formula, and its inline string."""
    text, computed, inline = None, False, None
    for node in cell:
        tag = node.tag
        if tag == _VALUE:
            text = node.text
        elif tag == _INLINE:
            inline = node
        elif tag == _FORMULA:
            computed = True
    return text, computed, inline


def _row_number(row: Node, last: int) -> int:
    text = row.get("r")
    return int(text) if text and text.isdecimal() else last + 1


def _column(reference: str, row: int, sheet: SheetPart) -> int:
    """The column of a reference such as AB12, counted from 0; the row must be that of its row."""
    found = _REFERENCE.fullmatch(reference)
    if found is None or int(found[2]) != row:
        raise _damaged(sheet)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _damaged(sheet: SheetPart) -> Refused:
    return Refused(
        Text(
            f"Sheet {sheet.name} is damaged. Save the workbook again in Excel and send that.",
            f"La hoja {sheet.name} está dañada. Guarde el libro otra vez en Excel y envíelo.",
        )
    )


def _too_far(sheet: SheetPart, reference: str) -> Refused:
    return Refused(
        Text(
            f"Sheet {sheet.name} has a value at {reference}; {MAX_ROW:,} rows and {MAX_COLUMN:,} "
            "columns are read. Is it there by mistake? Delete it.",
            f"La hoja {sheet.name} tiene un valor en {reference}; se leen {MAX_ROW:,} filas y "
            f"{MAX_COLUMN:,} columnas. ¿Está ahí por error? Bórrelo.",
        )
    )
