"""Observations as one Parquet file that says what it is."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.observation import Observations
from cauce.model.text import Language
from cauce.publish.plain import Labels, plain_columns


def plain_parquet(
    observations: Observations, language: Language, labels: Labels, about: Mapping[str, str]
) -> bytes:
    """One row an observation, the columns of `plain_json`; withheld numbers are null.

    `about` goes into the file's own metadata, where `pyarrow`, DuckDB and R `arrow` show it.
    """
    columns = plain_columns(observations, language, labels, ids_only=True)
    table = pa.table({name: _filled(column.array) for name, column in columns})
    told = {name.encode(): word.encode() for name, word in about.items()}
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(told), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _filled(array: pa.Array) -> pa.Array:
    """Words as plain text: a dictionary with an order of ours would mean nothing to a reader."""
    return array.cast(pa.string()) if isinstance(array, pa.DictionaryArray) else array
