"""A CSV file as a workbook of one sheet. Runs in the worker."""

import csv
import io
from pathlib import Path
from typing import Any

from cauce.model.text import Text
from cauce.sources.books.book import Refused
from cauce.sources.books.cells import MAX_CELLS, MAX_COLUMN, MAX_ROW
from cauce.sources.limits import MIB

MAX_BYTES = 64 * MIB
MAX_VALUE = 32_768


def read_csv_cells(path: Path) -> dict[str, Any]:
    """The one sheet, all of its values text. Columns are parted by comma, semicolon or tab.

    Raises:
        Refused: it is too long, not UTF-8, or no CSV; the line is named.
    """
    data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    if not data:
        raise Refused(
            Text(
                f"The CSV file is empty or longer than {MAX_BYTES >> 20} MiB.",
                f"El archivo CSV está vacío o pasa de {MAX_BYTES >> 20} MiB.",
            )
        )
    text = _decoded(data)
    csv.field_size_limit(MAX_VALUE)
    rows: list[list[Any]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, values in enumerate(reader, start=1):
            found = [part for at, v in enumerate(values) if v != "" for part in (at, v)]
            cells += len(found) // 2
            if number > MAX_ROW or len(values) > MAX_COLUMN or cells > MAX_CELLS:
                raise _wrong(number, "more than is read", "más de lo que se lee")
            if found:
                rows.append([number, found])
    except csv.Error as error:
        raise _wrong(reader.line_num, f"not CSV ({error})", f"no es CSV ({error})") from error
    return {"sheets": [{"name": path.stem[:31], "rows": rows}]}


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _wrong(
            line, "not UTF-8. Save it as CSV UTF-8", "no es UTF-8. Guárdelo como CSV UTF-8"
        ) from error
    nul = text.find("\0")
    if nul >= 0:
        raise _wrong(text.count("\n", 0, nul) + 1, "a NUL byte", "un byte NUL")
    return text


def _delimiter(text: str) -> str:
    """What parts the columns: the mark that is most frequent in the first line."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _wrong(line: int, en: str, es: str) -> Refused:
    return Refused(Text(f"CSV, line {line}: {en}.", f"CSV, línea {line}: {es}."))
