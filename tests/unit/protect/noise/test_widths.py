"""A rounded count beside its rounded total may be known more narrowly than its multiple says."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.safeguards import Rounding
from cauce.protect import protect
from cauce.protect.noise import widths
from cauce.protect.refusal import Refused

from .test_methods import counted, terms, told

__all__ = ["counted"]
TENS = Rounding(10, "nearest", "Order 1 || Orden 1")


def released(cells, pack_of):
    [flow] = protect([cells], terms(pack_of, TENS, minimum=10)).flows
    return flow


def test_four_of_4_in_a_total_of_20_refuse_the_release_by_name(counted, pack_of):
    """16 are told as 20, so at least 15; each of the four is 4 at most, and so 3 at least."""
    with pytest.raises(Refused, match=r"4 withheld numbers") as caught:
        released(counted([4, 4, 4, 4]), pack_of)

    assert "XAA_S_T A.XAA.P.C0.2020 (value) is known too narrowly" in str(caught.value)
    assert "XAA_S_T A.XAA.P._T.2020 (value)" in str(caught.value)


def test_where_others_leave_room_it_is_released(counted, pack_of):
    assert told(released(counted([4, 4, 4, 20]), pack_of)) == {(0,): 30, (4,): 20}
    assert told(released(counted([40, 20, 31, 22]), pack_of))[0,] == 110


def test_it_is_asked_of_every_margin(counted, pack_of):
    """The first row is of four 4s; columns have 30 besides."""
    with pytest.raises(Refused, match=r"P\.C0\.C1\.2020 \(value\)"):
        released(counted([[4, 4, 4, 4], [30, 30, 30, 30]]), pack_of)


def test_a_total_that_is_no_sum_of_its_parts_says_nothing_of_them(counted, pack_of):
    """People who stand in two cells of a register: 16 in the cells are 9 in all."""
    cells = counted([4, 4, 4, 4])
    several = np.where(cells.key[:, 3] == 0, 9, cells.n)
    cells = replace(cells, n=several, cases=several, value=several * 1.0)

    assert told(released(cells, pack_of)) == {(0,): 10}


def test_of_too_many_crossings_the_empty_ones_are_taken_as_known(counted, pack_of, monkeypatch):
    """4 and 4 of 8 in a row: that the other two cells are of nobody leaves no less room."""
    monkeypatch.setattr(widths, "MOST", 1)
    flow = released(counted([[4, 4, 0, 0], [30, 30, 30, 30]]), pack_of)
    assert told(flow)[1, 0] == 10
