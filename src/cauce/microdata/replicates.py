"""The replicate weights of a staged file, column by column into one array."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput
from cauce.model.replication import Replicates, Replication


def read_replicates(staged: Path, said: Replicates | None, row: Ints | None) -> Replication | None:
    """The replicate weights of all respondents; None where there are none.

    Memory is 8 bytes for each respondent and replicate, once: a column is read after the other.

    Args:
        row: the place in the file of each respondent, None if they stand as in the file.

    Raises:
        BadInput: a column holds text that is no number.
    """
    if said is None:
        return None
    if said.made is not None:
        return Replication(said)
    with pq.ParquetFile(staged) as file:
        rows = file.metadata.num_rows
        weights: Floats = np.empty((rows, len(said.columns)))
        wrong: dict[str, int] = {}
        for at, name in enumerate(said.columns):
            column, wrong[name] = _numbers(file.read(columns=[name])[name])
            weights[:, at] = column if row is None else column[row]
    bad = {name: count for name, count in wrong.items() if count}
    if bad:
        first = next(iter(bad))
        raise BadInput(
            f"{sum(bad.values()):,} replicate weights are not a number, in {len(bad):,} of "
            f"{len(said.columns):,} columns, the first of them {first}. Correct the file, or name "
            "the right columns of replicate weights."
        )
    return Replication(said, weights)


def _numbers(column: pa.ChunkedArray) -> tuple[Floats, int]:
    """A column as numbers, NaN where it has none, and how many values are no numbers."""
    kind, types = column.type, pa.types
    if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind):
        numbers = column.cast(pa.float64(), safe=False)
        return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64), 0
    if not (types.is_string(kind) or types.is_large_string(kind)):
        return np.zeros(len(column)), len(column) - column.null_count
    text = pc.utf8_trim_whitespace(column)
    number = pc.match_substring_regex(text, r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
    wrong = int(pc.sum(pc.and_(pc.invert(number), pc.not_equal(text, ""))).as_py() or 0)
    numbers = pc.if_else(number, text, None).cast(pa.float64())
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64), wrong
