"""Arrow's rows in equal parts, read ahead, and the numbers of what changes in them."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Flags, Ints

T = TypeVar("T")


def equal_parts(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """The same rows as tables of so many each; the last may have fewer."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        if count < rows:
            continue
        whole = pa.Table.from_batches(waiting)
        full = count - count % rows
        yield from (whole.slice(at, rows) for at in range(0, full, rows))
        waiting, count = whole.slice(full).to_batches(), count - full
    if count:
        yield pa.Table.from_batches(waiting)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, each made while the one before is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


class Numbering:
    """Numbers for the runs of equal values of some columns: 0, 1, 2 … as they come."""

    def __init__(self) -> None:
        self._last: list[pa.Scalar] = []
        self._number = -1

    def of(self, columns: Sequence[pa.ChunkedArray]) -> Ints:
        """The number of the run each row is in, shape (rows,)."""
        new = np.zeros(len(columns[0]), dtype=np.bool_)
        for at, column in enumerate(columns):
            before = self._last[at] if self._last else None
            new |= changes(column, before)
        self._last = [column[-1] for column in columns]
        numbers: Ints = self._number + np.cumsum(new)
        self._number = int(numbers[-1])
        return numbers


def changes(column: pa.ChunkedArray, before: pa.Scalar | None) -> Flags:
    """Where a value is not the one before, shape (rows,); the first of all is always new."""
    whole = pa.concat_arrays(column.chunks)
    new = np.ones(len(whole), dtype=np.bool_)
    if before is not None:
        new[0] = not whole[0].equals(before)
    if len(whole) > 1:
        other = pc.not_equal(whole.slice(1), whole.slice(0, len(whole) - 1))
        new[1:] = other.to_numpy(zero_copy_only=False)
    return new


def in_order(tables: Iterable[pa.Table]) -> bool:
    """Whether the rows rise by the columns of the tables, the first above all; equal rows may be.

    Without a column they do.
    """
    last: pa.Table | None = None
    for table in tables:
        both = table if last is None else pa.concat_tables([last, table])
        if both.num_columns and both.num_rows > 1 and not _rises(both):
            return False
        last = table.slice(table.num_rows - 1)
    return True


def _rises(table: pa.Table) -> bool:
    equal = np.ones(table.num_rows - 1, dtype=np.bool_)
    for column in table.combine_chunks().columns:
        one, other = column.chunk(0).slice(0, len(column) - 1), column.chunk(0).slice(1)
        less = pc.less(other, one).to_numpy(zero_copy_only=False)
        if (equal & less).any():
            return False
        equal &= pc.equal(one, other).to_numpy(zero_copy_only=False)
    return True
