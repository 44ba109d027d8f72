"""Parquet that is in memory already."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq


def read_whole(content: bytes) -> pa.Table:
    """The table that some bytes hold.

    On one thread and without reading ahead: there is nothing to wait for, and a command that ends
    while Arrow's own threads still run is aborted by them ("terminate called without an active
    exception"), after its work is done. Raises pyarrow.ArrowInvalid if the bytes are no Parquet.
    """
    return pq.read_table(pa.BufferReader(content), use_threads=False, pre_buffer=False)


def read_columns(content: bytes, columns: Sequence[str]) -> pa.Table:
    """Some columns of it, likewise. Raises pyarrow.ArrowInvalid, too, where one is not there."""
    source = pa.BufferReader(content)
    found = pq.read_table(source, columns=[*columns], use_threads=False, pre_buffer=False)
    if found.column_names != [*columns]:
        raise pa.ArrowInvalid("A column is not there.")
    return found
