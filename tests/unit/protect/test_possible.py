"""Zeros that are told to nobody, through the door."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents, Rules
from cauce.model.safeguards import Groups, Safeguards, TableRules, Zeros
from cauce.protect import possible, protect

MINIMUM = (MinRespondents(date(2000, 1, 1), 5, "Order 1"),)


def terms(pack_of, **own):
    asked = TableRules((), date.min, Safeguards(**own), None)
    return pack_of(Rules("ilo", MINIMUM, 0, 0.0, "", tables=(asked,)))


def inhabited(cells):
    """The cells as counting gives them: those nobody is in are not there."""
    here = cells.n > 0
    columns = {name: getattr(cells, name)[here] for name in vars(cells) if name != "dataflow"}
    return replace(cells, **columns)


def shut(flow):
    return {
        tuple(key[3:-1])
        for key, status in zip(flow.key.tolist(), flow.conf_status, strict=True)
        if status != "F"
    }


def test_a_sensitive_zero_is_there_withheld_and_not_found_by_subtraction(cells_of, one, pack_of):
    """Women refused: 0. Their total less those granted would say so: one of them is withheld."""
    cells = inhabited(cells_of((one("P"),), [[[20, 9], [30, 0]]]))

    [open_flow] = protect([cells], terms(pack_of)).flows
    [flow] = protect([cells], terms(pack_of, zeros=Zeros((), "g"))).flows

    assert shut(open_flow) == set()
    assert (2, 2) not in {tuple(key[3:-1]) for key in open_flow.key.tolist()}
    assert (2, 2) in shut(flow)
    assert (2, 1) in shut(flow) or (2, 0) in shut(flow)
    assert set(flow.n[[at for at, s in enumerate(flow.conf_status) if s != "F"]]) == {-1}


def test_a_structural_zero_changes_nothing(cells_of, one, pack_of):
    cells = inhabited(cells_of((one("P"),), [[[20, 9], [30, 0]]]))
    zeros = Zeros(((("D0", "C1"), ("D1", "C1")),), "g")

    [flow] = protect([cells], terms(pack_of, zeros=zeros)).flows

    assert shut(flow) == set()
    assert len(flow.key) == len(cells.key)


def test_all_of_a_group_in_one_code_is_not_told(cells_of, one, pack_of):
    cells = inhabited(cells_of((one("P"),), [[[20, 9], [30, 0]]]))

    [flow] = protect([cells], terms(pack_of, groups=Groups((), ("D1",), "g"))).flows

    assert {(2, 1), (2, 2)} <= shut(flow)


def test_a_zero_of_those_with_the_attribute_is_not_told(cells_of, one, pack_of):
    cells = cells_of((one("R", "rate"),), [[40, 50, 60]], [[0, 20, 30]])

    [flow] = protect([cells], terms(pack_of, zeros=Zeros((), "g"))).flows

    assert (1,) in shut(flow)
    assert len(shut(flow)) > 1


def test_a_table_too_large_with_its_zeros_is_refused(cells_of, one, pack_of, monkeypatch):
    cells = cells_of((one("P"),), [[[20, 0, 0], [30, 9, 9]]])
    monkeypatch.setattr(possible, "MOST", 11)
    with pytest.raises(BadInput, match="XAA_S_T has 12 cells with those of nobody"):
        protect([cells], terms(pack_of, zeros=Zeros((), "g")))
    monkeypatch.setattr(possible, "MOST", 1)
    with pytest.raises(BadInput, match="could have 12 cells"):
        protect([cells], terms(pack_of, zeros=Zeros((), "g")))


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"zeros": Zeros(((("D9", "C1"),),), "g")}, "zeros.structural names D9 = C1"),
        ({"zeros": Zeros(((("D0", "C9"),),), "g")}, "zeros.structural names D0 = C9"),
        ({"groups": Groups((), ("SEX",), "g")}, "groups name SEX, which is no dimension"),
    ],
)
def test_a_rule_of_what_a_table_does_not_have_is_refused(cells_of, one, pack_of, own, said):
    cells = cells_of((one("P"),), [[20, 30]])
    with pytest.raises(BadInput, match=said):
        protect([cells], terms(pack_of, **own))


def test_a_table_of_no_dimension_that_adds_up_has_no_group(cells_of, one, pack_of):
    cells = cells_of((one("P"),), [[20, 30]])
    flow = cells.dataflow
    own = replace(flow.dimensions[3], additive=False)
    plain = replace(flow, dimensions=(*flow.dimensions[:3], own, *flow.dimensions[4:]))
    cells = replace(cells, dataflow=plain, key=np.array(cells.key))
    with pytest.raises(BadInput, match="Name one of: none"):
        protect([cells], terms(pack_of, groups=Groups((), ("D0",), "g")))
