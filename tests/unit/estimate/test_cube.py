"""What the pass says of samples small enough for a pencil."""

import math

import numpy as np
import pytest

from cauce.estimate import cube
from cauce.estimate import cube as one_pass


def test_a_total_of_two_psus(everyone, design, score):
    """Totals 3 and 7: mean 5, variance 2/(2-1) x ((3-5)^2 + (7-5)^2) = 16."""
    found = everyone(design([0, 0, 0], [0, 0, 1]), score([1, 2, 7]))

    assert (found.value[0, 0], found.se[0, 0], found.cv[0, 0]) == (10, 4, 0.4)
    assert (found.n[0, 0], found.psus[0, 0], found.strata[0, 0], found.df[0, 0]) == (3, 2, 1, 1)


def test_a_mean_of_two_psus(everyone, design, score):
    """R = 10/3; z = 3 - 2R and 7 - R = -11/3 and 11/3; variance 2 x 2 x (11/3)^2 / 3^2."""
    found = everyone(design([0, 0, 0], [0, 0, 1]), score([1, 2, 7], "mean"))

    assert found.value[0, 0] == pytest.approx(10 / 3, rel=1e-15)
    assert found.se[0, 0] == pytest.approx(22 / 9, rel=1e-14)


def test_a_rate_of_two_psus(everyone, design, score):
    """PSUs 1 of 2 and 1 of 1: R = 2/3, z = 1 - 2R and 1 - R = -1/3 and 1/3; 2 x 2/9 / 3^2."""
    found = everyone(design([0, 0, 0], [0, 0, 1]), score([1, 0, 1], "rate"))

    assert found.value[0, 0] == pytest.approx(2 / 3, rel=1e-15)
    assert found.se[0, 0] == pytest.approx(2 / 9, rel=1e-14)
    assert found.cases[0, 0] == 2


def test_a_ratio_of_two_psus(everyone, design, score):
    """Y = 3 and 7, X = 3 and 2: R = 2, z = -3 and 3; variance 2 x 18 / 5^2."""
    found = everyone(design([0, 0, 0], [0, 0, 1]), score([1, 2, 7], "ratio", [1, 2, 2]))

    assert found.value[0, 0] == 2
    assert found.se[0, 0] == pytest.approx(1.2, rel=1e-14)


def test_a_psu_without_anybody_of_the_domain_still_counts(everyone, design, score):
    """Totals 3, 6, 0: mean 3, 3/2 x (0 + 9 + 9) = 27. Without the empty PSU it would be 9."""
    y, inside = [3.0, 6.0, 100.0], [1, 1, 0]
    masked = everyone(design([0, 0, 0], [0, 1, 2]), score(y, inside=inside))
    filtered = everyone(design([0, 0], [0, 1]), score(y[:2]))

    assert masked.se[0, 0] == pytest.approx(math.sqrt(27), rel=1e-15)
    assert filtered.se[0, 0] == 3
    assert (masked.psus[0, 0], masked.df[0, 0]) == (2, 1)


def test_a_missing_answer_is_neither_zero_nor_a_dropped_row(everyone, design, score):
    """Answers 2 and 4 of three people: the mean is 3, not 2; the PSU of the third stays."""
    found = everyone(
        design([0, 0, 0], [0, 1, 2]),
        score([2, 4, 0], "mean", inside=[1, 1, 0], missing=[0, 0, 1]),
    )

    assert found.value[0, 0] == 3
    # z = -1, 1, 0: 3/2 x 2 / 2^2.
    assert found.se[0, 0] == pytest.approx(math.sqrt(0.75), rel=1e-15)
    assert (found.n[0, 0], found.missing[0, 0]) == (2, 1)


def test_a_weight_of_zero_counts_no_respondent_but_keeps_the_psu(everyone, design, score):
    """Totals 3, 6, 0 again, the last by its weight."""
    found = everyone(design([0, 0, 0], [0, 1, 2], [1, 1, 0]), score([3, 6, 9]))

    assert (found.n[0, 0], found.psus[0, 0]) == (2, 2)
    assert found.se[0, 0] == pytest.approx(math.sqrt(27), rel=1e-15)


