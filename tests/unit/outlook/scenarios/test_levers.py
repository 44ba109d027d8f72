"""Levers change copies, in an order of their own, and never ask for more than exist."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.scenario import Lever, Scenario
from cauce.model.text import Text
from cauce.outlook.scenarios import Input, applied

T = Text("invented", "inventado")
# Two years, three occupations.
GRADUATES = Input(
    "graduates", "PERSONS", ("OC2",), (("21",), ("71",), ("83",)),
    np.array([[100.0, 200, np.nan], [100, 200, np.nan]]),
    np.array([[300.0, 300, 300], [300, 300, 300]]),
    Text("people of 20 to 24", "personas de 20 a 24"),
)  # fmt: skip
QUOTA = Input("quota", "PERSONS", (), ((),), np.array([[[50.0], [50.0]]] * 3), None, T)


def lever(change, amount, code="21", year=2026, **other):
    found = Lever("graduates", {"OC2": code} if code else {}, change, "PERSONS", {year: amount}, T)
    return replace(found, **other)


def scenario(*levers):
    return Scenario("MORE", T, T, levers, 2025, 2, 500, 7)


def graduates(*levers):
    return applied((GRADUATES, QUOTA), scenario(*levers)).inputs[0].amounts


def test_the_baseline_is_never_overwritten_and_what_no_lever_touches_is_the_same():
    before = GRADUATES.amounts.copy()

    found = applied((GRADUATES, QUOTA), scenario(lever("set", 150)))

    np.testing.assert_array_equal(GRADUATES.amounts, before)
    assert found.inputs[1] is QUOTA
    assert found.inputs[0].amounts[:, 0].tolist() == [150, 100]


def test_several_levers_on_one_amount_are_set_then_times_then_add_however_written():
    """80 set, times 2, plus 5: 165."""
    levers = [lever("add", 5), lever("times", 2), lever("set", 80)]

    assert graduates(*levers)[0, 0] == graduates(*reversed(levers))[0, 0] == 165
    said = applied((GRADUATES,), scenario(*levers)).said
    assert "changed by several levers: first what sets" in said[-1].en
    assert "increased by 2026: 5 (PERSONS), in each of 1 cells" in said[0].en


def test_what_is_not_known_stays_so_unless_it_is_set():
    doubled = applied((GRADUATES,), scenario(lever("times", 2, "83")))

    assert np.isnan(doubled.inputs[0].amounts[0, 2])
    assert "1 amounts of graduates are not known" in doubled.said[-1].en
    assert graduates(lever("set", 20, "83"))[0, 2] == 20


def test_every_draw_is_changed_and_a_lever_without_a_target_changes_all():
    more = Lever("quota", {}, "add", "PERSONS", {2027: 10}, T)

    found = applied((QUOTA,), scenario(more))

    assert found.inputs[0].amounts[:, :, 0].tolist() == [[50, 60]] * 3
    assert "quota of everything" in found.said[0].en
    assert graduates(lever("set", 10, None))[0].tolist() == [10, 10, 10]


def test_a_scenario_that_asks_for_more_people_than_exist_is_told_how_many_do():
    with pytest.raises(BadInput, match=r"2026, 21: asked 63,500, there are 300") as raised:
        graduates(lever("set", 63_500))
    assert "people of 20 to 24" in str(raised.value)


def test_of_many_that_do_not_exist_five_are_told():
    many = replace(
        GRADUATES, cells=tuple((str(n),) for n in range(7)), amounts=np.ones((2, 7)),
        exist=np.ones((2, 7)),
    )  # fmt: skip
    with pytest.raises(BadInput, match="and 2 more"):
        applied((many,), scenario(lever("set", 5, None)))


def test_cells_that_share_the_same_people_may_not_ask_for_them_twice():
    """200 and 200 of 250 graduates: each exists, both do not."""
    shared = replace(GRADUATES, in_all=np.array([250.0, 1000.0]))

    with pytest.raises(BadInput, match="2026, together: asked 400, there are 250"):
        applied((shared,), scenario(lever("set", 200)))
    assert applied((shared,), scenario(lever("set", 50))).inputs[0].amounts[0, 0] == 50


def test_of_many_codes_some_are_named():
    many = replace(GRADUATES, cells=tuple((str(n),) for n in range(15)), amounts=np.ones((2, 15)),
                   exist=None)  # fmt: skip
    with pytest.raises(BadInput, match="11 and 3 more"):
        applied((many,), scenario(lever("set", 5, "nowhere")))


def test_what_the_baseline_itself_has_is_not_the_scenarios_fault():
    crowded = replace(GRADUATES, exist=np.array([[300.0, 10, 10], [300, 10, 10]]))

    assert applied((crowded,), scenario(lever("set", 5))).inputs[0].amounts[0, 0] == 5


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ([lever("set", 1), lever("set", 2)], "set graduates of the same 1 cells in 2026"),
        ([lever("add", -101)], "below 0 in 1 amounts, the first in 2026 of 21: -1"),
        ([lever("set", 1, year=2028)], "in 2028, which is not one of the 2 years after 2025"),
        ([lever("set", 1, unit="USD")], "its unit is USD"),
        ([lever("set", 1, code="22")], "there is no OC2 22. Known here: 21, 71, 83"),
        ([lever("set", 1, target={"OCC": "21"})], "not told apart by OCC. Did you mean OC2"),
        ([lever("set", 1, kind="returns")], "changes returns, and the baseline has nothing of it"),
    ],
)  # fmt: skip
def test_a_lever_that_fits_nothing_is_refused(levers, words):
    with pytest.raises(BadInput, match=words):
        graduates(*levers)


def test_two_codes_that_never_meet_are_refused():
    both = replace(
        GRADUATES, dimensions=("OC2", "SEX"), cells=(("21", "F"), ("71", "M"), ("83", "M"))
    )
    with pytest.raises(BadInput, match="nothing has all of OC2 21, SEX M at once"):
        applied((both,), scenario(lever("set", 1, target={"OC2": "21", "SEX": "M"})))


def test_two_inputs_of_one_kind_are_refused():
    with pytest.raises(BadInput, match="two inputs of graduates"):
        applied((GRADUATES, GRADUATES), scenario())
