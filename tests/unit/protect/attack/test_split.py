"""A block whose numbers share no unknown is solved in parts, which say the same as the whole."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.audit import Cited
from cauce.protect.attack import attack
from cauce.protect.attack.apart import tell_apart
from cauce.protect.attack.block import Block, blocks
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.programme import Programme
from cauce.protect.attack.settle import settle
from cauce.protect.attack.split import Split
from cauce.protect.told import Secret, System, Told

CELL = Cited("DF", ("A",), "n")


def two_sums(*more: Told) -> System:
    """0 + 1 = 7 and 2 + 3 = 5; all four together, and one nobody is told of, are secrets."""
    told = (
        Told(replace(CELL, number="cases"), {0: 1, 1: 1}, 7, 7),
        Told(CELL, {0: 1, 1: 1, 2: 1, 3: 1}, 12, 12),
    )
    secrets = (
        Secret(Cited("DF", ("B",), "n"), {0: 1, 2: 1}, 6, 13.0, primary=True),
        Secret(Cited("DF", ("C",), "n"), {4: 1}, 3, 2.0, primary=True),
        Secret(Cited("DF", ("D",), "n"), {5: 1}, 3, 2.0, primary=True),
    )
    return System(6, (True,) * 6, (*told, *more), secrets)


def block_of(system: System) -> Block:
    tied = Secret(CELL, {0: 1, 2: 1, 4: 1, 5: 1}, 6, 13.0, primary=True)
    system = replace(system, secrets=(tied,))
    (block,) = blocks(system, tell_apart(system, settle(system)))
    return block


def test_what_a_cell_says_in_two_ways_is_told_apart() -> None:
    settled = tell_apart(two_sums(), settle(two_sums()))

    assert settled.rows[1] == ({2: 1, 3: 1}, 5, 5)
    assert settled.beside == {1: [0]}


def test_a_number_that_is_no_part_of_another_is_left_as_it_is() -> None:
    odd = Told(replace(CELL, number="missing"), {1: 2, 2: 1}, 9, 9)
    settled = tell_apart(two_sums(odd), settle(two_sums(odd)))

    assert settled.rows[2] == ({1: 2, 2: 1}, 9, 9)
    assert 2 not in settled.beside


def test_parts_say_the_ends_of_a_sum_over_all_of_them() -> None:
    split = Split(block_of(two_sums()), Clock(60))

    least, most = split.ends(np.array([1.0, 0.0, 2.0, 0.0, 0.0]))
    assert (-least.most, most.most) == (0.0, 17.0)
    assert most.point[[0, 2]].tolist() == [7.0, 5.0]
    _, again = split.ends(np.array([0.0, 1.0, 0.0, 0.0, 0.0]))
    assert again.most == 7.0
    assert again.point[0] == 0.0
    assert not again.held


def test_points_of_parts_are_points_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    block = block_of(two_sums())
    points = Split(block, Clock(60)).towards(np.array([1.0, 0.0, 1.0, 0.0, 0.0]))

    assert len(points) == 2
    for point in points:
        np.testing.assert_allclose(block.told.at(point), block.high, atol=1e-6)
    monkeypatch.setattr(Programme, "towards", lambda *_: None)
    assert Split(block, Clock(60)).towards(np.ones(5)) == []


def test_a_leak_in_a_part_names_both_numbers_it_was_made_of() -> None:
    (leak, *_) = attack(two_sums(), 60).leaks

    assert (leak.bound.low, leak.bound.high) == (0, 12)
    assert {one.number for one in leak.by} == {"n"}
    (again,) = attack(
        replace(two_sums(), secrets=(Secret(CELL, {2: 1}, 1, 6.0, primary=True),)), 60
    ).leaks
    assert {one.number for one in again.by} == {"n", "cases"}
