"""What is counted in each code of a dimension, nothing else being broken down."""

from collections.abc import Sequence

import numpy as np

from cauce.protect.system.frames import Name, Place, names_of, sections
from cauce.protect.table import Table

Margins = dict[str, dict[tuple[Place, Name], dict[str, int]]]
"""By dimension, by what is counted where, by code."""


def margins(tables: Sequence[Table]) -> Margins:
    """Respondents and cases of every code of every dimension that adds up."""
    found: Margins = {}
    for table in tables:
        dimensions = [each for each in table.cells.dataflow.dimensions if each.additive]
        columns = [at for at, each in enumerate(table.cells.dataflow.dimensions) if each.additive]
        for place, rows in sections(table):
            single = rows[(table.domain[rows] >= 0).sum(axis=1) == 1]
            for row in single.tolist():
                at = int(np.flatnonzero(table.domain[row] >= 0)[0])
                code = dimensions[at].codes[int(table.cells.key[row, columns[at]])].id
                which = int(table.indicator[row])
                names = names_of(table.cells.dataflow, which, bool(table.amount[row]))
                own = found.setdefault(dimensions[at].id, {})
                for kind in ("n", "cases"):
                    if kind in names:
                        counts = own.setdefault((place, names[kind]), {})
                        counts[code] = int(getattr(table.cells, kind)[row])
    return found