@pytest.mark.parametrize(("size", "variance"), [(2.0, 0), (4.0, 8), (8.0, 12), (math.inf, 16)])
def test_a_finite_population_takes_its_share_of_the_variance(
    everyone, design, score, size, variance
):
    """16 x (1 - 2/N); a census stratum adds nothing."""
    found = everyone(design([0, 0], [0, 1], size=[size, size]), score([3, 7]))

    assert found.se[0, 0] == math.sqrt(variance)


def test_a_total_of_zero_has_an_error_and_no_cv(everyone, design, score):
    found = everyone(design([0, 0], [0, 1]), score([5, -5]))

    assert (found.value[0, 0], found.se[0, 0]) == (0, 10)
    assert np.isnan(found.cv[0, 0])


@pytest.mark.parametrize(("y", "low", "high"), [(0.0, 0.0, 1 - 0.05**0.25), (1.0, 0.05**0.25, 1.0)])
def test_a_rate_without_variation_has_a_one_sided_bound(everyone, design, score, y, low, high):
    """Four people alike: 1 - 0.05^(1/4) = 0.527 is still possible."""
    found = everyone(design([0] * 4, [0, 0, 1, 1]), score([y] * 4, "rate"))

    assert (found.value[0, 0], found.se[0, 0]) == (y, 0)
    assert (found.ci_low[0, 0], found.ci_high[0, 0]) == pytest.approx((low, high), rel=1e-15)


def test_a_domain_of_nobody_has_no_value(everyone, design, score):
    for estimator in ("total", "mean", "rate"):
        found = everyone(design([0, 0], [0, 1]), score([1, 1], estimator, inside=[0, 0]))

        assert np.isnan([found.value[0, 0], found.se[0, 0], found.ci_low[0, 0]]).all()
        assert (found.n[0, 0], found.df[0, 0]) == (0, 0)


def test_a_ratio_over_nothing_has_no_value(everyone, design, score):
    found = everyone(design([0, 0], [0, 1]), score([1, 2], "ratio", [0, 0]))

    assert np.isnan([found.value[0, 0], found.se[0, 0]]).all()
    assert found.n[0, 0] == 2


def test_a_cell_far_from_the_others_keeps_its_digits(design, score):
    """Means 1e6 apart, spread 1 in each: the pilot centre is far from both and is replaced."""
    y = [1e9, 1e9 + 1, 1e9, 1e9 + 1, 0, 1, 0, 1]
    place = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32)
    frame = design([0] * 8, range(8))
    _, by_place = cube(frame, [place], [2], [(), (0,)], [score(y, "mean"), score(y, "total")])

    # z = -1/2, 1/2, ... and four empty PSUs: 8/7 x 1 / 4^2.
    assert by_place.se[:, 0] == pytest.approx(math.sqrt(8 / 7) / 4, rel=1e-12)


def test_an_empty_cell_does_not_stop_a_second_walk(design, score):
    y = [1e9, 1e9 + 1, 0, 1]
    place = np.array([0, 0, 1, 1], dtype=np.int32)
    (table,) = cube(design([0] * 4, range(4)), [place], [3], [(0,)], [score(y, "ratio", [1] * 4)])

    assert np.isnan(table.value[2, 0])
    assert table.value[1, 0] == 0.5


def test_rows_may_come_in_any_order(design, score):
    y, stratum, psu = [1.0, 2, 7, 4, 5], [0, 0, 0, 1, 1], [0, 0, 1, 2, 3]
    place = np.array([0, 1, 0, 1, 0], dtype=np.int32)
    shuffled = [4, 0, 3, 2, 1]
    args = ([2], [(), (0,)])
    sorted_ = cube(design(stratum, psu), [place], *args, [score(y)])
    mixed = cube(
        design(np.array(stratum)[shuffled], np.array(psu)[shuffled]),
        [place[shuffled]],
        *args,
        [score(np.array(y)[shuffled])],
    )

    for a, b in zip(sorted_, mixed, strict=True):
        assert (a.se == b.se).all()
        assert (a.value == b.value).all()


