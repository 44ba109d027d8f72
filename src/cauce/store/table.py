"""Observations as Parquet and back: readable columns, withheld numbers null."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.arrays import Codes, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability

NUMBERS = {
    "OBS_VALUE": "value",
    "SE": "se",
    "CV": "cv",
    "CI_LOW": "ci_low",
    "CI_HIGH": "ci_high",
    "DEFF": "deff",
    "ESS": "ess",
}
COUNTS = {
    "DF": "df",
    "N_UNW": "n",
    "N_CASES": "cases",
    "N_MISSING": "missing",
    "N_PSU": "psus",
    "N_STRATA": "strata",
}
WORDS = {
    "OBS_STATUS": ("obs_status", ObsStatus),
    "CONF_STATUS": ("conf_status", ConfStatus),
    "RELIABILITY": ("reliability", Reliability),
    "RULE": ("rule", str),
}


def to_parquet(observations: Observations, rows: Ints) -> bytes:
    """Some rows of the observations as Parquet; the same observations give the same bytes."""
    columns: dict[str, pa.Array] = {}
    for j, dimension in enumerate(observations.dataflow.dimensions):
        codes = pa.array([code.id for code in dimension.codes], pa.string())
        columns[dimension.id] = pa.DictionaryArray.from_arrays(
            pa.array(observations.key[rows, j], pa.int32()), codes
        ).cast(pa.string())
    for column, name in NUMBERS.items():
        values = getattr(observations, name)[rows]
        columns[column] = pa.array(values, pa.float64(), mask=np.isnan(values))
    for column, name in COUNTS.items():
        values = getattr(observations, name)[rows]
        columns[column] = pa.array(values, pa.int32(), mask=values < 0)
    for column, (name, _) in WORDS.items():
        words = getattr(observations, name)
        columns[column] = pa.array([str(words[row]) for row in rows], pa.string())
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd", store_schema=False)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def from_parquet(parts: list[bytes], dataflow: Dataflow) -> Observations:
    """The observations of all parts, in the order of their keys."""
    tables = [pq.read_table(pa.BufferReader(part)) for part in parts]
    table = pa.concat_tables(tables) if len(tables) > 1 else tables[0]
    key = np.stack(
        [_positions(table[d.id], [code.id for code in d.codes], d.id) for d in dataflow.dimensions],
        axis=1,
    )
    order = np.lexsort(key.T[::-1])
    numbers = {
        name: table[column].to_numpy(zero_copy_only=False)[order]
        for column, name in NUMBERS.items()
    }
    counts = {
        name: table[column].fill_null(-1).to_numpy().astype(np.int32)[order]
        for column, name in COUNTS.items()
    }
    words: dict[str, Any] = {}
    for column, (name, kind) in WORDS.items():
        plain = table[column].to_pylist()
        words[name] = tuple(kind(plain[row]) for row in order)
    return Observations(dataflow=dataflow, key=key[order], **numbers, **counts, **words)


def _positions(column: pa.ChunkedArray, codes: list[str], dimension: str) -> Codes:
    encoded = column.combine_chunks().dictionary_encode()
    known = {code: position for position, code in enumerate(codes)}
    found = encoded.dictionary.to_pylist()
    if strange := [code for code in found if code not in known]:
        raise BadInput(f"{dimension} has codes its dataflow does not know: {', '.join(strange)}.")
    lookup = np.array([known[code] for code in found], dtype=np.int32)
    positions: Codes = lookup[encoded.indices.to_numpy()]
    return positions
