"""The attacker, where a number is settled at once, solved for, or no reader could be told it."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from math import inf
from typing import Any

import numpy as np
import pytest

from cauce.model.audit import Cited
from cauce.protect.attack import Unfinished, attack, repair, without
from cauce.protect.attack.block import Sums, blocks
from cauce.protect.attack.cite import cite
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.programme import Contradiction, Programme
from cauce.protect.attack.prove import proven_most
from cauce.protect.attack.reach import reach
from cauce.protect.attack.settle import Settled, settle
from cauce.protect.told import Secret, System, Told

SIDE = 14


def place(name: str) -> Cited:
    return Cited("DF", (name,), "n")


def system(*told: Told, secrets: tuple[Secret, ...], unknowns: int = 4) -> System:
    return System(unknowns, (True,) * unknowns, told, secrets)


def hidden(vector: dict[int, int], true: float, width: float = 3.0) -> Secret:
    return Secret(place("hidden"), vector, true, width, primary=True)


def square(side: int = SIDE, each: int = 3, width: float = 4.0) -> System:
    """A square of withheld cells of whose rows, columns and whole the sums are printed."""
    cells = np.arange(side * side).reshape(side, side)
    sums = [*cells, *cells.T, cells.ravel()]
    told = [
        Told(place(f"t{at}"), dict.fromkeys(one.tolist(), 1), each * len(one), each * len(one))
        for at, one in enumerate(sums)
    ]
    secrets = [Secret(place(f"s{at}"), {at: 1}, each, width, primary=True) for at in cells.ravel()]
    return System(side * side, (True,) * side * side, tuple(told), tuple(secrets))


def test_an_attack_that_does_not_finish_is_no_audit() -> None:
    with pytest.raises(Unfinished, match="did not finish within its 0 seconds"):
        attack(square(), 0.0)


def test_a_solver_that_runs_out_of_time_is_no_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(60)
    found = square(20)
    (block,) = blocks(found, settle(found))
    programme = Programme(block, clock)
    left = iter([1e-9])
    monkeypatch.setattr(clock, "left", lambda: next(left, None) or late())

    with pytest.raises(Unfinished, match="late"):
        programme.most(np.arange(len(block.of)) % 7.0)


def late() -> float:
    raise Unfinished("late")


def test_numbers_that_contradict_each_other_are_our_bug() -> None:
    told = Told(place("a"), {0: 1, 1: 1}, 3, 3), Told(place("b"), {0: 1, 1: 1, 2: 1}, 2, 2)

    with pytest.raises(Contradiction, match="no solution"):
        attack(system(*told, secrets=(hidden({0: 1}, 1),)), 60)


def test_bounds_that_leave_out_the_truth_are_our_bug() -> None:
    told = Told(place("a"), {0: 1}, 3, 3)

    with pytest.raises(Contradiction, match="leaves out what is true"):
        attack(system(told, secrets=(hidden({0: 1}, 9),)), 60)


def test_leaks_may_be_found_without_being_explained() -> None:
    told = Told(place("a"), {0: 1}, 3, 3)

    (leak,) = attack(system(told, secrets=(hidden({0: 1}, 3),)), 60, explained=False).leaks

    assert (leak.bound.low, leak.bound.high, leak.by) == (3, 3, ())


def test_the_same_sum_withheld_twice_is_explained_once() -> None:
    told = Told(place("a"), {0: 1, 1: 1}, 2, 2)
    twice = hidden({0: 1}, 1), replace(hidden({0: 1}, 1), of=place("again"))

    first, second = attack(system(told, secrets=twice), 60).leaks

    assert first.by == second.by == (place("a"),)
    assert {first.bound.of, second.bound.of} == {place("hidden"), place("again")}


def test_an_unknown_that_nobody_bounds_can_be_as_much_as_one_likes() -> None:
    told = Told(place("a"), {0: 1, 1: -1}, 0, inf)

    (bound,) = attack(system(told, secrets=(hidden({0: 1}, 3),)), 60).bounds

    assert bound.high - bound.low > 1e6
    assert bound.searched == "reached"


def test_bounds_of_single_unknowns_add_up() -> None:
    """At least 4 and at most 6, and the other at most 1 of 7: told as bounds, not as sums."""
    told = Told(place("a"), {0: 2}, 8, 12), Told(place("b"), {0: 1, 1: 1}, 6, 6)

    found = attack(system(*told, secrets=(hidden({1: 1}, 1),)), 60)

    (leak,) = found.leaks
    assert (leak.bound.low, leak.bound.high) == (0, 2)
    assert set(leak.by) == {place("a"), place("b")}


def test_a_sum_of_nothing_less_than_nothing_is_zero_in_all_its_parts() -> None:
    told = Told(place("a"), {0: -1, 1: -2}, 0, inf), Told(place("b"), {1: 1, 2: 1}, 5, 5)

    settled = settle(system(*told, secrets=()))

    assert settled.known == {0: 0.0, 1: 0.0, 2: 5.0}
    assert settled.because[2] == {1}


def test_a_large_square_of_small_cells_is_wide_and_hardly_any_is_solved_for() -> None:
    """Large enough for points between the walls; 3 of 42 in a row can be 0 or more than 4."""
    large = square(20)

    found = attack(large, 60)

    assert found.leaks == ()
    assert all(bound.high - bound.low >= 4 for bound in found.bounds)
    assert {bound.searched for bound in found.bounds} == {"reached"}


def test_pieces_of_a_large_block_bound_what_they_bound_and_leave_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One cell of a large square is bounded by a sum of two; it is found in a piece of it."""
    monkeypatch.setattr("cauce.protect.attack.reach.SIZES", (20,))
    large = square(20)
    told = Told(place("pair"), {0: 1, 1: 1}, 3, 4)
    secrets = (*large.secrets, Secret(place("sum"), {0: 1, 21: 1}, 4, 4.0, primary=True))
    planted = replace(large, told=(*large.told, told), secrets=secrets)

    found = attack(planted, 60)

    assert {leak.bound.of for leak in found.leaks} == set()
    narrower = replace(planted, told=(*large.told, replace(told, high=3)))
    leaks = attack(narrower, 60).leaks
    assert {leak.bound.of for leak in leaks} == {place("s0"), place("s1")}
    assert all(leak.by == (place("pair"),) for leak in leaks)


