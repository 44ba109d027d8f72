"""Laws of the pass: true whatever the sample."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.estimate import Estimates, cube
from cauce.model.arrays import Ints
from cauce.model.design import Design
from cauce.model.sample import Score

SIZE = 3
Survey = tuple[Design, np.ndarray, tuple[Score, ...]]


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Up to six strata of two to four PSUs of one to three people, in three classes."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    psus = np.array(draw(st.lists(st.integers(2, 4), min_size=1, max_size=6)))
    people = random.integers(1, 4, psus.sum())
    psu = np.repeat(np.arange(psus.sum()), people)
    n = len(psu)
    design = Design(np.repeat(np.arange(len(psus)), psus)[psu], psu, random.uniform(0.1, 9, n))
    inside = random.random(n) < draw(st.sampled_from([0.3, 0.8, 1.0]))
    flag = (random.random(n) < draw(st.sampled_from([0.05, 0.5]))) * 1.0
    y = random.normal(draw(st.sampled_from([0.0, 1e3])), 1, n)
    scores = (
        Score("total", inside, y, None, 0, True, "total"),
        Score("people", inside, flag, None, 0, False, "total"),
        Score("rate", inside, flag, None, 0, False, "rate"),
        Score("mean", inside, y, None, 0, True, "mean"),
        Score("ratio", inside, flag, random.uniform(1, 2, n), 0, True, "ratio"),
    )
    return design, random.integers(0, SIZE, n).astype(np.int32), scores


def estimates(survey: Survey, threads: int | None = None) -> tuple[Estimates, Estimates]:
    design, place, scores = survey
    everyone, classes = cube(design, [place], [SIZE], [(), (0,)], scores, threads)
    return everyone, classes


def taken(survey: Survey, rows: Ints) -> Survey:
    """The survey with these rows, in this order."""
    design, place, scores = survey
    return (
        replace(
            design, stratum=design.stratum[rows], psu=design.psu[rows], weight=design.weight[rows]
        ),
        place[rows],
        tuple(
            replace(
                score,
                inside=score.inside[rows],
                numerator=score.numerator[rows],
                denominator=None if score.denominator is None else score.denominator[rows],
            )
            for score in scores
        ),
    )


def weighted(survey: Survey, weight: np.ndarray) -> Survey:
    return replace(survey[0], weight=weight), survey[1], survey[2]


def sizes(survey: Survey) -> np.ndarray:
    """How large the numbers are that are added up, by score: their rounding is relative to it."""
    design, _, scores = survey
    sums = [float(design.weight @ np.abs(score.numerator)) for score in scores]
    return np.array([*sums[:2], 1.0, 1.0 + np.abs(scores[3].numerator).max(), 1.0])


def near(one: np.ndarray, other: np.ndarray, size: np.ndarray | float, to: float = 1e-9) -> bool:
    """Equal up to `to` of the number or of `size`, whichever is larger; both may be NaN."""
    off = np.abs(one - other) > to * np.maximum(np.abs(one), size)
    return not (off | (np.isnan(one) != np.isnan(other))).any()


@given(surveys(), st.floats(0.01, 1000))
def test_the_scale_of_weights_changes_no_rate_and_no_cv(survey, factor):
    for a, b in zip(
        estimates(survey),
        estimates(weighted(survey, survey[0].weight * factor)),
        strict=True,
    ):
        size = sizes(survey)
        assert near(a.value[:, 2:], b.value[:, 2:], size[2:])
        assert near(a.se[:, 2:] ** 2, b.se[:, 2:] ** 2, size[2:] ** 2, 1e-12)
        assert near(a.value[:, :2] * factor, b.value[:, :2], size[:2] * factor)
        assert near((a.se[:, :2] * factor) ** 2, b.se[:, :2] ** 2, (size[:2] * factor) ** 2, 1e-12)
        steady = (a.value[:, 2] > 0) & (a.cv[:, 2] > 1e-3)
        assert near(a.cv[steady, 2], b.cv[steady, 2], 1.0)
        assert (a.n == b.n).all()


@given(surveys(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(survey, random):
    rows = list(range(len(survey[1])))
    random.shuffle(rows)
    for a, b in zip(estimates(survey), estimates(taken(survey, np.array(rows))), strict=True):
        size = sizes(survey)
        assert near(a.value, b.value, size, 1e-12)
        # Sums of squares are exact to the last digits of the squares, not of their difference.
        assert near(a.se**2, b.se**2, size**2, 1e-12)
        for name in ("n", "cases", "psus", "strata", "df"):
            assert (getattr(a, name) == getattr(b, name)).all()


@given(surveys(), st.data())
def test_two_halves_of_a_person_are_one_person(survey, data):
    """They answer alike in the same PSU: values and errors stay, only n grows."""
    row = data.draw(st.integers(0, len(survey[1]) - 1))
    rows = np.sort(np.append(np.arange(len(survey[1])), row))
    weight = survey[0].weight[rows] / np.where(rows == row, 2, 1)
    for a, b in zip(
        estimates(survey), estimates(weighted(taken(survey, rows), weight)), strict=True
    ):
        size = sizes(survey)
        assert near(a.value, b.value, size)
        assert near(a.se**2, b.se**2, size**2, 1e-12)
        assert (a.psus == b.psus).all()


@given(surveys())
def test_a_total_is_the_sum_of_its_classes(survey):
    everyone, classes = estimates(survey)
    for name in ("n", "cases"):
        assert (getattr(classes, name).sum(axis=0) == getattr(everyone, name)[0]).all()
    sums = np.nansum(classes.value[:, :2], axis=0)
    assert near(sums, np.nan_to_num(everyone.value[0, :2]), sizes(survey)[:2])
    assert near(np.nansum(classes.weighted, axis=0), everyone.weighted[0], 0.0)


@settings(max_examples=30)
@given(surveys(), st.integers(1, 9))
def test_the_number_of_threads_changes_no_bit(survey, threads):
    for a, b in zip(estimates(survey, 2), estimates(survey, threads), strict=True):
        for name in Estimates.__dataclass_fields__:
            assert np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True), name


@given(surveys())
def test_a_total_of_a_domain_is_the_total_of_zero_outside_of_it(survey):
    design, place, scores = survey
    everyone = np.ones(len(place), dtype=np.bool_)
    whole = tuple(
        replace(s, inside=everyone, numerator=np.where(s.inside, s.numerator, 0.0))
        for s in scores[:2]
    )
    (a, _), (b, _) = estimates((design, place, scores[:2])), estimates((design, place, whole))
    known, size = a.n[0] > 0, sizes(survey)[:2]
    assert near(a.value[0, known], b.value[0, known], size[known])
    assert near(a.se[0, known] ** 2, b.se[0, known] ** 2, size[known] ** 2, 1e-12)
    assert not b.value[0, ~known].any()


@given(surveys())
def test_a_psu_in_which_nobody_counts_enters_the_error_as_a_zero(survey):
    design, place, _ = survey
    rows = np.append(np.arange(len(place)), len(place) - 1)
    more, codes, longer = taken(survey, rows)
    more = replace(
        more,
        psu=np.append(design.psu, design.psu.max() + 1),
        weight=np.append(design.weight, 0.0),
    )
    (before, _), (after, _) = estimates(survey), estimates((more, codes, longer))
    size = sizes(survey)
    assert near(before.value, after.value, size)
    assert (before.psus == after.psus).all()
    if before.n[0, 0]:
        expected = by_hand(more, longer[0])
        assert near(after.se[0, :1] ** 2, np.array([expected]), size[:1] ** 2, 1e-12)


def by_hand(design: Design, score: Score) -> float:
    """The variance of a total, stratum by stratum, as the books write it."""
    z = np.bincount(design.psu, weights=design.weight * score.numerator * score.inside)
    of_psu = np.zeros(len(z), dtype=np.int64)
    of_psu[design.psu] = design.stratum
    variance = 0.0
    for h in np.unique(of_psu):
        own = z[of_psu == h]
        variance += len(own) / (len(own) - 1) * ((own - own.mean()) ** 2).sum()
    return float(variance)


@given(surveys(), st.sampled_from([0.0, 1.0, 1e6, 1e9]))
def test_values_and_errors_are_those_of_exact_arithmetic(survey, far):
    """Rates near 0 and 1 and means far from 0 included: no digit is lost by cancellation."""
    design, place, (total, people, rate, mean, ratio) = survey
    away = replace(mean, numerator=mean.numerator + far)
    most = replace(rate, numerator=1 - rate.numerator)
    survey = (design, place, (total, people, rate, most, away, ratio))
    everyone, classes = estimates(survey)
    for s, score in enumerate(survey[2]):
        for cell in range(1 + SIZE):
            table, k = (everyone, 0) if cell == 0 else (classes, cell - 1)
            inside = score.inside & ((cell == 0) | (place == k))
            if not inside.any():
                assert np.isnan(table.value[k, s])
                continue
            value, variance, widest = exactly(design, replace(score, inside=inside))
            largest = sizes(survey)[0] if score.estimator == "total" else 1 + abs(value)
            assert abs(table.value[k, s] - value) <= 1e-14 * largest, score.indicator
            # What is left of squares that cancel, and of a person who alone makes the ratio.
            rounding = 1e-14 * widest**2 + (1e-15 * largest) ** 2
            off = abs(table.se[k, s] ** 2 - variance)
            assert off <= 1e-10 * variance + rounding, score.indicator


def exactly(design: Design, score: Score) -> tuple[float, float, float]:
    """Value, variance and the widest score of anybody, worked out in fractions.

    Without rounding nothing need be centred: the books' formula is written down as it stands.
    """
    rows = np.flatnonzero(score.inside)
    w = {r: Fraction(float(design.weight[r])) for r in rows}
    y = {r: Fraction(float(score.numerator[r])) for r in rows}
    x = {r: Fraction(1 if score.denominator is None else float(score.denominator[r])) for r in rows}
    above, below = sum(w[r] * y[r] for r in rows), sum(w[r] * x[r] for r in rows)
    whole = score.estimator == "total"
    value = above if whole else above / below
    z = {r: w[r] * y[r] if whole else w[r] * (y[r] - value * x[r]) / below for r in rows}
    variance = Fraction(0)
    for h in np.unique(design.stratum):
        units = np.unique(design.psu[design.stratum == h])
        sums = [sum((z[r] for r in rows if design.psu[r] == c), Fraction(0)) for c in units]
        m = len(units)
        variance += Fraction(m, m - 1) * (sum(c * c for c in sums) - sum(sums) ** 2 / m)
    return float(value), float(variance), float(max(map(abs, z.values())))
