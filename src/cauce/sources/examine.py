"""What an opened file seems to hold, in counts. Runs in the worker."""

from dataclasses import asdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.errors import BadInput
from cauce.sources.arrow_types import kind, settle
from cauce.sources.code_systems import MOST_CODES, shares
from cauce.sources.codes import canonical
from cauce.sources.layout import Layout
from cauce.sources.limits import Limits
from cauce.sources.names import check_width, collisions, spell
from cauce.sources.opening import Opened

MAX_CODES = 60
VALUES_AT_ONCE = 20_000_000


def examine(opened: Opened, limits: Limits) -> dict[str, Any]:
    """Columns with kinds, labels and, where they are few, codes with their counts.

    Raises BadInput if there are no rows.
    """
    layout = opened.reader.layout
    check_width(layout, limits)
    same = collisions(layout.names)
    doubtful = {name for group in same for name in group}
    names = [name for name in layout.names if name and name not in doubtful]
    rows, columns = -1, []
    size = max(1, VALUES_AT_ONCE // max(1, layout.rows))
    for start in range(0, len(names), size):
        table = opened.reader.read(names[start : start + size])
        rows = table.num_rows
        columns += [column_seen(name, table.column(name), layout) for name in table.column_names]
    if rows < 1:
        raise BadInput("no columns with rows under them.")
    return {
        "member": opened.member,
        "format": opened.format,
        "csv": asdict(opened.csv) if opened.csv and opened.format == "csv" else None,
        "rows": rows,
        "columns": columns,
        "notes": [f"Left out, as names must be unique whatever their case: {spell(same)}."]
        if same
        else [],
    }


def column_seen(name: str, values: pa.ChunkedArray, layout: Layout) -> dict[str, Any]:
    """One column in counts. A column that cannot be read says so instead of stopping the look."""
    labels = layout.value_labels.get(name, {})
    seen = {"name": name, "label": layout.labels.get(name, ""), "value_labels": labels}
    try:
        column = settle(name, values)
    except BadInput as error:
        return seen | {"kind": "text", "filled": 0, "distinct": 0, "codes": [], "note": str(error)}
    filled = len(column) - column.null_count
    counts = pc.value_counts(column.drop_null())
    distinct = len(counts)
    codes: list[list[Any]] = []
    systems: dict[str, float] = {}
    if distinct <= MOST_CODES and kind(column.type) in ("integer", "float", "text"):
        systems = shares({code_text(one["values"]): one["counts"] for one in counts.to_pylist()})
    if showable(kind(column.type), distinct, filled, bool(labels)):
        pairs = ((code_text(item["values"]), item["counts"]) for item in counts.to_pylist())
        codes = [[code, count] for code, count in sorted(pairs, key=lambda pair: in_order(pair[0]))]
    return seen | {
        "kind": kind(column.type),
        "filled": filled,
        "distinct": distinct,
        "codes": codes,
        "note": "",
        "systems": systems,
    }


def showable(kind_: str, distinct: int, filled: int, labelled: bool) -> bool:
    """Whether the values are codes. Few people with a value each are people, and are not shown."""
    if distinct > MAX_CODES or kind_ == "date":
        return False
    return labelled or (kind_ != "float" and filled >= 2 * distinct)


def code_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return canonical(value) if isinstance(value, int | float) else str(value)


def in_order(code: str) -> tuple[int, float, str]:
    """Numbers by size, then the rest by letter."""
    try:
        return (0, float(code), code)
    except ValueError:
        return (1, 0.0, code)
