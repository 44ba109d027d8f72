"""What no table should be, through the door: protected, or refused with the reason."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.catalogue import Nesting
from cauce.model.codelist import Code
from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents, Rules
from cauce.model.retained import Retained
from cauce.model.safeguards import Rounding, Safeguards, TableRules
from cauce.protect import gate, protect


def letters(flow):
    return "".join("F" if status == "F" else "x" for status in flow.conf_status)


def test_a_table_of_sensitive_cells_alone_says_nothing(cells_of, one, pack_of):
    [flow] = protect([cells_of((one("P"),), [[[1, 2], [3, 1]]])], pack_of()).flows
    assert set(letters(flow)) == {"x"}
    assert np.isnan(flow.value).all()
    assert (flow.n == -1).all()


def test_a_table_of_sensitive_cells_under_a_large_total_says_its_total(cells_of, one, pack_of):
    [flow] = protect([cells_of((one("P"),), [[4, 5, 6]])], pack_of()).flows
    assert letters(flow) == "Fxxx"


def test_a_total_with_one_child_is_withheld_with_it_or_told_with_it(cells_of, one, pack_of):
    """The child is the total: what one says the other does."""
    [few] = protect([cells_of((one("P"),), [[4]])], pack_of()).flows
    [many] = protect([cells_of((one("P"),), [[40]])], pack_of()).flows
    assert (letters(few), letters(many)) == ("xx", "FF")


def test_a_total_with_one_child_does_not_give_its_neighbour_away(cells_of, one, pack_of, position):
    """A row of one filled cell of 40, beside a row of 4 and 50: the column of 4 and 40 is 44."""
    [flow] = protect([cells_of((one("P"),), [[[40, 0], [4, 50]]])], pack_of()).flows
    shut = {codes for codes in np.ndindex(3, 3) if flow.conf_status[position(flow, codes)] != "F"}
    assert {(2, 1)} < shut
    # 40 and its row are one: either both are there, and the column is not, or neither is.
    assert ((1, 1) in shut) == ((1, 0) in shut) or (0, 1) in shut


def test_amounts_below_zero_are_protected_as_those_above(cells_of, one, pack_of, position):
    """Losses dominate by their size, and what is left of a total hides none of them."""
    largest = np.array([[0.3, 0.2], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]])
    cells = cells_of((one("PROFIT", "total", "PROFIT"),), [[30, 40, 50, 60]], largest=largest)
    cells = replace(cells, value=np.array([70.0, -500.0, 120.0, 250.0, 200.0]))

    [flow] = protect([cells], pack_of()).flows

    assert flow.conf_status[position(flow, (1,))] != "F"
    assert letters(flow).count("x") == 2
    assert np.isnan(flow.value[[letter == "x" for letter in letters(flow)]]).all()


def test_an_attacker_of_amounts_below_zero_is_bounded_by_nothing(
    cells_of, one, pack_of, monkeypatch
):
    """Who knows that profits may be losses finds no end to either of the two withheld."""
    monkeypatch.setattr(gate, "ROUNDS", 2)
    largest = np.array([[0.3, 0.2], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]])
    cells = cells_of((one("PROFIT", "total", "PROFIT"),), [[30, 40, 50, 60]], largest=largest)
    cells = replace(cells, value=np.array([70.0, -500.0, 120.0, 250.0, 200.0]))

    release = protect([cells], pack_of())

    assert release.audit.leaks == ()
    assert all(bound.low < -500 and bound.high > 120 for bound in release.audit.bounds)


def recoded(cells, *codes):
    """The cells with other codes for their first dimension, as many of them."""
    flow = cells.dataflow
    own = replace(flow.dimensions[3], codes=tuple(Code(c, flow.name) for c in ("_T", *codes)))
    dimensions = (*flow.dimensions[:3], own, *flow.dimensions[4:])
    return replace(cells, dataflow=replace(flow, dimensions=dimensions))


def with_parents(cells, **parents):
    """The cells whose codes stand under others."""
    flow = cells.dataflow
    codes = tuple(replace(c, parent=parents.get(c.id, "")) for c in flow.dimensions[3].codes)
    own = replace(flow.dimensions[3], codes=codes)
    dimensions = (*flow.dimensions[:3], own, *flow.dimensions[4:])
    return replace(cells, dataflow=replace(flow, dimensions=dimensions))


@pytest.mark.parametrize("gone", [False, True])
def test_a_region_split_since_a_vintage_is_protected_with_it(cells_of, one, pack_of, gone):
    """44 were in C0; now 40 in C0A, 4 in C0B. The 4 need the 40: the 14 of C1 hide nothing.

    So it is, too, where that vintage was withdrawn: it was public once.
    """
    before = protect([cells_of((one("P"),), [[44, 14, 90]])], pack_of())
    now = recoded(cells_of((one("P"),), [[40, 4, 14, 90]]), "C0A", "C0B", "C1", "C2")

    [alone] = protect([now], pack_of()).flows
    [beside] = protect([now], pack_of(), retained=[Retained("2019", before.flows, gone)]).flows

    assert (letters(alone), letters(beside)) == ("FFxxF", "FxxFF")


def test_parts_of_a_region_that_are_few_people_more_are_withheld(cells_of, one, pack_of):
    before = protect([cells_of((one("P"),), [[44, 14, 90]])], pack_of())
    now = recoded(cells_of((one("P"),), [[33, 14, 14, 87]]), "C0A", "C0B", "C1", "C2")

    release = protect([now], pack_of(), retained=[Retained("2019", before.flows)])

    assert {one.key[3]: one.why for one in release.audit.withheld} == {
        "C0A": ("moved",), "C0B": ("moved",), "C2": ("moved",)
    }  # fmt: skip


def test_regions_of_which_nobody_says_what_they_became_stop_the_release(cells_of, one, pack_of):
    """C0 and C1 are gone and three codes are new: only a parent says which became what."""
    before = protect([cells_of((one("P"),), [[40, 90, 90]])], pack_of())
    now = recoded(cells_of((one("P"),), [[37, 13, 80, 90]]), "A", "B", "C", "C2")
    named = with_parents(now, A="C0", B="C1", C="C1")

    for gone, word in ((False, "is still public"), (True, "was public once")):
        retained = [Retained("2019", before.flows, gone)]
        with pytest.raises(BadInput) as refused:
            protect([now], pack_of(), retained=retained)
        assert f"The vintage 2019 of XAA_S_T, which {word}" in str(refused.value)
        assert "D0 = C0, C1," in str(refused.value)
        assert "by the parent of the new codes" in str(refused.value)
        assert protect([named], pack_of(), retained=retained).flows


def test_new_codes_for_another_period_or_another_table_stop_nothing(cells_of, one, pack_of):
    before = protect([cells_of((one("P"),), [[40, 90, 90]])], pack_of())
    later = recoded(cells_of((one("P"),), [[37, 13, 90]], period=1), "C0A", "C0B", "C1")
    other = replace(later, dataflow=replace(later.dataflow, id="XAA_S_U"))
    for now in (later, other):
        assert protect([now], pack_of(), retained=[Retained("2019", before.flows)]).flows


def test_a_code_withheld_in_the_public_vintage_tells_nothing_that_is_gone(cells_of, one, pack_of):
    before = protect([cells_of((one("P"),), [[4, 5, 90, 90]])], pack_of())
    now = recoded(cells_of((one("P"),), [[9, 90, 90, 95]]), "C", "C2", "C3", "C4")
    assert letters(before.flows[0])[1:3] == "xx"
    assert protect([now], pack_of(), retained=[Retained("2019", before.flows)]).flows


def test_counts_told_exactly_by_a_public_vintage_are_not_rounded_beside_it(cells_of, one, pack_of):
    cells = cells_of((one("P"),), [[40, 90]])
    method = replace(cells.dataflow.method, var_method="CENSUS")
    cells = replace(cells, value=cells.n * 1.0, dataflow=replace(cells.dataflow, method=method))
    asked = Safeguards(methods=(Rounding(10, "nearest", "g"),))
    minimum = (MinRespondents(date(2000, 1, 1), 10, "g"),)
    rules = Rules("ilo", minimum, 0, 0.0, "", tables=(TableRules((), date.min, asked, None),))
    before = protect([cells], pack_of())
    with pytest.raises(BadInput, match="a vintage of XAA_S_T that is still public"):
        protect([cells], pack_of(rules), retained=[Retained("2019", before.flows)])


def listed(cells, flow, name, *codes, total=None):
    """The cells by another dimension, of codes with the ones above them, and their own total."""
    of = cells.dataflow
    named = tuple(Code(code, of.name, above) for code, above in (("_T", ""), *codes))
    own = replace(of.dimensions[3], id=name, codes=named)
    dimensions = (*of.dimensions[:3], own, *of.dimensions[4:])
    n = np.where(np.arange(len(cells.n)) == 0, total or cells.n, cells.n)
    flow = replace(of, id=flow, dimensions=dimensions)
    return replace(cells, dataflow=flow, n=n, cases=n, value=n * 100.0)


def test_groups_that_overlap_are_refused_beside_their_parts(cells_of, one, pack_of):
    """b is in A and in B: 90 less 50 are the 40 of b, and 44 less these the 4 of a."""
    parts = [(code, "") for code in "abcd"]
    fine = listed(cells_of((one("P"),), [[4, 40, 50, 60]]), "FINE", "COUNTRY", *parts)
    groups = listed(cells_of((one("P"),), [[44, 90]]), "GROUPS", "BLOC", ("A", ""), ("B", ""),
                    total=154)  # fmt: skip
    nesting = Nesting(fine.dataflow.name, "BLOC", "COUNTRY", {"A": ("a", "b"), "B": ("b", "c")})
    terms = replace(pack_of(), nestings=(nesting,))

    with pytest.raises(BadInput, match="BLOC is no hierarchy of COUNTRY: b is part of more than"):
        protect([fine, groups], terms)
    assert protect([fine], terms).flows
    assert protect([groups], terms).flows


def test_a_list_of_wholes_and_of_their_own_parts_is_refused(cells_of, one, pack_of):
    """64 of G are the 4 of a and the 60 of b: all three in one column count people twice."""
    codes = [("G", ""), ("a", "G"), ("b", "G"), ("c", "")]
    cells = listed(cells_of((one("P"),), [[64, 4, 60, 40]]), "MIXED", "AREA", *codes, total=104)

    with pytest.raises(BadInput, match=r"AREA counts some people twice, .* \(a under G, b under G"):
        protect([cells], pack_of())


def test_a_code_above_itself_is_refused(cells_of, one, pack_of):
    codes = [("a", "b"), ("b", "a"), ("c", "")]
    with pytest.raises(BadInput, match="AREA counts some people twice"):
        protect([listed(cells_of((one("P"),), [[4, 40, 50]]), "RING", "AREA", *codes)], pack_of())


def test_two_units_of_one_dataflow_rounded_otherwise_are_refused(cells_of, one, pack_of):
    """To tens and to twenties: what both say of one count is narrower than either."""
    persons = replace(one("P"), unit="PERSONS")
    cells = cells_of((persons, one("Q", numerator="2")), [[40, 90], [40, 90]])
    method = replace(cells.dataflow.method, var_method="CENSUS")
    cells = replace(cells, value=cells.n * 1.0, dataflow=replace(cells.dataflow, method=method))
    minimum = (MinRespondents(date(2000, 1, 1), 10, "g"),)
    tens = Rounding(10, "nearest", "g", units=("PERSONS",))
    asked = Safeguards(methods=(tens, Rounding(20, "nearest", "g", units=("PT",))))
    rules = Rules("ilo", minimum, 0, 0.0, "", tables=(TableRules((), date.min, asked, None),))
    with pytest.raises(BadInput, match="would tell its units in different ways"):
        protect([cells], pack_of(rules))
