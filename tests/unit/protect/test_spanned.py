"""The kernel as plain Python, so that coverage sees it; compiled it is tried in tests/property."""

import random
from math import gcd

import numpy as np
import pytest
from numba.core.registry import CPUDispatcher

from cauce.protect import span_kernel as kernel
from cauce.protect.secondary import MANY, spanning
from cauce.protect.span import Span, Vector
from cauce.protect.spanned import Spanned, made, roomier


@pytest.fixture(autouse=True)
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, one in vars(kernel).copy().items():
        if isinstance(one, CPUDispatcher):
            monkeypatch.setattr(kernel, name, one.py_func)


def vector(chance: random.Random, rows: int, large: int) -> Vector:
    chosen = chance.sample(range(rows), chance.randint(1, min(rows, 6)))
    return {row: chance.choice([1, 1, -1, 2, 3, large]) for row in chosen}


@pytest.mark.parametrize("seed", range(60))
def test_it_says_of_every_sum_what_the_plain_span_says(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    rows, large = chance.choice([3, 6, 9, 30]), chance.choice([1, 2, 2**15, 2**20, 2**40])
    protected = [vector(chance, rows, large) for _ in range(chance.randint(0, rows))]
    weak = {row for row in range(rows) if chance.random() < 0.3}
    plain, compiled = Span(protected, weak), Spanned(protected, weak)

    for _ in range(2 * rows):
        sums = [vector(chance, rows, large) for _ in range(chance.choice([1, 1, 2, 5]))]
        if chance.random() < 0.2:
            plain.concede(sums)
            compiled.concede(sums)
        else:
            assert compiled.publish(sums) == plain.publish(sums)
        asked = {**vector(chance, rows, large), rows: 1}
        left = compiled.left(asked)
        assert compiled.left(left) == left, "what is known is taken out"
        assert lowest(plain.left(left)) == lowest(plain.left(asked))


def lowest(sums: Vector) -> Vector:
    common = gcd(*sums.values())
    return {row: entry // common for row, entry in sums.items()}


def test_it_goes_on_in_long_integers_where_what_is_left_gets_too_large() -> None:
    span = Spanned([{0: 1, 1: 1}])
    span.concede([{2: 1, 3: 2**30}])
    assert span.left({2: 3, 4: 1}) == {3: -3 * 2**30, 4: 1}


def test_it_goes_on_in_long_integers_where_a_secret_is_too_large_for_a_machine_word() -> None:
    span = Spanned([{0: 2**40, 1: 1}])

    assert span.publish([{0: 1}])
    assert not span.publish([{1: 1}])


def test_it_goes_on_in_long_integers_where_a_sum_or_what_is_known_gets_too_large() -> None:
    for large in (2**40, 2**30):
        span = Spanned([{0: 1, 1: 1}])
        assert span.publish([{0: 1, 2: large}, {2: 3, 3: large}, {3: 5, 4: large}])
        span.concede([{5: large, 2: 7}, {5: 1}])
        assert not span.publish([{1: 1}, {4: 1}])
        assert span.publish([{4: 1}])


def test_it_goes_on_in_long_integers_where_what_is_published_gets_too_large() -> None:
    large = 2**30 + 1
    span = Spanned([{2: 1, 3: 1}], weak={2})

    assert span.publish([{0: 1, 1: large}])
    assert span.publish([{1: 3, 2: large}])
    assert span.publish([{0: 3, 2: -(large**2)}])
    assert not span.publish([{3: 1}])


def test_what_is_conceded_may_be_too_large_at_once() -> None:
    span = Spanned([{0: 1}])

    span.concede([{1: 1}, {1: 2**50, 2: 2**51}, {3: 1}])
    assert not span.publish([{0: 1, 2: 4}])
    assert span.publish([{3: 1}])


def test_large_systems_are_spanned_by_it_and_small_ones_are_not() -> None:
    assert isinstance(spanning([], frozenset(), MANY), Spanned)
    assert isinstance(spanning([], frozenset(), MANY - 1), Span)


def test_vectors_without_room_in_the_lists_of_their_rows_ask_for_more() -> None:
    space = made(rows=3, vectors=2, entries=3, nodes=1)
    for row in range(3):
        kernel.put(space, row, 1)
    assert kernel.keep(space)

    assert kernel.add(space, 0, np.array([0])) == kernel.ROOM
    assert kernel.add(roomier(space, 2, 9, 3), 0, np.array([0])) == kernel.DONE
