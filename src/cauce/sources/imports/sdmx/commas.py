"""SDMX-CSV data messages, 1.0 and 2.x. Source: SDMX-CSV field guide."""

import csv
from collections.abc import Iterator
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.sources.imports.sdmx.rows import Asked, Row

FLOW = ("DATAFLOW", "STRUCTURE_ID")
ASIDE = frozenset({"STRUCTURE", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY", *FLOW})
LINE_BYTES = 1 << 20


def csv_rows(path: Path, asked: Asked) -> Iterator[Row]:
    """The observations of a message, in its order; of labels beside ids only the ids are taken.

    Raises:
        BadInput: it is no SDMX-CSV, a line is of another width or not UTF-8, with the line.
    """
    csv.field_size_limit(LINE_BYTES)
    with path.open("rb") as file:
        reader = csv.reader(_decoded(file), strict=True)
        try:
            head = next(reader, [])
            names = [_id(name) for name in head]
            _check(names)
            both = [":" in name for name in head]
            at = next(place for place, name in enumerate(names) if name in FLOW)
            whole = names.index("STRUCTURE") if "STRUCTURE" in names else None
            for number, cells in enumerate(reader, start=1):
                line = reader.line_num
                if len(cells) != len(names):
                    raise BadInput(
                        f"line {line} has {len(cells)} cells, and the header {len(names)}. Is the "
                        "file cut off?"
                    )
                context = cells[whole].strip().lower() if whole is not None else ""
                asked.of(_flow(cells[at]), f"line {line}", context)
                words = {
                    name: _id(cell) if labelled else cell.strip()
                    for name, cell, labelled in zip(names, cells, both, strict=True)
                }
                asked.action(words.get("ACTION", ""), f"line {line}")
                value = words.pop("OBS_VALUE", "")
                said = {n: w for n, w in words.items() if n not in ASIDE}
                yield asked.row(said, value, line, number)
        except csv.Error as error:
            raise BadInput(f"line {reader.line_num}: not CSV ({error}).") from error


def _decoded(lines: Iterator[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if len(line) > LINE_BYTES:
            raise BadInput(f"line {number} has {len(line):,} bytes.")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(f"line {number} is not UTF-8. SDMX-CSV is; save it anew.") from error


def _check(names: list[str]) -> None:
    """Raises BadInput unless the header is that of a message."""
    if not set(names) & set(FLOW):
        raise BadInput(
            "line 1: the header of SDMX-CSV has DATAFLOW or STRUCTURE_ID; this is another CSV. Use "
            'kind = "table" for it, or ask the producer for SDMX.'
        )
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadInput(f"line 1 names a column twice: {', '.join(twice)[:200]}.")


def _id(text: str) -> str:
    """The id of `ID: label`."""
    return text.partition(":")[0].strip()


def _flow(text: str) -> str:
    """The dataflow of `AGENCY:ID(1.0)` or `AGENCY:ID(1.0): label`."""
    return text.partition(": ")[0].strip()