@pytest.mark.parametrize("towards", [lambda *_: None, lambda one, goal: np.zeros(len(goal))])
def test_what_no_piece_decides_is_asked_of_the_whole(
    monkeypatch: pytest.MonkeyPatch, towards: Callable[..., Any]
) -> None:
    monkeypatch.setattr("cauce.protect.attack.reach.SIZES", (2,))
    monkeypatch.setattr("cauce.protect.attack.reach.SMALL", 2)
    monkeypatch.setattr("cauce.protect.attack.programme.Programme.towards", towards)
    found = square(5)
    (block,) = blocks(found, settle(found))

    reached = reach(block, Clock(60), lambda _: None)

    assert not reached.open().any()


def test_what_is_proven_by_infinite_bounds_is_not() -> None:
    told = Told(place("a"), {0: 1}, 0, inf)

    assert proven_most({0: 1}, [told], [1.0], 5.0) is None
    assert proven_most({0: 1}, [replace(told, high=5)], [0.0], 5.0) is None


def test_amounts_in_the_millions_are_measured_in_larger_units() -> None:
    told = Told(place("bill"), {0: 1, 1: 1}, 1e12, 1e12), Told(place("a"), {1: 1}, 4e11, 9e11)
    money = replace(system(*told, secrets=(hidden({0: 1}, 5e11, width=6e11),)), whole=(False,) * 4)

    (leak,) = attack(money, 60).leaks

    assert (leak.bound.low, leak.bound.high) == pytest.approx((1e11, 6e11))


def test_amounts_that_agree_but_for_their_last_digits_contradict_nothing() -> None:
    """0.1 + 0.2 is not 0.3 to a computer, and billions are off by more than the tolerance."""
    told = [
        Told(place("all"), {0: 1, 1: 1, 2: 1}, 3e12, 3e12),
        Told(place("again"), {0: 1, 1: 1}, 2e12 + 1e-2, 2e12 + 1e-2),
        Told(place("rest"), {2: 1}, 1e12, 1e12),
    ]
    money = replace(system(*told, secrets=(hidden({0: 1}, 5e11, width=1e11),)), whole=(False,) * 4)

    assert attack(money, 60).leaks == ()
    assert repair(money, attack(money, 60), 60) == ()


