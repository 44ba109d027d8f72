"""Where a cell would serve if it were withheld: which of its sums hold something sensitive.

A sum with one sensitive cell needs a second one withheld; a cell that stands in several such sums
serves them all at once. So of cells wanted alike those that serve nowhere are published first.
Measured in `bench/suppression.py`: a fifth to a third fewer cells withheld than by size alone.
"""

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.protect.table import Table


def crossed(table: Table, sensitive: Flags) -> Ints:
    """For each cell how many of its sums have sensitive cells, those with one alone twice.

    A sum is a total with its parts along one dimension, of one indicator and block; shape (c,).
    """
    found: Ints = np.zeros(len(sensitive), dtype=np.int64)
    for column in range(table.domain.shape[1]):
        others = np.delete(table.domain, column, axis=1)
        place = np.column_stack([table.block, table.indicator, others])
        line = np.unique(place, axis=0, return_inverse=True)[1].reshape(-1)
        count = np.bincount(line, weights=sensitive)[line].astype(np.int64)
        found += (count > 0).astype(np.int64) + (count == 1)
    return found
