"""The asked columns of an opened file as one Parquet file. Runs in the worker."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.sources.arrow_types import kind, settled
from cauce.sources.limits import Limits
from cauce.sources.names import choose
from cauce.sources.opening import Opened


def write_columns(
    opened: Opened, asked: Sequence[str] | None, target: Path, limits: Limits
) -> dict[str, Any]:
    """Write the columns and say what they are: rows, kinds, labels, value labels.

    Raises:
        BadInput: a column that is not there, no rows, or values no survey column has.
    """
    layout = opened.reader.layout
    names = choose(layout, asked, limits)
    table = settled(opened.reader.read(names))
    if table.num_rows == 0:
        raise BadInput("columns and no rows.")
    pq.write_table(table, target, compression="snappy")
    return {
        "rows": table.num_rows,
        "columns": {field.name: kind(field.type) for field in table.schema},
        "empty": [name for name in names if table.column(name).null_count == table.num_rows],
        "labels": {name: layout.labels[name] for name in names if name in layout.labels},
        "value_labels": {
            name: layout.value_labels[name] for name in names if name in layout.value_labels
        },
    }
