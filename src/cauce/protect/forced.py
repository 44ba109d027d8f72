"""Cells somebody wants published before all others."""

from collections.abc import Sequence

import numpy as np

from cauce.model.audit import Cited
from cauce.protect.table import Table


def rows_of(table: Table, forced: Sequence[Cited]) -> frozenset[int]:
    """The rows of a table that are among them; a key the table does not have is in none."""
    dimensions, found = table.cells.dataflow.dimensions, set()
    places = [{code.id: at for at, code in enumerate(one.codes)} for one in dimensions]
    for one in forced:
        if one.flow == table.cells.dataflow.id and len(one.key) == len(places):
            at = [place.get(code, -1) for place, code in zip(places, one.key, strict=True)]
            found |= set(np.flatnonzero((table.cells.key == at).all(axis=1)).tolist())
    return frozenset(found)
