"""A comparison is published only if both of its numbers are, with the verdict of the weaker."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.comparison import Comparisons
from cauce.model.observation import Reliability
from cauce.model.pair import Pair
from cauce.model.text import Text
from cauce.protect import protect
from cauce.protect.differences import differences

T = Text("x", "x")
PAIR = Pair("ONES", T, "D0", "C0", "C1")


def compared(flow, of, keys) -> Comparisons:
    count = len(keys)
    numbers = {
        name: np.arange(count, dtype=np.float64)
        for name in ("first", "second", "difference", "se", "ci_low", "ci_high", "covariance")
    }
    ints = {name: np.arange(count) for name in ("df", "n", "common")}
    return Comparisons(flow, of, np.array(keys, dtype=np.int32), **numbers, **ints)


def test_a_pair_of_shown_cells_is_shown_with_the_codes_of_both(cells_of, one, pack_of) -> None:
    cells = cells_of((one("POP"),), [[20, 30, 50]])
    comparisons = [compared(cells.dataflow, PAIR, [[0, 0, 0, 0, 0]])]

    [found] = protect([cells], pack_of(), comparisons=comparisons).differences

    assert found.key.tolist() == [[0, 0, 0, 1, 0]]
    assert (found.across.tolist(), found.second.tolist()) == ([3], [2])


@pytest.mark.parametrize("counts", [[3, 30, 50], [30, 3, 50], [3, 3, 3]])
def test_a_pair_with_a_withheld_cell_is_not_shown(cells_of, one, pack_of, counts) -> None:
    """3 people are too few: the difference beside the other number would give them away."""
    cells = cells_of((one("POP"),), [counts])
    comparisons = [compared(cells.dataflow, PAIR, [[0, 0, 0, 0, 0]])]

    assert protect([cells], pack_of(), comparisons=comparisons).differences == ()


def test_the_verdict_is_that_of_the_weaker(cells_of, one, pack_of) -> None:
    cells = cells_of((one("POP"),), [[20, 30, 50]])
    [flow] = protect([cells], pack_of()).flows
    weak = replace(
        flow, reliability=(*flow.reliability[:2], Reliability.WEAK, Reliability.RELIABLE)
    )

    [found] = differences([compared(cells.dataflow, PAIR, [[0, 0, 0, 0, 0]])], [weak])

    assert found.reliability == (Reliability.WEAK,)


def test_of_a_change_the_later_wave_is_the_first(cells_of, one, pack_of) -> None:
    waves = [cells_of((one("POP"),), [[20, 30]], period=period) for period in (0, 1)]
    comparisons = [compared(waves[0].dataflow, ("2020", "2021"), [[0, 0, 0, 1, 1]])]

    [found] = protect(waves, pack_of(), comparisons=comparisons).differences

    assert (found.across.tolist(), found.second.tolist()) == ([4], [0])


def test_comparisons_of_what_is_all_withheld_are_none(cells_of, one, pack_of) -> None:
    cells = cells_of((one("POP"),), [[20, 30]])
    [flow] = protect([cells], pack_of()).flows
    nothing = replace(flow, value=np.full(len(flow.value), np.nan))
    assert differences([compared(cells.dataflow, PAIR, [[0, 0, 0, 0, 0]])], [nothing]) == ()
