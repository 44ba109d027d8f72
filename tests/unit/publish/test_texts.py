"""What is kept beside tables, up to a bound."""

import gc

import numpy as np
from tests.unit.store.conftest import observations

from cauce.publish import Texts
from cauce.publish.texts import ALONE


def tens(count: int) -> np.ndarray:
    return np.zeros(count * 10, dtype=np.int8)


def test_what_is_kept_is_made_once_for_each_table() -> None:
    one, other = (observations("XAA_T", ["2020"], base) for base in (1.0, 2.0))
    texts, made = Texts(1_000), []

    def make() -> np.ndarray:
        made.append(1)
        return tens(1)

    first = texts.beside(one).one("a", make)
    assert texts.beside(one).one("a", make) is first
    assert texts.beside(other).one("a", make) is not first
    assert len(made) == 2
    assert texts.bytes == 20


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    table = observations("XAA_T", ["2020"], 1.0)
    texts = Texts(30)
    beside = texts.beside(table)
    kept = [beside.one(name, lambda: tens(1)) for name in "abc"]
    beside.one("a", lambda: tens(1))
    beside.one("d", lambda: tens(1))
    assert texts.bytes == 30
    assert beside.one("a", lambda: tens(1)) is kept[0]
    assert beside.one("b", lambda: tens(1)) is not kept[1]


def test_what_is_larger_than_the_bound_is_given_and_not_kept() -> None:
    table = observations("XAA_T", ["2020"], 1.0)
    texts = Texts(30)
    assert len(texts.beside(table).one("a", lambda: tens(4))) == 40
    assert texts.bytes == 0


def test_several_are_made_together_and_only_those_that_are_absent() -> None:
    table = observations("XAA_T", ["2020"], 1.0)
    beside, asked = Texts(1_000).beside(table), []

    def make(absent: list[int]) -> list[np.ndarray]:
        asked.append(absent)
        return [tens(1) for _ in absent]

    beside.each(["a", "c"], make)
    beside.each(["a", "b", "c", "d"], make)
    assert asked == [[0, 1], [1, 3]]


def test_what_was_written_of_a_table_goes_with_it() -> None:
    table = observations("XAA_T", ["2020"], 1.0)
    texts = Texts(1_000)
    beside = texts.beside(table)
    beside.one("a", lambda: tens(1))
    del table
    gc.collect()
    assert texts.bytes == 0
    beside.one("a", lambda: tens(1))
    assert texts.bytes == 0


def test_alone_nothing_is_kept() -> None:
    assert ALONE.one("a", lambda: tens(1)) is not ALONE.one("a", lambda: tens(1))