def test_a_cell_is_the_mixed_radix_number_of_its_codes(design, score):
    a = np.array([0, 0, 1, 1], dtype=np.int32)
    b = np.array([2, 0, 1, 2], dtype=np.int32)
    (table,) = one_pass(design([0] * 4, range(4)), [a, b], [2, 3], [(0, 1)], [score([1, 2, 4, 8])])

    assert np.nan_to_num(table.weighted[:, 0]).tolist() == [1, 0, 1, 0, 1, 1]
    assert np.nan_to_num(table.value[:, 0]).tolist() == [2, 0, 1, 0, 4, 8]


def test_the_design_effect_of_a_simple_sample_is_one(everyone, design, score):
    """One person a PSU, one stratum, equal weights: this is simple random sampling."""
    frame = design([0] * 4, range(4), [2.5] * 4)
    for estimator, x in (("mean", None), ("total", None), ("ratio", [1, 2, 1, 3])):
        found = everyone(frame, score([1, 2, 4, 9], estimator, x))

        assert found.deff[0, 0] == pytest.approx(1, rel=1e-13)
        assert found.ess[0, 0] == pytest.approx(4, rel=1e-13)


def test_a_ratio_is_a_proportion_if_nobody_exceeds_the_denominator(everyone, design, score):
    """Proportions have logit intervals, which are not symmetric; only those inside count."""
    frame = design([0] * 4, range(4))

    def middle(y, inside=None):
        found = everyone(frame, score(y, "ratio", [2, 2, 2, 3], inside))
        return (found.ci_low[0, 0] + found.ci_high[0, 0]) / 2 - found.value[0, 0]

    assert abs(middle([0, 1, 1, 1])) > 1e-3
    assert middle([0, 1, 1, 4]) == pytest.approx(0, abs=1e-12)
    assert abs(middle([0, 1, 1, 4], [1, 1, 1, 0])) > 1e-3


def test_a_part_that_is_all_or_nothing_of_its_whole_has_no_error(design, score):
    """Not even in the last digit, or it would no longer be known for 0 or 1."""
    n, place = 9, np.array([0] * 5 + [1] * 4)
    x = np.array([0.3, 0.7, 1.1, 0.1, 0.9, 0.3, 0.2, 1.7, 0.6])
    frame = design([0] * n, range(n), np.arange(1, n + 1) / 7)
    part = score(np.where(place == 0, x, 0), "ratio", x)

    (found,) = cube(frame, [place], [2], [(0,)], [part])

    assert found.value[:, 0].tolist() == [1, 0]
    assert found.se[:, 0].tolist() == [0, 0]
    assert found.ci_low[:, 0].tolist() == [0.05 ** (1 / 5), 0]
    assert found.ci_high[:, 0].tolist() == [1, 1 - 0.05 ** (1 / 4)]


def test_a_ratio_counts_psus_where_all_denominators_are_zero(everyone, design, score):
    found = everyone(design([0] * 3, range(3)), score([0, 1, 2], "ratio", [0, 1, 3]))

    assert (found.psus[0, 0], found.strata[0, 0], found.weighted[0, 0]) == (3, 1, 3)


def test_psus_that_are_alike_leave_no_error(everyone, design, score):
    """0.1 squared, three times, less a third of 0.3 squared is a hair off 0, never below."""
    for amount in (0.1, 0.2, 0.3, 0.7, 1.1):
        found = everyone(design([0] * 3, range(3)), score([amount] * 3))

        assert 0 <= found.se[0, 0] < 1e-7


def test_eight_scores_stand_side_by_side_as_each_alone(everyone, design, score):
    frame = design([0, 0, 0, 1, 1], [0, 1, 1, 2, 3], [1, 2, 3, 4, 5])
    scores = [score([k, 2, 7, 4 * k, 5], "mean") for k in range(7)]
    scores.append(score([1, 2, 3, 4, 5], "ratio", [5, 4, 3, 2, 1]))
    (together,) = cube(frame, [], [], [()], scores)

    for s, own in enumerate(scores):
        alone = everyone(frame, own)
        for name in ("value", "se", "deff", "n", "psus", "weighted"):
            assert getattr(together, name)[0, s] == getattr(alone, name)[0, 0], name
