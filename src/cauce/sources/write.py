"""The asked columns of an opened file as one Parquet file. Runs in the worker."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.sources.arrow_types import (
    all_whole,
    infinite_in,
    kind,
    refuse_infinite,
    settle,
    without_nan,
)
from cauce.sources.limits import Limits
from cauce.sources.names import choose
from cauce.sources.opening import Opened

# So many rows are held at a time, and stand together in the file.
ROWS = 2**18
ROUGH = "rough.parquet"


def write_columns(
    opened: Opened, asked: Sequence[str] | None, target: Path, limits: Limits
) -> dict[str, Any]:
    """Write the columns and say what they are: rows, kinds, labels, value labels.

    Memory does not grow with rows. That floats are all whole is only known at the end: then they
    are written once more, as integers.

    Raises:
        BadInput: a column that is not there, no rows, or values no survey column has.
    """
    layout = opened.reader.layout
    names = choose(layout, asked, limits)
    settling = Settling()
    rough = target.with_name(ROUGH)
    write(map(settling.settle, gathered(opened.reader.batches(names))), rough)
    if settling.rows == 0:
        raise BadInput("columns and no rows.")
    settling.refuse_infinite()
    schema = settling.schema(pq.read_schema(rough))
    if schema == pq.read_schema(rough):
        rough.rename(target)
    else:
        with pq.ParquetFile(rough) as file:
            batches = (pa.Table.from_batches([one]) for one in file.iter_batches(ROWS))
            write((table.cast(schema) for table in batches), target)
        rough.unlink()
    return {
        "rows": settling.rows,
        "names": list(layout.names),
        "columns": {field.name: kind(field.type) for field in schema},
        "empty": settling.empty(),
        "labels": {name: layout.labels[name] for name in names if name in layout.labels},
        "value_labels": {
            name: layout.value_labels[name] for name in names if name in layout.value_labels
        },
    }


class Settling:
    """The columns of a file, settled some rows at a time; what only all rows tell is kept."""

    def __init__(self) -> None:
        self.rows = 0
        self._filled: dict[str, int] = {}
        self._whole: dict[str, bool] = {}
        self._infinite: dict[str, int] = {}

    def settle(self, table: pa.Table) -> pa.Table:
        """Every column integer, float, boolean, date or text."""
        self.rows += table.num_rows
        return pa.table({name: self._column(name, table[name]) for name in table.column_names})

    def _column(self, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
        type_ = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if pa.types.is_floating(type_) or pa.types.is_decimal(type_):
            column = column.cast(pa.float64())
            self._infinite[name] = self._infinite.get(name, 0) + infinite_in(column)
            column = without_nan(column)
            self._whole[name] = self._whole.get(name, True) and all_whole(column)
        else:
            column = settle(name, column)
        filled = len(column) - column.null_count
        self._filled[name] = self._filled.get(name, 0) + filled
        return column

    def refuse_infinite(self) -> None:
        for name, infinite in self._infinite.items():
            refuse_infinite(name, infinite)

    def schema(self, rough: pa.Schema) -> pa.Schema:
        """The schema once all rows are known: floats that are all whole are integers."""
        whole = {name for name, is_whole in self._whole.items() if is_whole and self._filled[name]}
        return pa.schema(
            [pa.field(f.name, pa.int64() if f.name in whole else f.type) for f in rough]
        )

    def empty(self) -> list[str]:
        """The columns without a value."""
        return [name for name, filled in self._filled.items() if not filled]


def gathered(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The same rows, so many together that reading them is worth it."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        if rows >= ROWS:
            yield pa.Table.from_batches(waiting)
            waiting, rows = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def write(tables: Iterator[pa.Table], target: Path) -> None:
    """Write tables of one schema. Raises BadInput if there is none."""
    first = next(tables, None)
    if first is None:
        raise BadInput("columns and no rows.")
    with pq.ParquetWriter(target, first.schema, compression="snappy") as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)