def test_a_leak_is_repaired_by_the_cell_that_is_wanted_least() -> None:
    """Both columns could go; the later one does, and with it the number beside it."""
    told = (
        Told(place("row"), {0: 1, 1: 1}, 6, 6),
        Told(place("first column"), {0: 1, 2: 1}, 9, 9),
        Told(place("second column"), {1: 1, 3: 1}, 9, 9),
        Told(place("second"), {3: 1}, 6, 6),
    )
    found = system(*told, secrets=(hidden({0: 1}, 3),))

    gone = repair(found, attack(found, 60), 60)

    assert gone == (place("second"),)
    assert attack(without(found, [(of.flow, of.key) for of in gone]), 60).leaks == ()


def test_what_does_not_leak_is_not_repaired() -> None:
    large = square(6)

    assert repair(large, attack(large, 60), 60) == ()


def test_of_two_bounds_of_one_sum_the_narrower_is_cited() -> None:
    told = [Told(place(f"{low}"), {0: 1}, low, high) for low, high in ((1, 9), (2, 5), (0, 12))]

    (leak,) = attack(system(*told, secrets=(hidden({0: 1}, 4, width=4),)), 60).leaks

    assert (leak.bound.low, leak.bound.high, leak.by) == (2, 5, (place("2"),))


def test_two_bounds_of_one_sum_narrow_it_from_both_sides() -> None:
    told = [Told(place(f"{low}"), {0: 1, 1: 1}, low, high) for low, high in ((1, 5), (4, 9))]

    (leak,) = attack(system(*told, secrets=(hidden({0: 1, 1: 1}, 4),)), 60).leaks

    assert (leak.bound.low, leak.bound.high, len(leak.by)) == (4, 5, 2)


def test_what_a_piece_shows_wide_needs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only two points are tried for all at once, so that most are left for pieces."""
    monkeypatch.setattr("cauce.protect.attack.reach.SIZES", (40,))
    monkeypatch.setattr("cauce.protect.attack.reach.WORTH", 1e-12)

    assert attack(square(20), 60).leaks == ()


def test_nobody_in_an_earlier_vintage_stays_nobody() -> None:
    told = Told(Cited("DF", ("cell",), "n", "2024"), {0: 1}, 0, 0)
    found = system(told, secrets=(hidden({0: 1}, 0),))

    assert repair(found, attack(found, 60), 60) == ()


def test_a_number_that_proves_nothing_more_is_not_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the solver's proof were to use it."""
    monkeypatch.setattr("cauce.protect.attack.cite._Case.used", lambda _: [0, 1])
    told = Told(place("a"), {0: 1, 1: 1}, 0, 5), Told(place("b"), {0: 1}, 2, 4)
    whole = system(*told, secrets=())

    ends, rows = cite(whole, hidden({0: 1}, 3), [0, 1], Clock(60))

    assert (ends.low, ends.high, rows) == (2, 4, (1,))


def test_what_cannot_be_proven_is_told_as_the_solver_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cauce.protect.attack.cite.proven_most", lambda *_: None)
    told = Told(place("a"), {0: 1}, 2, 4)

    ends, _ = cite(system(told, secrets=()), hidden({0: 1}, 3), [0], Clock(60))

    assert (ends.low, ends.high, ends.proven) == (2, 4, False)


def test_no_point_is_found_where_there_is_none() -> None:
    told = Told(place("a"), {0: 1, 1: 1}, 3, 3), Told(place("b"), {0: 1, 1: 1, 2: 1}, 2, 2)
    found = system(*told, secrets=(hidden({0: 1}, 1),))
    (block,) = blocks(found, settle(found))

    assert Programme(block, Clock(60)).towards(np.ones(len(block.of))) is None


def test_what_was_withheld_for_one_leak_is_used_for_the_next() -> None:
    """A cell of a row of three leaks, and so does the row; without it both are free."""
    told = Told(place("row"), {0: 1, 1: 1}, 3, 3)
    both = hidden({0: 1}, 1, width=4), replace(hidden({0: 1, 1: 1}, 3, 1), of=place("whole"))
    found = system(told, secrets=both)

    assert repair(found, attack(found, 60), 60) == (place("row"),)


def test_of_many_cells_none_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("cauce.protect.attack.repair"), "SPARED", 0)
    told = Told(place("row"), {0: 1, 1: 1}, 3, 3)
    found = system(told, secrets=(hidden({0: 1}, 1, width=4),))

    assert repair(found, attack(found, 60), 60) == (place("row"),)


def test_sums_of_no_rows_come_to_nothing() -> None:
    sums = Sums(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))

    assert len(sums.at(np.zeros(3))) == 0


def test_a_settled_system_may_be_empty() -> None:
    assert blocks(system(secrets=()), Settled()) == []
    assert attack(system(secrets=()), 60).bounds == ()
