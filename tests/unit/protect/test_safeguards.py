"""Which rules hold for a dataflow on a day."""

from datetime import date

from cauce.model.pack import Rules
from cauce.model.safeguards import (
    Dominance,
    Remainders,
    Rounding,
    Safeguards,
    TableRules,
)
from cauce.protect.safeguards import in_force

DAY = date(2024, 6, 30)
NONE = Rules("ilo", (), 2, 85.0, "pack")


def rules(*tables):
    declared = tuple(TableRules(of, since, own, None) for of, since, own in tables)
    return Rules("ilo", (), 2, 85.0, "pack", tables=declared)


def ground(said):
    return Safeguards(remainders=Remainders(said))


def of(cells_of, one, rules, day=DAY):
    return in_force(rules, cells_of((one("P"),), [[9, 9]]).dataflow, day).own


def test_a_table_is_named_by_its_id_or_by_that_of_its_dataflow(cells_of, one):
    for name in ("T", "XAA_S_T"):
        asked = rules(((name,), date.min, ground("own")))
        assert of(cells_of, one, asked).remainders == Remainders("own")
    other = rules((("U",), date.min, ground("own")))
    assert of(cells_of, one, other) == Safeguards()


def test_what_names_a_table_comes_before_what_is_of_all_and_the_later_wins(cells_of, one):
    asked = rules(
        (("T",), date(2023, 1, 1), ground("named")),
        ((), date(2024, 1, 1), ground("all")),
        (("T",), date(2022, 1, 1), ground("earlier")),
        (("T",), date(2025, 1, 1), ground("to come")),
    )
    assert of(cells_of, one, asked).remainders == Remainders("named")
    assert of(cells_of, one, asked, date(2022, 6, 1)).remainders == Remainders("earlier")


def test_a_table_may_have_its_own_dominance(cells_of, one):
    flow = cells_of((one("P"),), [[9, 9]]).dataflow
    asked = rules((("T",), date.min, Safeguards(dominance=Dominance(1, 75, "own"))))
    found = in_force(asked, flow, DAY)
    assert (found.dominance_n, found.dominance_k, found.dominance_ground) == (1, 75, "own")
    assert in_force(NONE, flow, DAY).dominance_n == 2


def test_methods_of_one_day_stand_together_and_take_the_place_of_earlier_ones(cells_of, one):
    fives, tens = (Rounding(base, "nearest", "g") for base in (5, 10))
    asked = rules(
        ((), date.min, Safeguards(methods=(fives,))),
        (("T",), date(2024, 1, 1), Safeguards(methods=(fives,))),
        (("T",), date(2024, 1, 1), Safeguards(methods=(tens,))),
    )
    assert of(cells_of, one, asked).methods == (fives, tens)
    assert of(cells_of, one, asked, date(2023, 1, 1)).methods == (fives,)
