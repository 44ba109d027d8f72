"""Moments as a table and back: the columns of observations, then those of what they are made of."""

from dataclasses import fields

import numpy as np
import pyarrow as pa

from cauce.model.dataflow import Dataflow
from cauce.model.moments import SUMS, Moments
from cauce.model.observation import Observations
from cauce.store.table import COUNTS, NUMBERS, WORDS, from_tables, positions, to_table

LINEAR, PROPORTION, ALONE, WEIGHTED = "LINEAR", "PROPORTION", "N_STRATA_ALONE", "SUM_W"
SUM_COLUMNS = {
    "y": "SUM_WY",
    "x": "SUM_WX",
    "yy": "SUM_WZZ",
    "yx": "SUM_WZX",
    "xx": "SUM_WXX",
    "zz": "V_ZZ",
    "zb": "V_ZB",
    "bb": "V_BB",
}


def to_moments_table(moments: Moments) -> pa.Table:
    """Moments as a table, in the order of their codes as text."""
    said = moments.observations
    codes = [
        np.array([code.id for code in dimension.codes])[said.key[:, at]]
        for at, dimension in enumerate(said.dataflow.dimensions)
    ]
    order = np.lexsort(codes[::-1]).astype(np.int64)
    table = to_table(said, order)
    extra: dict[str, pa.Array] = {
        LINEAR: pa.array(moments.linear[order], pa.bool_()),
        PROPORTION: pa.array(moments.proportion[order], pa.bool_()),
        ALONE: pa.array(moments.alone[order], pa.int32()),
    }
    numbers = {WEIGHTED: moments.weighted} | {
        SUM_COLUMNS[name]: moments.sums[:, at] for at, name in enumerate(SUMS)
    }
    for name, column in numbers.items():
        extra[name] = pa.array(column[order], pa.float64(), mask=np.isnan(column[order]))
    for name, values in extra.items():
        table = table.append_column(name, values)
    return table


def schema_of(dataflow: Dataflow) -> pa.Schema:
    """The columns of the moments of a dataflow and their kinds."""
    kinds: dict[str, pa.DataType] = {one.id: pa.string() for one in dataflow.dimensions}
    kinds |= dict.fromkeys(NUMBERS, pa.float64()) | dict.fromkeys(COUNTS, pa.int32())
    kinds |= dict.fromkeys(WORDS, pa.string())
    kinds |= {LINEAR: pa.bool_(), PROPORTION: pa.bool_(), ALONE: pa.int32()}
    kinds |= dict.fromkeys([WEIGHTED, *SUM_COLUMNS.values()], pa.float64())
    return pa.schema(kinds)


def from_moments_table(table: pa.Table, dataflow: Dataflow) -> Moments:
    """The moments of a table with the columns of `schema_of`.

    Raises:
        Damaged: it has codes the dataflow does not know.
        ValueError: a status or verdict is none.
    """
    own = [*(one.id for one in dataflow.dimensions), *NUMBERS, *COUNTS, *WORDS]
    key = np.stack(
        [positions(table[d.id], [code.id for code in d.codes], d.id) for d in dataflow.dimensions],
        axis=1,
    )
    order = np.lexsort(key.T[::-1])
    table = table.take(pa.array(order))
    found = from_tables([table.select(own)], dataflow)
    columns = {name: table[name].to_numpy(zero_copy_only=False) for name in SUM_COLUMNS.values()}
    return Moments(
        observations=Observations(**{one.name: getattr(found, one.name) for one in fields(found)}),
        linear=table[LINEAR].to_numpy(zero_copy_only=False).astype(np.bool_),
        proportion=table[PROPORTION].to_numpy(zero_copy_only=False).astype(np.bool_),
        alone=table[ALONE].to_numpy().astype(np.int64),
        weighted=table[WEIGHTED].to_numpy(zero_copy_only=False),
        sums=np.stack([columns[SUM_COLUMNS[name]] for name in SUMS], axis=1),
    )
