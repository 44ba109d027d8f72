"""The cells that estimation leaves out of a table because nobody is in them."""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from cauce.model.arrays import Codes, Ints
from cauce.model.cell import Cells
from cauce.protect.table import INDICATOR, Table


def complete(table: Table) -> Table:
    """The table with every indicator in every domain anybody is in, in the order of keys.

    That a cell is not there says that its counts are 0. Where this would say too much, it has to be
    there and be withheld.
    """
    cells = table.cells
    place, first, domain = np.unique(
        np.column_stack([table.block, table.domain]), axis=0, return_index=True, return_inverse=True
    )
    known = np.unique(table.indicator)
    there = np.zeros((len(place), len(known)), dtype=np.bool_)
    there[domain.reshape(-1), np.searchsorted(known, table.indicator)] = True
    at, lacking = np.nonzero(~there)
    like, indicator = first[at], known[lacking]
    key = np.concatenate([cells.key, keys_like(cells, like, indicator)])
    order = np.lexsort(key.T[::-1])
    amounts = np.unique(table.indicator[table.amount])
    return replace(
        table,
        cells=Cells(cells.dataflow, key[order], **columns(cells, len(like), order)),
        indicator=np.concatenate([table.indicator, indicator])[order],
        block=np.concatenate([table.block, table.block[like]])[order],
        domain=np.concatenate([table.domain, table.domain[like]])[order],
        amount=np.concatenate([table.amount, np.isin(indicator, amounts)])[order],
        absent=np.concatenate([table.absent, np.ones(len(like), dtype=np.bool_)])[order],
        possible=np.concatenate([table.possible, np.zeros(len(like), dtype=np.bool_)])[order],
    )


def keys_like(cells: Cells, like: Ints, indicator: Ints) -> Codes:
    """The keys of some cells, with other indicators."""
    dimensions = cells.dataflow.dimensions
    column = next(at for at, one in enumerate(dimensions) if one.id == INDICATOR)
    codes = [code.id for code in dimensions[column].codes]
    by_indicator = np.array([codes.index(one.id) for one in cells.dataflow.indicators])
    key = cells.key[like].copy()
    key[:, column] = by_indicator[indicator]
    return key


def columns(cells: Cells, added: int, order: Ints) -> dict[str, Any]:
    """Every column but the key, with so many empty cells at its end, put in order."""
    found = {}
    for field in fields(Cells):
        if field.name in ("dataflow", "key"):
            continue
        column = getattr(cells, field.name)
        nothing = np.nan if column.dtype.kind == "f" else 0
        empty = np.full((added, *column.shape[1:]), nothing, dtype=column.dtype)
        found[field.name] = np.concatenate([column, empty])[order]
    return found
