"""Hierarchies that are no trees: parts that are in two wholes, wholes beside their own parts."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from cauce.model.catalogue import Nesting
from cauce.model.dataflow import Dimension
from cauce.model.errors import BadInput
from cauce.protect.table import Table


def check_trees(tables: Sequence[Table], nestings: Sequence[Nesting]) -> None:
    """Raises BadInput where codes of a dimension overlap, so that its total is no sum of them.

    What follows from overlapping sums is then more than is protected against.
    """
    used: dict[str, set[str]] = {}
    for table in tables:
        for dimension, codes in columns(table):
            used.setdefault(dimension.id, set()).update(codes)
            if both := sorted(
                f"{one.id} under {one.parent}"
                for one in dimension.codes
                if {one.id, one.parent} <= codes
            ):
                raise BadInput(
                    f"{table.cells.dataflow.id}: {dimension.id} counts some people twice, in a "
                    f"code and in the one above it ({', '.join(both[:5])}). Give each level a "
                    "dimension or a table of its own."
                )
    for one in nestings:
        parts = Counter(part for codes in one.codes.values() for part in codes)
        twice = sorted(part for part, times in parts.items() if times > 1)
        if twice and {one.coarse, one.fine} <= used.keys():
            raise BadInput(
                f"{one.coarse} is no hierarchy of {one.fine}: {', '.join(twice[:5])} is part of "
                "more than one of its codes, so that they overlap. Leave one of the two out of "
                "the release, or give each group a dimension of its own."
            )


def columns(table: Table) -> Iterator[tuple[Dimension, set[str]]]:
    """Every dimension that adds up, with the codes somebody is counted in."""
    somebody = table.cells.n > 0
    for at, one in enumerate(table.cells.dataflow.dimensions):
        if one.additive:
            there = np.unique(table.cells.key[somebody, at]).tolist()
            yield one, {one.codes[code].id for code in there}
