"""Reading a Parquet file, which brings its own types."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.sources.layout import Layout
from cauce.sources.limits import MIB, Limits


class ParquetReader:
    """A Parquet file. Its footer is not believed: rows and bytes are counted while reading."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        with readable():
            self._file = pq.ParquetFile(
                path,
                thrift_string_size_limit=64 * MIB,
                thrift_container_size_limit=4_000_000,
                page_checksum_verification=True,
            )
            meta = self._file.metadata
            schema = self._file.schema_arrow
        groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
        unpacked = sum(group.total_byte_size for group in groups)
        if unpacked > limits.unpacked_bytes:
            raise BadInput(
                f"its columns unpack to {unpacked:,} bytes; at most {limits.unpacked_bytes:,}."
            )
        if meta.num_rows > limits.rows:
            raise BadInput(f"{meta.num_rows:,} rows; at most {limits.rows:,} are read.")
        self.layout = Layout(names=tuple(schema.names), rows=meta.num_rows)

    def read(self, columns: Sequence[str]) -> pa.Table:
        """These columns of every row. Raises BadInput if the file is damaged."""
        batches = list(self.batches(columns))
        if not batches:
            raise BadInput("columns and no rows.")
        return pa.Table.from_batches(batches)

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The same some rows at a time."""
        rows = 0
        with readable():
            for batch in self._batches(columns):
                rows += batch.num_rows
                yield batch.select(list(columns))
        if rows and rows != self.layout.rows:
            raise BadInput(f"{self.layout.rows:,} rows declared, {rows:,} there.")

    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        total = 0
        for batch in self._file.iter_batches(columns=list(columns), use_threads=False):
            total += batch.nbytes
            if total > self._limits.unpacked_bytes:
                raise BadInput(
                    f"its columns unpack to over {self._limits.unpacked_bytes:,} bytes, "
                    "more than its footer says."
                )
            yield batch


@contextmanager
def readable() -> Iterator[None]:
    """Turns Arrow's complaints about a damaged file into BadInput."""
    try:
        yield
    except MemoryError:
        raise
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise BadInput(f"not readable as Parquet ({reason}).") from error
