"""Observations as Parquet and back: readable columns, withheld numbers null."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.arrays import Codes, Ints
from cauce.model.dataflow import ADMITTED, Dataflow
from cauce.model.observation import (
    NARROW,
    WITHHELD,
    ConfStatus,
    Observations,
    ObsStatus,
    Reliability,
)
from cauce.model.rule import rule
from cauce.store.errors import Damaged
from cauce.store.parquet import read_whole
from cauce.store.series import Table

ROW_GROUP = 1 << 20
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
WORDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "OBS_STATUS": ("obs_status", ObsStatus),
    "CONF_STATUS": ("conf_status", ConfStatus),
    "RELIABILITY": ("reliability", Reliability),
    "RULE": ("rule", str),
}
THEIRS = "theirs."
"""Before the name of a column with an attribute of another agency: no column of ours has a dot."""


def to_table(observations: Observations, rows: Ints) -> pa.Table:
    """Some rows of the observations, in the order of their codes as text."""
    key = []
    for j, dimension in enumerate(observations.dataflow.dimensions):
        codes = np.array([code.id for code in dimension.codes])
        key.append(codes[observations.key[rows, j]])
    order = np.lexsort(key[::-1])
    columns: dict[str, pa.Array] = {
        dimension.id: pa.array(codes[order], pa.string())
        for dimension, codes in zip(observations.dataflow.dimensions, key, strict=True)
    }
    rows = rows[order]
    for column, name in NUMBERS.items():
        values = getattr(observations, name)[rows]
        columns[column] = pa.array(values, pa.float64(), mask=np.isnan(values))
    for column, name in COUNTS.items():
        values = getattr(observations, name)[rows]
        columns[column] = pa.array(values, pa.int32(), mask=values < 0)
    for column, (name, _) in WORDS.items():
        words = getattr(observations, name)
        columns[column] = pa.array([str(words[row]) for row in rows], pa.string())
    for column, words in zip(theirs_of(observations.dataflow), observations.theirs, strict=True):
        columns[column] = pa.array([words[row] for row in rows], pa.string())
    return pa.table(columns)


def theirs_of(dataflow: Dataflow) -> tuple[str, ...]:
    """The columns with the attributes of another agency; none of a dataflow of ours."""
    foreign = dataflow.foreign
    return () if foreign is None else tuple(f"{THEIRS}{each.id}" for each in foreign.attributes)


def to_parquet(table: pa.Table) -> bytes:
    """A table as Parquet; the same table gives the same bytes. Nothing says where or when."""
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=3,
        use_dictionary=[f.name for f in table.schema if f.type == pa.string()],
        row_group_size=ROW_GROUP,
        store_schema=False,
    )
    content: bytes = sink.getvalue().to_pybytes()
    return content


def numbers_sha256(table: pa.Table) -> str:
    """The hash of what a table says, whatever version of a library writes its bytes."""
    found = hashlib.sha256()
    for name in table.column_names:
        column = table[name].combine_chunks()
        found.update(f"\n{name} {len(column)}\n".encode())
        if column.type == pa.string():
            found.update(json.dumps(column.to_pylist(), ensure_ascii=False).encode())
            continue
        little = "<f8" if column.type == pa.float64() else "<i4"
        found.update(column.is_null().to_numpy(zero_copy_only=False).tobytes())
        found.update(column.fill_null(0).to_numpy(zero_copy_only=False).astype(little).tobytes())
    return found.hexdigest()


def from_parquet(contents: Sequence[bytes], dataflow: Dataflow) -> Table:
    """The observations of all parts, in the order of their keys.

    Raises:
        Damaged: a part has other columns than expected, or codes the dataflow does not know.
    """
    return from_tables([read_whole(content) for content in contents], dataflow)


def from_tables(tables: Sequence[pa.Table], dataflow: Dataflow) -> Table:
    """The same from tables that were read already. Raises Damaged likewise."""
    theirs = theirs_of(dataflow)
    expected = [*(d.id for d in dataflow.dimensions), *NUMBERS, *COUNTS, *WORDS, *theirs]
    if any(part.column_names != expected for part in tables):
        raise Damaged(f"A part of {dataflow.id} has other columns than a part has.")
    table = pa.concat_tables(tables)
    key = np.stack(
        [positions(table[d.id], [code.id for code in d.codes], d.id) for d in dataflow.dimensions],
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
    words: dict[str, Any] = {
        name: _words(table[column], kind, order) for column, (name, kind) in WORDS.items()
    }
    if theirs:
        words["theirs"] = tuple(_words(table[column], str, order) for column in theirs)
    if dataflow.method.var_method != ADMITTED:
        words = _alike(words)
    return Table(dataflow=dataflow, key=key[order], **numbers, **counts, **words)


def _alike(words: dict[str, Any]) -> dict[str, Any]:
    """The words of observations, with one look for all that are withheld as confidential.

    Files of before the rules conf-4 say of each what it is withheld for. Nobody is told that again.
    """
    if not NARROW & set(words["conf_status"]):
        return words
    narrow = [status in NARROW for status in words["conf_status"]]
    said = {
        "conf_status": ConfStatus.CONFIDENTIAL,
        "reliability": Reliability.NONE,
        "rule": rule(WITHHELD),
    }
    return words | {
        name: tuple(one if shut else own for shut, own in zip(narrow, words[name], strict=True))
        for name, one in said.items()
    }


def _words(column: pa.ChunkedArray, kind: Callable[[str], Any], order: Ints) -> tuple[Any, ...]:
    encoded = column.combine_chunks().dictionary_encode()
    known = [kind(word) for word in encoded.dictionary.to_pylist()]
    return tuple(known[position] for position in encoded.indices.to_numpy()[order].tolist())


def positions(column: pa.ChunkedArray, codes: list[str], dimension: str) -> Codes:
    """Where each code of a column stands in a list. Raises Damaged if one does not."""
    encoded = column.combine_chunks().dictionary_encode()
    known = {code: position for position, code in enumerate(codes)}
    found = encoded.dictionary.to_pylist()
    if strange := [code for code in found if code not in known]:
        raise Damaged(f"{dimension} has codes its dataflow does not know: {', '.join(strange)}.")
    lookup = np.array([known[code] for code in found], dtype=np.int32)
    positions: Codes = lookup[encoded.indices.to_numpy()]
    return positions
