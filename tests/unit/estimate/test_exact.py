"""Whole-number sums by PSU and cell, and the estimates made of them."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.estimate import by_grouping, frame_of, measure_of, sum_here
from cauce.estimate import exact_kernel as limbs
from cauce.estimate.exact import estimates_of_sums
from cauce.estimate.exact_scales import LARGEST_LOSS, Looked, Scale, look, scale_of, scales_of
from cauce.estimate.exact_sums import PsuSums
from cauce.estimate.grouping import group
from cauce.estimate.layout import lay_out
from cauce.estimate.sweep import Sweep
from cauce.model.design import Design
from cauce.model.errors import BadInput
from cauce.model.sample import Score

COMPILED = (
    "product", "add", "add_products", "add_up", "two_sum", "plus", "times", "over", "pair_of",
    "pairs", "ratios", "about", "moments", "add_square",
)  # fmt: skip
NOTHING = np.empty(0, dtype=np.int64)
FIELDS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess", "df", "n", "cases", "missing")


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch, uncompiled: None) -> Iterator[None]:
    """The arithmetic as plain Python; limbs go round at 2**64, of which NumPy would warn."""
    for name in COMPILED:
        monkeypatch.setattr(limbs, name, getattr(limbs, name).py_func)
    with np.errstate(over="ignore"):
        yield


def whole(sums: np.ndarray) -> list[int]:
    raw = [(int(high) << 64) | int(low) for high, low in sums]
    return [one - (1 << 128) if one >> 127 else one for one in raw]


def split(numbers: list[int]) -> np.ndarray:
    parts = [((one >> 64) % 2**64, one % 2**64) for one in numbers]
    return np.array(parts, dtype=np.uint64).reshape(-1, 2)


ints = st.integers(-(10**12), 10**12)


@given(st.lists(st.tuples(ints, ints, ints, st.booleans()), min_size=1, max_size=30))
def test_sums_are_the_exact_integers_of_python(people) -> None:
    w, a, b, inside = (list(column) for column in zip(*people, strict=True))
    at = np.arange(len(w)) % 2
    sums = np.zeros((2, 2), dtype=np.uint64)
    limbs.add_products(at, np.array(inside), np.array(w), np.array(a), np.array(b), sums)
    expected = [
        sum(w[i] * a[i] * b[i] for i in range(len(w)) if inside[i] and i % 2 == side)
        for side in (0, 1)
    ]
    assert whole(sums) == expected


@given(st.lists(st.integers(-(2**126), 2**126), min_size=2, max_size=2))
def test_whole_numbers_become_pairs_that_hold_a_hundred_digits(numbers: list[int]) -> None:
    for number, (near, off) in zip(numbers, limbs.pairs(split(numbers)), strict=True):
        assert abs(int(near) + int(off) - number) <= abs(number) >> 104


@given(st.integers(1, 10**36), st.integers(1, 10**36))
def test_a_ratio_of_pairs_is_right_to_thirty_digits(a: int, b: int) -> None:
    ((near, off),) = limbs.ratios(limbs.pairs(split([a])), limbs.pairs(split([b])))
    top, bottom = (int(x * 2**80) if abs(x) < 2**900 else 0 for x in (near, off))
    assert abs((top + bottom) * b - (a << 80)) * 10**25 <= (a << 80) + 10**25 * b * 4


def test_arithmetic_by_hand(plain: None) -> None:
    """2 x 3 x 4 + 5 x 6 x 7 = 234 of those inside; a negative number borrows from the limb above;
    x and y that are 1 for all are left out."""
    at, w = np.array([0, 0, 0]), np.array([2, 5, 9])
    a, b, inside = np.array([3, 6, 9]), np.array([4, 7, 9]), np.array([True, True, False])
    sums = np.zeros((1, 2), dtype=np.uint64)
    limbs.add_products(at, inside, w, a, b, sums)
    assert whole(sums) == [234]
    limbs.add_products(at, inside, -w, a, NOTHING, sums)
    assert whole(sums) == [234 - 36]
    limbs.add_products(at, inside, w, NOTHING, NOTHING, sums)
    assert whole(sums) == [205]
    total = np.zeros((1, 2), dtype=np.uint64)
    limbs.add_up(np.array([0, 0]), split([-7, 2**70]), total)
    assert whole(total) == [2**70 - 7]
    assert limbs.pairs(split([-7, 0])).tolist() == [[-7.0, -0.0], [0.0, 0.0]]
    assert limbs.ratios(np.array([[1.0, 0.0]]), np.array([[0.0, 0.0]])).tolist() == [[0.0, 0.0]]


def columns(sweep: Sweep, codes: list[int], scores):
    """The estimates of the kernel, and those of whole numbers; of everyone and by group."""
    n = len(codes)
    classifiers = [np.array(codes, dtype=np.int32)]
    groupings = [group(classifiers, [3], dims, n) for dims in ((), (0,))]
    floats = sweep.run(groupings, scores)
    own = sum_here(sweep.rows, groupings, scores)
    measures = [measure_of(score) for score in scores]
    sizes = [grouping.size for grouping in groupings]
    exact = by_grouping(sizes, measures, frame_of(sweep.rows), own, sweep.policy)
    return floats, exact, own


def same(floats, exact) -> None:
    for left, right in zip(floats, exact, strict=True):
        for one, other in zip(left, right, strict=True):
            for name in FIELDS:
                got, want = getattr(other, name), getattr(one, name)
                if name in ("deff", "ess"):  # of one respondent the kernel's is chance
                    got, want = got[one.n > 1], want[one.n > 1]
                np.testing.assert_allclose(got, want, 1e-9, 1e-12, err_msg=name)


STRATUM, PSU = [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 4]
WEIGHT = [1.5, 2, 2.25, 1, 3, 0, 1.125, 2]
Y, X = [1.0, 0, 2.5, 4, 0, 7, 1, 3], [2.0, 1, 3, 5, 1, 1, 2, 3]


def all_kinds(score):
    inside, missing = [1, 1, 1, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 0, 0, 0]
    binary = replace(score([1, 0, 1, 0, 0, 1, 1, 1], "rate"), magnitude=False)
    return [
        replace(score(Y, "total"), magnitude=True),
        score(Y, "mean", None, inside, missing),
        score(Y, "ratio", X, inside),
        binary,
        replace(binary, estimator="total"),
    ]


@pytest.mark.parametrize("policy", ["certainty", "adjust", "average", "collapse"])
def test_estimates_are_those_of_the_kernel(design, score, plain: None, policy) -> None:
    stratum = [*STRATUM, 2]
    sweep = Sweep(design(stratum, [*PSU, 5], [*WEIGHT, 2.5], None, policy))
    scores = [
        replace(
            one,
            inside=np.append(one.inside, True),
            numerator=np.append(one.numerator, 1.0),
            denominator=None if one.denominator is None else np.append(one.denominator, 1.0),
            missing_rows=None if one.missing_rows is None else np.append(one.missing_rows, False),
        )
        for one in all_kinds(score)
    ]
    same(*columns(sweep, [0, 1, 0, 1, 0, 1, 1, 0, 2], scores)[:2])


def test_who_has_only_missing_people_in_a_cell_is_no_psu_of_it(design, score, plain: None) -> None:
    inside, missing = [1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 0, 0]
    one = score(Y, "mean", None, inside, missing)
    floats, exact, _ = columns(Sweep(design(STRATUM, PSU, WEIGHT, None, "adjust")), [0] * 8, [one])
    same(floats, exact)
    assert (exact[0][0].psus[0], exact[0][0].strata[0], exact[0][0].missing[0]) == (2, 1, 1)


def test_a_layout_that_counts_no_missing_answers_has_none(design, score) -> None:
    one = score(Y, "total")
    sweep = Sweep(design(STRATUM, PSU, WEIGHT, None, "adjust"))
    _, exact, own = columns(sweep, [0] * 8, [one])
    layout = lay_out([1], [(0,)], [measure_of(one)])
    sums = own.sums
    whole_sample = sums.cell == 0
    first = PsuSums(
        sums.cell[whole_sample],
        sums.psu[whole_sample],
        sums.counts[whole_sample],
        tuple({name: part[whole_sample] for name, part in of.items()} for of in sums.sums),
    )
    more = frame_of(sweep.rows), first, own.scales, own.beyond, sweep.policy
    (found,) = estimates_of_sums(layout, *more)
    assert found.missing.tolist() == [0]
    assert found.se.tolist() == exact[0][0].se.tolist()


def test_order_and_threads_change_no_bit(design, score) -> None:
    """The same people the other way round have the same integers, hash and estimates."""
    _, first, own = columns(Sweep(design(STRATUM, PSU, WEIGHT)), [0, 1] * 4, all_kinds(score))
    back = slice(None, None, -1)
    turned = [
        replace(
            one,
            inside=one.inside[back],
            numerator=one.numerator[back],
            denominator=None if one.denominator is None else one.denominator[back],
            missing_rows=None if one.missing_rows is None else one.missing_rows[back],
        )
        for one in all_kinds(score)
    ]
    sweep = Sweep(design(STRATUM[back], PSU[back], WEIGHT[back]))
    _, second, other = columns(sweep, [1, 0] * 4, turned)
    assert own.sums.sha256(own.scales) == other.sums.sha256(other.scales)
    for left, right in zip(first, second, strict=True):
        for one, two in zip(left, right, strict=True):
            for name in FIELDS:
                np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_one_more_unit_is_another_hash(design, score) -> None:
    one = Sweep(design(STRATUM, PSU, WEIGHT))
    other = Sweep(design(STRATUM, PSU, [*WEIGHT[:-1], 2.001]))
    _, _, first = columns(one, [0] * 8, all_kinds(score))
    _, _, second = columns(other, [0] * 8, all_kinds(score))
    assert first.sums.sha256(first.scales) != second.sums.sha256(second.scales)


@given(st.integers(0, 9), st.lists(st.integers(0, 999), min_size=6, max_size=6))
def test_a_mean_loses_no_digit_however_far_it_is_from_0(power: int, tail: list[int]) -> None:
    """The standard error of y and of y + 10**power is the same to the last digits."""
    sweep = Sweep(Design(np.zeros(6, dtype=np.int64), np.array([0, 0, 1, 1, 2, 2]), np.ones(6)))
    every = np.ones(6, dtype=np.bool_)
    near, far = np.array(tail) / 1000, np.array([round(10**power + one / 1000, 3) for one in tail])
    scores = [Score("I", every, y, None, 0, True, "mean") for y in (near, far)]
    found = [columns(sweep, [0] * 6, [one])[1][0][0].se[0] for one in scores]
    assert found[1] == pytest.approx(found[0], rel=1e-12, abs=1e-15)


def test_a_numerator_that_is_no_amount_must_be_0_or_1(design, score) -> None:
    half = replace(score([0.5] * 8, "rate"), magnitude=False)
    with pytest.raises(BadInput, match="8 of 8 is neither 0 nor 1"):
        columns(Sweep(design(STRATUM, PSU, WEIGHT)), [0] * 8, [half])


def looked(*numbers: float) -> Looked:
    return look(np.array(numbers), np.ones(len(numbers), dtype=np.bool_))


def test_a_scale_has_the_fewest_decimals_that_lose_nothing() -> None:
    assert scale_of(looked(12.5, 3.25, 100), "it") == Scale(2, 5)
    assert scale_of(looked(1, 2), "it") == Scale(0, 1)
    assert scale_of(looked(), "it") == Scale(0, 1)


def test_more_decimals_than_fit_are_rounded_and_said() -> None:
    scale = scale_of(looked(1 / 3, 2), "it")
    assert (scale.decimals, scale.rounded) == (14, 1)
    assert 0 < scale.loss < 1e-13


def test_a_number_that_would_lose_too_much_is_refused() -> None:
    with pytest.raises(BadInput, match=r"1 values of pay have more than the 3 decimals"):
        scale_of(looked(1e-5 / 3, 123456), "pay", most=9)
    assert looked(1e-5 / 3).loss[3] > LARGEST_LOSS


def test_numbers_that_overflow_are_refused() -> None:
    with pytest.raises(BadInput, match="2 values of pay have more than 15 digits"):
        scale_of(looked(1e15, np.inf, 1), "pay")
    with pytest.raises(BadInput, match="its sums would have more than 38 digits"):
        scale_of(looked(123456), "pay", most=5)


def test_squares_must_fit_too(score) -> None:
    """A weight of 15 digits and a million rows leave 16 digits: 8 for y, whose square is added."""
    measure = measure_of(score([1.0], "mean"))
    weight, y = looked(1 / 3 + 100), looked(1 / 3 + 1)
    scales = scales_of([measure], 10**6, weight, [y], [None])
    assert (scales.weight.digits, scales.y[0].digits, scales.y[0].decimals) == (15, 8, 7)
