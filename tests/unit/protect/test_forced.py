from cauce.model.audit import Cited
from cauce.protect import protect
from cauce.protect.forced import rows_of
from cauce.protect.table import table

from .conftest import judged


def key(first, second):
    return ("A", "XAA", "POP", first, second, "2020")


def test_what_is_forced_is_published_first_and_others_are_withheld_instead(
    cells_of, one, pack_of, position
):
    """Of 3, 20, 25 and 40 the 25 is published: the 3 hides behind the 35 of its column."""
    cells = cells_of((one("POP"),), [[[3, 20, 30], [25, 40, 50], [35, 60, 70]]])
    forced = (Cited("XAA_S_T", key("C1", "C0"), ""),)

    flow, letters = judged(protect([cells], pack_of(), forced=forced))

    assert letters[position(flow, (2, 1))] == "F"
    assert letters[position(flow, (3, 1))] == "D"
    assert letters[position(flow, (1, 1))] == "A"


def test_a_small_cell_stays_withheld_whoever_forces_it(cells_of, one, pack_of, position):
    cells = cells_of((one("POP"),), [[3, 20, 30, 50]])
    forced = (Cited("XAA_S_T", ("A", "XAA", "POP", "C0", "2020"), ""),)
    flow, letters = judged(protect([cells], pack_of(), forced=forced))
    assert letters[position(flow, (1,))] == "A"


def test_what_is_no_cell_of_a_table_forces_nothing_in_it(cells_of, one):
    tabled = table([cells_of((one("POP"),), [[30, 50]])])
    wrong = ("B", "XAA", "POP", "C0", "2020"), ("A", "XAA"), ("A", "XAA", "POP", "C9", "2020")
    cited = [Cited("XAA_S_T", each, "") for each in wrong]
    there = ("A", "XAA", "POP", "C0", "2020")
    assert rows_of(tabled, [*cited, Cited("OTHER", there, "")]) == frozenset()
    assert len(rows_of(tabled, [Cited("XAA_S_T", there, "")])) == 1
