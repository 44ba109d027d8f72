"""What an earlier vintage still shows is known beside the next one."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.dataflow import CENSUS
from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents
from cauce.model.retained import Retained
from cauce.protect import protect
from cauce.protect.refusal import Refused


def earlier(release, gone=False):
    return Retained("2019", release.flows, gone)


def letters(flow):
    return "".join(np.array(flow.conf_status)[(flow.key[:, 3:-1] > 0).all(axis=1)])


@pytest.mark.parametrize("gone", [False, True])
def test_what_is_public_stays_public(cells_of, one, pack_of, gone):
    """The 4 need a partner: not the smallest, 12, which is told already, but the next, 30.

    A vintage that was withdrawn told it, too: copies cannot be called back.
    """
    before = cells_of((one("POP"),), [[12, 40, 50, 60]])
    now = cells_of((one("POP"),), [[12, 4, 30, 90]])

    alone = protect([now], pack_of()).flows[0]
    told = earlier(protect([before], pack_of()), gone)
    beside = protect([now], pack_of(), retained=[told]).flows[0]

    assert (letters(alone), letters(beside)) == ("CCFF", "FCCF")


def test_people_that_came_or_went_are_not_found_from_two_vintages(cells_of, one, pack_of):
    """43 were 40, and 97 were 100: three people moved, and both vintages would say who they are."""
    before = protect([cells_of((one("POP"),), [[40, 100, 200]])], pack_of())
    now = cells_of((one("POP"),), [[43, 97, 200]])

    release = protect([now], pack_of(), retained=[earlier(before)])

    assert letters(release.flows[0]) == "CCF"
    assert {one.why for one in release.audit.withheld} == {("moved",)}


def test_a_total_that_is_others_by_a_few_stops_the_release(cells_of, one, pack_of):
    before = protect([cells_of((one("POP"),), [[40, 100, 200]])], pack_of())
    now = cells_of((one("POP"),), [[43, 100, 200]])

    with pytest.raises(BadInput, match="Withdraw that vintage"):
        protect([now], pack_of(), retained=[earlier(before)])


def test_a_total_that_is_others_by_a_few_than_a_withdrawn_one_is_withheld(cells_of, one, pack_of):
    """Copies of the 343 are about: 340 beside them would tell of 3. Withdrawing is no way round."""
    before = protect([cells_of((one("POP"),), [[43, 100, 200]])], pack_of())
    now = cells_of((one("POP"),), [[40, 100, 200]])

    [flow] = protect([now], pack_of(), retained=[earlier(before, gone=True)]).flows

    assert "".join(flow.conf_status) == "CCFF"


def test_what_a_withdrawn_vintage_gave_away_stops_no_release(cells_of, one, pack_of):
    """The 12 are too few by a new rule. Nobody can take them back; the 9 beside them are hidden."""
    cells = cells_of((one("POP"),), [[12, 9, 150, 260, 90]])
    before = protect([cells_of((one("POP"),), [[12, 30, 60, 70, 90]])], pack_of())
    minimum = (MinRespondents(date(2000, 1, 1), 20, "Order 2"),)
    stricter = pack_of(replace(pack_of().rules, min_respondents=minimum))

    with pytest.raises(Refused):
        protect([cells], stricter, retained=[earlier(before)])
    release = protect([cells], stricter, retained=[earlier(before, gone=True)])

    assert letters(release.flows[0]) == "CCCFF"
    assert release.audit.leaks == ()


def census(cells):
    """The cells as a register is counted: the value is how many records there are."""
    method = replace(cells.dataflow.method, var_method=CENSUS)
    return replace(cells, dataflow=replace(cells.dataflow, method=method))


def test_records_and_amounts_that_were_public_stay_so(cells_of, one, pack_of):
    """Two records a person, and wages: the 4 need another partner than what is told already."""
    for counts, dress in ((1.0, census), (2.0, census)):
        before = dress(cells_of((one("POP"),), [[12, 40, 50, 60]]))
        now = dress(cells_of((one("POP"),), [[12, 4, 30, 90]]))
        before, now = (replace(each, value=each.n * counts) for each in (before, now))
        told = earlier(protect([before], pack_of()))
        assert letters(protect([now], pack_of(), retained=[told]).flows[0]) == "FCCF"


def test_a_sum_of_wages_that_was_public_is_no_partner(cells_of, one, pack_of):
    largest = np.full((5, 2), 0.1)
    one_large = largest.copy()
    one_large[2] = [0.95, 0.01]
    wages = one("WAGES", "total", "WAGE")
    now = cells_of((wages,), [[20, 40, 30, 90]], largest=one_large)
    before = cells_of((wages,), [[20, 40, 50, 60]], largest=largest)
    before = replace(before, value=np.array([17000.0, 2000.0, 4001.0, 5000.0, 5999.0]))

    alone = protect([now], pack_of()).flows[0]
    beside = protect([now], pack_of(), retained=[earlier(protect([before], pack_of()))]).flows[0]

    assert (letters(alone), letters(beside)) == ("CCFF", "FCCF")


def test_a_gap_that_was_public_told_of_the_smaller_of_its_sides(cells_of, one, pack_of):
    """12 women have it, as the gap of before says: they hide the 4 of another region no more."""
    gap = replace(one("GAP", "difference"), first="D0 = 'C0'", second="D0 = 'C1'")
    rates = cells_of((one("R", "rate"),), [[50, 60, 70, 90]], [[12, 4, 30, 40]])
    whole = cells_of((replace(gap, first="D0 = 'C0'", second="AGE < 9"),), [[50]], [[12]])
    flow = replace(whole.dataflow, id="GAPS", dimensions=(
        *whole.dataflow.dimensions[:3], replace(whole.dataflow.dimensions[3], id="OTHER"),
        whole.dataflow.dimensions[-1]))  # fmt: skip
    told = earlier(protect([replace(whole, dataflow=flow)], pack_of()))

    alone = protect([rates], pack_of()).flows[0]
    beside = protect([rates], pack_of(), retained=[told]).flows[0]

    assert (letters(alone), letters(beside)) == ("CCFF", "FCCF")


def test_a_vintage_of_other_people_says_nothing_of_these(cells_of, one, pack_of):
    before = protect([cells_of((one("POP"),), [[140, 1000, 2000]])], pack_of())
    now = cells_of((one("POP"),), [[12, 4, 30]])

    alone = protect([now], pack_of())
    beside = protect([now], pack_of(), retained=[earlier(before)])

    assert letters(alone.flows[0]) == letters(beside.flows[0])


def test_a_partner_stays_one_while_the_vintage_tells_both_together(cells_of, one, pack_of):
    """134 less 50 and 60 are the 4 and the 20: told the 20 now, everybody would know the 4."""
    before = protect([cells_of((one("POP"),), [[4, 20, 50, 60]])], pack_of())
    now = cells_of((one("POP"),), [[4, 20, 50, 15]])

    alone = protect([now], pack_of()).flows[0]
    beside = protect([now], pack_of(), retained=[earlier(before)]).flows[0]

    assert (letters(alone), letters(beside)) == ("CFFC", "CCFF")
