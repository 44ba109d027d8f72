"""What an earlier vintage still shows is known beside the next one."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.retained import Retained
from cauce.protect import protect


def earlier(release):
    return Retained("2019", release.flows)


def letters(flow):
    return "".join(np.array(flow.conf_status)[(flow.key[:, 3:-1] > 0).all(axis=1)])


def test_what_is_public_stays_public(cells_of, one, pack_of):
    """The 4 need a partner: not the smallest, 12, which is told already, but the next, 30."""
    before = cells_of((one("POP"),), [[12, 40, 50, 60]])
    now = cells_of((one("POP"),), [[12, 4, 30, 90]])

    alone = protect([now], pack_of()).flows[0]
    beside = protect([now], pack_of(), retained=[earlier(protect([before], pack_of()))]).flows[0]

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

    with pytest.raises(BadInput, match="Withdraw that vintage first"):
        protect([now], pack_of(), retained=[earlier(before)])


def test_a_vintage_of_other_people_says_nothing_of_these(cells_of, one, pack_of):
    before = protect([cells_of((one("POP"),), [[140, 1000, 2000]])], pack_of())
    now = cells_of((one("POP"),), [[12, 4, 30]])

    alone = protect([now], pack_of())
    beside = protect([now], pack_of(), retained=[earlier(before)])

    assert letters(alone.flows[0]) == letters(beside.flows[0])
