"""What an answer would cost, told from the size of a table before anything is read or written."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from cauce.model.arrays import Ints
from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused

WEIGHTS = {"csv": 1.0, "json": 2.0, "ml": 2.0, "parquet": 2.0, "page": 0.1, "xlsx": 50.0}
"""A cell of a format, in cells of CSV: by the processor time and the memory it takes."""
COLUMNS = 18
"""What stands beside the dimensions of an observation: value, errors, counts, verdicts, unit."""
ROW_BYTES = 200
"""What an observation of a table takes in memory, at most."""
MOST_PARTS = 12


class TooMuch(Refused):
    """An answer of more rows than are given at once: how many, and how to ask for them in parts."""


def afford_table(manifest: Manifest, limits: Limits) -> None:
    """Raises TooMuch if a table is larger than the memory for tables."""
    rows = rows_in(manifest)
    if rows * ROW_BYTES > limits.memory:
        most = limits.memory // ROW_BYTES
        words = (
            f"{manifest.dataflow.id} has {rows:,} rows; tables of up to {most:,} rows are answered "
            "here. Ask the office for the whole file."
        )
        values = {"rows": f"{rows:,}", "most": f"{most:,}"}
        raise TooMuch(413, "table_too_large", words, values)


def afford(
    manifest: Manifest, table: Observations, rows: Ints | list[int], form: str, limits: Limits
) -> None:
    """Raises TooMuch if some rows of a table in a format are more than the longest answer."""
    flow = manifest.dataflow
    most = most_rows(flow, form, limits)
    if rows_in(manifest) <= most or len(rows) <= most:
        return
    parts = "; ".join(_parts(table, np.asarray(rows), most))
    words = (
        f"This asks for {len(rows):,} rows of {flow.id}; at most {most:,} are given at once. "
        f"Ask for it in parts: {parts}."
    )
    values = {"rows": f"{len(rows):,}", "most": f"{most:,}", "parts": parts}
    raise TooMuch(413, "too_much", words, values)


def afford_all(counts: Iterable[tuple[Dataflow, int]], form: str, limits: Limits) -> None:
    """Raises TooMuch if rows of several tables are together more than the longest answer.

    Args:
        counts: tables, each with how many rows of it are asked for.
    """
    told = [(flow, rows) for flow, rows in counts if rows]
    cells = sum(rows * (len(flow.dimensions) + COLUMNS) * WEIGHTS[form] for flow, rows in told)
    if cells <= limits.most_cells:
        return
    rows = sum(rows for _, rows in told)
    most = int(rows * limits.most_cells / cells)
    largest = sorted(told, key=lambda each: -each[1])[:MOST_PARTS]
    parts = "; ".join(f"{flow.id} ({count:,})" for flow, count in largest)
    more = f"; … ({len(told)} tables)" if len(told) > len(largest) else ""
    words = (
        f"This asks for {rows:,} rows of {len(told)} tables; about {most:,} are given at once. "
        f"Ask for one table at a time: {parts}{more}."
    )
    values = {"rows": f"{rows:,}", "most": f"{most:,}", "parts": parts + more}
    raise TooMuch(413, "too_much", words, values)


def afford_tables(manifests: Sequence[Manifest], limits: Limits) -> None:
    """Raises TooMuch if several tables, or vintages of them, are more than is held at once."""
    rows = sum(rows_in(manifest) for manifest in manifests)
    if rows * ROW_BYTES <= limits.memory:
        return
    most = limits.memory // ROW_BYTES
    words = (
        f"This asks {len(manifests):,} tables, or vintages of tables, of {rows:,} rows together; "
        f"up to {most:,} are looked at at once. Ask for one table, or for what changed since a "
        "later moment."
    )
    raise TooMuch(413, "table_too_large", words, {"rows": f"{rows:,}", "most": f"{most:,}"})


def rows_in(manifest: Manifest) -> int:
    """How many rows a table has, by its manifest."""
    return sum(part.rows for part in manifest.parts)


def most_rows(flow: Dataflow, form: str, limits: Limits) -> int:
    """The rows of a table that are given at once in a format: its columns count."""
    columns = len(flow.dimensions) + COLUMNS
    return max(1, int(limits.most_cells / (columns * WEIGHTS[form])))


def _parts(table: Observations, rows: Ints, most: int) -> Iterator[str]:
    """How to ask for the rows in parts, each small enough: by period, else by another dimension."""
    flow = table.dataflow
    periods = [code.id for code in flow.dimensions[-1].codes]
    counts = np.bincount(table.key[rows, -1], minlength=len(periods))
    if counts.max() > most:
        widest = max(flow.dimensions[:-1], key=lambda dimension: len(dimension.codes))
        yield f"one period and one of the {len(widest.codes)} codes of {widest.id} at a time"
        return
    spans = list(_spans(counts.tolist(), most))
    for first, last in spans[:MOST_PARTS]:
        yield f"startPeriod={periods[first]}&endPeriod={periods[last]}"
    if len(spans) > MOST_PARTS:
        yield f"… ({len(spans)} parts)"


def _spans(counts: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """First and last position of spans that hold `most` at most, those at the ends not empty."""
    first, held = 0, 0
    for place, count in enumerate(counts):
        if held + count > most:
            yield first, place - 1
            first, held = place, 0
        held += count
    if held:
        yield first, len(counts) - 1
