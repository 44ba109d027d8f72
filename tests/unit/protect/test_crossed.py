"""Which cells would serve if they were withheld."""

import numpy as np

from cauce.protect.crossed import crossed
from cauce.protect.table import table


def test_a_cell_serves_each_of_its_sums_with_a_sensitive_cell_those_with_one_alone_twice(
    cells_of, one
):
    """Sensitive: the first of the first row, and both others of the last column.

        _T  a  b  c
    _T   .  .  .  .
     x   .  s  .  s
     y   .  .  .  s
    """
    found = table([cells_of((one("P"),), [[[3, 20, 4], [30, 40, 2]]])])
    sensitive = (found.cells.n > 0) & (found.cells.n < 5)

    by_place = crossed(found, sensitive).reshape(3, 4)

    # Of the row x two are sensitive, of y one; of the column a one, of c two.
    assert by_place.tolist() == [[0, 2, 0, 1], [1, 3, 1, 2], [2, 4, 2, 3]]


def test_where_nothing_is_sensitive_or_nothing_adds_up_nothing_serves(cells_of, one):
    found = table([cells_of((one("P"),), [[30, 90]])])
    assert crossed(found, np.zeros(3, dtype=bool)).tolist() == [0, 0, 0]
