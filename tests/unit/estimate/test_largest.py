import numpy as np
import pytest

from cauce.estimate.grouping import group
from cauce.estimate.largest import largest
from cauce.model.sample import Score

EVERYONE = np.ones(4, dtype=bool)
AMOUNT = Score("V", EVERYONE, np.array([3.0, 3.0, 2.0, 2.0]), None, 0, True, "total")
FIRM = np.array([0, 0, 1, 2])


def test_rows_of_a_firm_are_one_contribution():
    """One firm has 3 and 3 of 10: as rows the largest holds 30 %, as a firm 60 %."""
    whole = group([], [], (), 4)

    assert largest(AMOUNT, whole, np.ones(4)).tolist() == [[pytest.approx(0.3)] * 2]
    assert largest(AMOUNT, whole, np.ones(4), FIRM).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.2)]
    ]


def test_firms_are_added_up_in_each_cell_apart():
    by_code = group([np.array([0, 1, 1, 1], dtype=np.int32)], [2], (0,), 4)

    found = largest(AMOUNT, by_code, np.ones(4), FIRM)

    assert found[0].tolist() == [1, 0]
    assert found[1].tolist() == pytest.approx([3 / 7, 2 / 7])
