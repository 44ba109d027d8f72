"""Batches come back from the disk as they went there, to the last bit."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from cauce.microdata.spool import Place, Spool, narrowed, widened
from cauce.model.sample import Score
from cauce.model.stream import Batch


def batch(first: int, rows: int) -> Batch:
    random = np.random.default_rng(first)
    inside = random.random(rows) < 0.5
    lost = ~inside & (random.random(rows) < 0.5)
    codes = random.integers(-9, 300, rows).astype(np.int32)
    plain = Score("A", inside, inside * 1.0, None, int(lost.sum()), False, "rate", lost)
    more = Score(
        "B", inside, random.normal(0, 1, rows), random.uniform(1, 2, rows), 0, True, "ratio",
        None, inside, lost, (codes, codes + 70_000), codes,
    )  # fmt: skip
    place = np.arange(first, first + rows)
    columns = {"SEX": codes, "AGE": codes // 2}
    return Batch(place // 9, place // 3, random.uniform(0, 9, rows), place, columns, (plain, more))


def same(one: Any, other: Any) -> None:
    """Every array of two batches or scores is the same to the last bit."""
    for field in fields(one):
        ours, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(ours, np.ndarray):
            assert ours.dtype == theirs.dtype, field.name
            assert ours.tobytes() == theirs.tobytes(), field.name
        elif isinstance(ours, tuple | dict):
            pairs = zip(parts(ours), parts(theirs), strict=True)
            for mine, its in pairs:
                same(mine, its) if hasattr(mine, "indicator") else np.testing.assert_array_equal(
                    mine, its, strict=True
                )
        else:
            assert ours == theirs, field.name


def parts(of: Any) -> list[Any]:
    return list(of.values()) if isinstance(of, dict) else list(of)


def test_batches_come_back_as_they_went(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "batches")
    went = [batch(0, 21), batch(21, 21), batch(42, 5)]
    assert list(spool.keep(iter(went))) == went
    assert spool.whole
    for ours, theirs in zip(went, spool.batches(), strict=True):
        same(ours, theirs)
        assert list(ours.columns) == list(theirs.columns)
        assert theirs.scores[0].inside is theirs.scores[1].inside
    weights = [weight.tobytes() for weight in spool.weights()]
    assert weights == [one.weight.tobytes() for one in went]


def test_a_reading_that_ends_early_is_not_the_whole(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "batches")
    next(spool.keep(iter([batch(0, 9), batch(9, 9)])))
    assert not spool.whole


KINDS = st.sampled_from([np.float64, np.int64, np.int32, np.bool_])


@given(KINDS.flatmap(lambda kind: arrays(kind, array_shapes(max_dims=1, max_side=30))))
def test_no_number_loses_a_bit_by_being_narrowed(numbers: np.ndarray[Any, Any]) -> None:
    kept = narrowed(numbers)
    assert kept.nbytes <= numbers.nbytes
    back = np.unpackbits(kept, count=len(numbers)) if numbers.dtype == np.bool_ else kept
    assert back.astype(numbers.dtype).tobytes() == numbers.tobytes()


def test_whole_numbers_are_kept_in_the_fewest_bytes() -> None:
    assert narrowed(np.array([1.0, 127.0])).dtype == np.int8
    assert narrowed(np.array([1.0, -129.0])).dtype == np.int16
    assert narrowed(np.array([0, 2**31 - 1])).dtype == np.int32
    assert narrowed(np.array([0, 2**31])).dtype == np.int64
    assert narrowed(np.array([0.0, -0.0])).dtype == np.float64
    assert narrowed(np.array([1.0, np.nan])).dtype == np.float64
    assert narrowed(np.empty(0)).dtype == np.float64


def test_flags_are_kept_as_bits(tmp_path: Path) -> None:
    flags = np.arange(11) % 3 == 0
    (tmp_path / "flags").write_bytes(narrowed(flags).tobytes())
    with (tmp_path / "flags").open("rb") as file:
        found = widened(file, Place(0, np.dtype(np.uint8), flags.dtype), 11)
    assert found.tolist() == flags.tolist()
    assert (tmp_path / "flags").stat().st_size == 2
