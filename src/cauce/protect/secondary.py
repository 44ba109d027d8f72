"""Secondary confidentiality: cells withheld so that no primary one can be found by subtraction."""

import numpy as np

from cauce.model.arrays import Flags
from cauce.protect.primary import Primary
from cauce.protect.span import Span
from cauce.protect.sums import Block, block, counts, sensitive_sums, weak_rows, wholes
from cauce.protect.table import Table


def secondary(table: Table, primary: Primary) -> Flags:
    """Which cells have to be withheld beside the primary ones, shape (c,).

    Cells are published one after the other, the most wanted first; one that would give a sensitive
    count or amount away, together with those before it, is withheld. Before them, as no count is
    below zero, a zero is known of every part of what it counts: that of a group large enough is
    taken as known whatever follows; that of an empty cell is published only if nothing follows.
    Known as well is what shares of a whole add up to: 100 %, of as many as each of them says.
    """
    withheld = np.zeros_like(primary.any)
    if not primary.any.any():
        return withheld
    dependence = counts(table)
    somebody = (table.cells.n > 0) | (table.cells.missing > 0)
    for number in np.unique(table.block[primary.any]).tolist():
        here = block(table, dependence, number)
        span = Span(sensitive_sums(here, primary), weak_rows(here))
        span.concede(wholes(here, ~primary.any))
        for zero in here.zeros(wanted(here, ~primary.any & (table.cells.n > 0))):
            span.concede([zero])
        for cell in wanted(here, ~somebody):
            withheld[cell] = not span.publish(here.zeros([cell]))
        for cell in wanted(here, ~primary.any & somebody):
            nobody = [cell] if table.cells.n[cell] == 0 else []
            withheld[cell] = not span.publish([*here.sums(cell), *here.zeros(nobody)])
    return withheld


def wanted(block: Block, candidates: Flags) -> list[int]:
    """The candidates of a block, most wanted first: margins, then details; large ones first.

    Nine digits of the weighted count decide, then the key: no order of rows and no last bit of a
    sum changes the pattern.
    """
    table = block.table
    depth = (table.domain >= 0).sum(axis=1)
    weighted = np.nan_to_num(table.cells.weighted)
    return sorted(
        block.cells[candidates[block.cells]].tolist(),
        key=lambda cell: (int(depth[cell]), -float(f"{weighted[cell]:.9g}"), cell),
    )
