"""Differences as Parquet and back: each with the codes of its first number and that of its second.

`ACROSS` is the dimension in which the two differ and `SECOND` the code the second has there.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from cauce.model.arrays import Flags, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.difference import Differences
from cauce.model.observation import Reliability
from cauce.store.errors import Damaged
from cauce.store.parquet import read_whole
from cauce.store.table import positions

ACROSS, SECOND, RELIABILITY = "ACROSS", "SECOND", "RELIABILITY"
NUMBERS = {
    "DIFFERENCE": "difference",
    "SE": "se",
    "CI_LOW": "ci_low",
    "CI_HIGH": "ci_high",
    "COVARIANCE": "covariance",
}
COUNTS = {"DF": "df", "N_PSU_COMMON": "common"}


def to_table(differences: Differences, rows: Ints) -> pa.Table:
    """Some rows of the differences, in the order of their codes as text."""
    dimensions = differences.dataflow.dimensions
    codes = [np.array([code.id for code in dimension.codes]) for dimension in dimensions]
    words = {d.id: codes[j][differences.key[rows, j]] for j, d in enumerate(dimensions)}
    across = differences.across[rows].tolist()
    words[ACROSS] = np.array([dimensions[j].id for j in across])
    second = differences.second[rows].tolist()
    words[SECOND] = np.array([codes[j][at] for j, at in zip(across, second, strict=True)])
    order = np.lexsort([*words.values()][::-1])
    columns = {name: pa.array(column[order], pa.string()) for name, column in words.items()}
    rows = rows[order]
    for column, name in NUMBERS.items():
        values = getattr(differences, name)[rows]
        columns[column] = pa.array(values, pa.float64(), mask=np.isnan(values))
    for column, name in COUNTS.items():
        values = getattr(differences, name)[rows]
        columns[column] = pa.array(values, pa.int32(), mask=values < 0)
    verdicts = [str(differences.reliability[row]) for row in rows.tolist()]
    columns[RELIABILITY] = pa.array(verdicts, pa.string())
    return pa.table(columns)


def from_parquet(contents: Sequence[bytes], dataflow: Dataflow) -> Differences:
    """The differences of all parts, in the order of their keys; of no part there are none.

    Raises:
        Damaged: a part has other columns than expected, or codes the dataflow does not know.
    """
    return from_tables([read_whole(content) for content in contents], dataflow)


def from_tables(tables: Sequence[pa.Table], dataflow: Dataflow) -> Differences:
    """The same from tables that were read already. Raises Damaged likewise."""
    if any(table.column_names != _columns(dataflow) for table in tables):
        raise Damaged(f"The differences of {dataflow.id} have other columns than they should.")
    table = pa.concat_tables([_none(dataflow), *tables])
    names = [dimension.id for dimension in dataflow.dimensions]
    codes = [[code.id for code in dimension.codes] for dimension in dataflow.dimensions]
    key = np.stack(
        [positions(table[name], own, name) for name, own in zip(names, codes, strict=True)], axis=1
    )
    across = positions(table[ACROSS], names, ACROSS)
    second = np.array(
        [
            _place(codes[j], code, names[j])
            for j, code in zip(across.tolist(), table[SECOND].to_pylist(), strict=True)
        ],
        dtype=np.int32,
    )
    order = np.lexsort((second, across, *key.T[::-1]))
    verdicts = table[RELIABILITY].to_pylist()
    return Differences(
        dataflow=dataflow,
        key=key[order],
        across=across[order],
        second=second[order],
        **{
            name: table[column].to_numpy(zero_copy_only=False)[order]
            for column, name in NUMBERS.items()
        },
        **{
            name: table[column].fill_null(-1).to_numpy().astype(np.int32)[order]
            for column, name in COUNTS.items()
        },
        reliability=tuple(Reliability(verdicts[row]) for row in order.tolist()),
    )


def some(differences: Differences, rows: Flags) -> Differences:
    """Some of the differences."""
    kept = np.flatnonzero(rows).tolist()
    names = [n for n in Differences.__dataclass_fields__ if n not in ("dataflow", "reliability")]
    return Differences(
        dataflow=differences.dataflow,
        **{name: getattr(differences, name)[kept] for name in names},
        reliability=tuple(differences.reliability[row] for row in kept),
    )


def _columns(dataflow: Dataflow) -> list[str]:
    names = [dimension.id for dimension in dataflow.dimensions]
    return [*names, ACROSS, SECOND, *NUMBERS, *COUNTS, RELIABILITY]


def _none(dataflow: Dataflow) -> pa.Table:
    return schema_of(dataflow).empty_table()


def schema_of(dataflow: Dataflow) -> pa.Schema:
    """The columns of differences of a dataflow and their kinds."""
    kinds = dict.fromkeys(_columns(dataflow), pa.string())
    kinds |= dict.fromkeys(NUMBERS, pa.float64()) | dict.fromkeys(COUNTS, pa.int32())
    return pa.schema(kinds)


def _place(codes: list[str], code: str, dimension: str) -> int:
    if code not in codes:
        raise Damaged(f"{dimension} has a code its dataflow does not know: {code}.")
    return codes.index(code)
