"""The cells of one dataflow as one table: all waves in canonical order, each cell in its place."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.cell import Cells
from cauce.model.codelist import TOTAL
from cauce.model.errors import BadInput

INDICATOR = "INDICATOR"
PERIOD = "TIME_PERIOD"


@dataclass(frozen=True)
class Table:
    """The cells and, for each, its indicator, its block and its domain.

    `indicator` is the position of the cell's indicator in the dataflow, shape (c,). `block` numbers
    the combinations of dimensions that do not add up (area, period), shape (c,). `domain` holds the
    codes of the `a` dimensions that add up, -1 for their total, shape (c, a). `amount` marks the
    cells of indicators whose numerator is an amount, `absent` those that estimation left out since
    nobody is in them, `possible` those somebody could be in, where a zero is sensitive; all of
    shape (c,).
    """

    cells: Cells
    indicator: Ints
    block: Ints
    domain: Ints
    amount: Flags
    absent: Flags
    possible: Flags
    periods: tuple[str, ...]


def table(waves: Sequence[Cells]) -> Table:
    """All waves of one dataflow together, ordered by key.

    Raises:
        BadInput: the waves were estimated under different dataflows, or a key occurs twice.
    """
    cells = merged(waves)
    dimensions = cells.dataflow.dimensions
    at = {dimension.id: column for column, dimension in enumerate(dimensions)}
    adds = [column for column, dimension in enumerate(dimensions) if dimension.additive]
    fixed = [
        column
        for column in range(len(dimensions))
        if column not in adds and column != at[INDICATOR]
    ]
    indicator = indicators(cells, at[INDICATOR])
    amounts = set(indicator[np.isfinite(cells.largest).any(axis=1)].tolist())
    periods = np.unique(cells.key[:, at[PERIOD]]).tolist()
    return Table(
        cells=cells,
        indicator=indicator,
        block=np.unique(cells.key[:, fixed], axis=0, return_inverse=True)[1].reshape(-1),
        domain=domains(cells, adds),
        amount=np.isin(indicator, sorted(amounts)),
        absent=np.zeros(len(indicator), dtype=np.bool_),
        possible=np.zeros(len(indicator), dtype=np.bool_),
        periods=tuple(dimensions[at[PERIOD]].codes[code].id for code in periods),
    )


def merged(waves: Sequence[Cells]) -> Cells:
    dataflow = waves[0].dataflow
    if any(wave.dataflow != dataflow for wave in waves):
        raise BadInput(
            f"{dataflow.id} comes with two different definitions. Estimate all waves of a release "
            "with the same dataflows."
        )
    arrays = {
        field.name: np.concatenate([getattr(wave, field.name) for wave in waves])
        for field in fields(Cells)
        if field.name != "dataflow"
    }
    order = np.lexsort(arrays["key"].T[::-1])
    cells = Cells(dataflow, **{name: array[order] for name, array in arrays.items()})
    twice = int((cells.key[1:] == cells.key[:-1]).all(axis=1).sum())
    if twice:
        raise BadInput(
            f"{dataflow.id} has {twice} keys more than once. Name each wave's period once."
        )
    return cells


def indicators(cells: Cells, column: int) -> Ints:
    """The position of each cell's indicator among those of the dataflow."""
    order = {one.id: position for position, one in enumerate(cells.dataflow.indicators)}
    codes = cells.dataflow.dimensions[column].codes
    by_code = np.array([order.get(code.id, -1) for code in codes], dtype=np.int64)
    found: Ints = by_code[cells.key[:, column]]
    return found


def domains(cells: Cells, columns: Sequence[int]) -> Ints:
    domain: Ints = cells.key[:, columns].astype(np.int64)
    for place, column in enumerate(columns):
        total = [code.id == TOTAL for code in cells.dataflow.dimensions[column].codes]
        domain[np.array(total)[domain[:, place]], place] = -1
    return domain
