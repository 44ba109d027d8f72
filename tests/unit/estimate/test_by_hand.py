"""Estimates small enough for a pencil, and the traps of survey designs."""

import numpy as np
import pytest

from cauce.estimate import cube, design_from_labels
from cauce.model.errors import BadInput, LonelyPsu
from cauce.model.sample import Score


def test_two_psus(total) -> None:
    """Totals 3 and 7: mean 5, variance 2/(2-1) x ((3-5)^2 + (7-5)^2) = 16."""
    assert total("AAA", [0, 0, 1], [1, 1, 1], [1, 2, 7]) == (10, 4, 1)


def test_a_domain_keeps_psus_in_which_it_has_nobody(total) -> None:
    """One of three PSUs: totals 6, 0, 0, variance 3/2 x (16 + 4 + 4) = 36."""
    assert total("AAA", [0, 1, 2], [1, 1, 1], [6, 5, 5], inside=[1, 0, 0]) == (6, 6, 0)


def test_sampling_half_of_the_psus_halves_the_variance(total) -> None:
    assert total("AAA", [0, 0, 1], [1, 1, 1], [1, 2, 7], fpc=[4, 4, 4])[1] == pytest.approx(8**0.5)
    rate = total("AAA", [0, 0, 1], [1, 1, 1], [1, 2, 7], fpc=[0.5, 0.5, 0.5])
    assert rate[1] == pytest.approx(8**0.5)


def test_a_stratum_of_which_every_psu_was_drawn_adds_no_error(total) -> None:
    assert total("AABB", [0, 1, 2, 3], [1] * 4, [1, 9, 3, 7], fpc=[2, 2, 1e9, 1e9])[1] == (
        pytest.approx(4)
    )
    assert total("ABB", [0, 1, 2], [1] * 3, [1, 3, 7], fpc=[1, 1e12, 1e12])[1] == pytest.approx(4)


def test_psu_labels_that_repeat_across_strata(total) -> None:
    with pytest.raises(BadInput, match="2 of 2 PSU labels occur in more than one stratum"):
        total("AABB", [0, 1, 0, 1], [1] * 4, [3, 7, 0, 0])
    assert total("AABB", [0, 1, 0, 1], [1] * 4, [3, 7, 0, 0], scope="stratum") == (10, 4, 2)


def test_a_lonely_psu_is_refused_by_name(total) -> None:
    with pytest.raises(LonelyPsu, match=r"1 of 2 strata have a single PSU.*: B") as caught:
        total("AAB", [0, 1, 2], [1] * 3, [3, 7, 5])
    for way in ("collapse", "adjust", "average", "certainty"):
        assert way in str(caught.value)


def test_many_lonely_psus_are_counted(total) -> None:
    with pytest.raises(LonelyPsu, match=r"12 of 12 strata .* and 2 more"):
        total(list("ABCDEFGHIJKL"), range(12), [1] * 12, [1] * 12)


def test_a_lonely_psu_taken_as_certain_adds_no_error(total) -> None:
    assert total("AAB", [0, 1, 2], [1] * 3, [3, 7, 5], "certainty") == (15, 4, 1)


def test_a_lonely_psu_adjusted_adds_its_distance_from_zero(total) -> None:
    """16 + 5^2 = 41, as R's survey.lonely.psu = "adjust" does for a total."""
    assert total("AAB", [0, 1, 2], [1] * 3, [3, 7, 5], "adjust")[1] == pytest.approx(41**0.5)


def test_a_lonely_psu_averaged_takes_the_mean_of_the_others(total) -> None:
    """16 x 2 strata / 1 stratum that can be estimated = 32."""
    assert total("AAB", [0, 1, 2], [1] * 3, [3, 7, 5], "average")[1] == pytest.approx(32**0.5)


def test_a_lonely_stratum_joins_the_next_one(total) -> None:
    """B joins C: totals 5, 1, 6, mean 4, variance 3/2 x (1 + 9 + 4) = 21, and 16 of A."""
    found = total("AABCC", [0, 1, 2, 3, 4], [1] * 5, [3, 7, 5, 1, 6], "collapse")
    assert found == (22, pytest.approx(37**0.5), 3)


def test_two_lonely_strata_in_a_row_join_each_other(total) -> None:
    """B and C make one stratum: totals 5 and 1, variance 2 x (4 + 4) = 16, and 16 of A."""
    assert total("AABC", [0, 1, 2, 3], [1] * 4, [3, 7, 5, 1], "collapse")[1] == pytest.approx(
        32**0.5
    )


def test_the_last_lonely_stratum_joins_the_one_before(total) -> None:
    """Totals 3, 7, 5: mean 5, variance 3/2 x (4 + 4) = 12."""
    assert total("AAB", [0, 1, 2], [1] * 3, [3, 7, 5], "collapse")[1] == pytest.approx(12**0.5)


@pytest.mark.parametrize(
    ("weights", "word"),
    [
        ([1, np.nan, 1], "1 of 3 weights are missing"),
        ([1, -2, -2], "2 of 3 weights are negative"),
        ([1, np.inf, 1], "1 of 3 weights are infinite"),
        ([0, 0, 0], "All 3 weights are 0"),
    ],
)
def test_weights_that_cannot_be_are_counted(total, weights, word) -> None:
    with pytest.raises(BadInput, match=word):
        total("AAA", [0, 0, 1], weights, [1, 2, 7])


def test_nobody_is_no_sample(total) -> None:
    with pytest.raises(BadInput, match="no rows"):
        total([], [], [], [])


def test_labels_that_are_missing_are_counted(total) -> None:
    with pytest.raises(BadInput, match="1 of 3 stratum or PSU labels are missing"):
        total(["A", None, "A"], [0, 0, 1], [1] * 3, [1, 2, 7])
    with pytest.raises(BadInput, match="1 of 3 stratum or PSU labels are missing"):
        total([1.0, np.nan, 1.0], [0, 0, 1], [1] * 3, [1, 2, 7])


def test_labels_of_any_kind_will_do(total) -> None:
    expected = (10, 4, 1)
    assert total([1.5, 1.5, 1.5], [0, 0, 1], [1] * 3, [1, 2, 7]) == expected
    assert total("AAA", ["a", "a", "b"], [1] * 3, [1, 2, 7]) == expected


@pytest.mark.parametrize(
    ("fpc", "word"),
    [
        ([4, 4, 0], "missing or not above 0"),
        ([4, 4, 5], "differs within 1 strata"),
        ([1.5, 1.5, 1.5], "more PSUs in the sample"),
    ],
)
def test_an_fpc_that_cannot_be_is_refused(total, fpc, word) -> None:
    with pytest.raises(BadInput, match=word):
        total("AAA", [0, 0, 1], [1] * 3, [1, 2, 7], fpc=fpc)


def estimates(scores, codes=None, size=2):
    """Four PSUs of two people in two strata; weights 1, 2, 3, 4 by PSU."""
    design = design_from_labels(
        np.repeat(["A", "B"], 4), np.repeat([1, 2, 3, 4], 2), np.repeat([1.0, 2.0, 3.0, 4.0], 2)
    )
    classifiers = [] if codes is None else [np.array(codes, dtype=np.int32)]
    return cube(
        design, classifiers, [size] * len(classifiers), [tuple(range(len(classifiers)))], scores
    )[0]


EVERYONE = np.ones(8, dtype=bool)


def test_an_answer_that_is_missing_is_neither_zero_nor_lost() -> None:
    answered = np.array([1, 1, 1, 1, 0, 1, 1, 1], dtype=bool)
    y = np.array([1.0, 1, 1, 1, 0, 1, 1, 1])
    found = estimates([Score("m", answered, y, None, 1, True, "mean", ~answered)])
    assert found.value[0, 0] == 1
    assert found.n[0, 0] == 7
    assert found.missing[0, 0] == 1


def test_a_rate_of_zero_is_not_certain() -> None:
    """Nobody of 8: the bound is 1 - 0.05^(1/8)."""
    nobody = estimates([Score("r", EVERYONE, np.zeros(8), None, 0, False, "rate")])
    assert (nobody.value[0, 0], nobody.se[0, 0], nobody.ci_low[0, 0]) == (0, 0, 0)
    assert nobody.ci_high[0, 0] == pytest.approx(1 - 0.05 ** (1 / 8))
    everyone = estimates([Score("r", EVERYONE, np.ones(8), None, 0, False, "rate")])
    assert everyone.ci_high[0, 0] == 1
    assert everyone.ci_low[0, 0] == pytest.approx(0.05 ** (1 / 8))


def test_a_cell_without_anybody_has_no_estimate() -> None:
    score = Score("t", EVERYONE, np.ones(8), None, 0, False, "total")
    found = estimates([score], codes=[0] * 8)
    assert np.isnan(found.value[1, 0])
    assert found.n[1, 0] == 0


def test_a_ratio_over_nothing_has_no_value() -> None:
    score = Score("r", EVERYONE, np.ones(8), np.zeros(8), 0, True, "ratio")
    found = estimates([score])
    assert np.isnan(found.value[0, 0])
    assert np.isnan(found.ci_low[0, 0])


def test_a_count_must_be_of_zeros_and_ones() -> None:
    with pytest.raises(BadInput, match="the numerator of 8 of 8 is neither 0 nor 1"):
        estimates([Score("r", EVERYONE, np.full(8, 2.0), None, 0, False, "rate")])


def test_a_share_within_its_denominator_has_a_logit_interval() -> None:
    y = np.array([1.0, 0, 1, 0, 1, 1, 0, 1])
    found = estimates([Score("r", EVERYONE, y, np.ones(8), 0, True, "ratio")])
    assert 0 < found.ci_low[0, 0] < found.value[0, 0] < found.ci_high[0, 0] < 1


def test_means_far_from_zero_keep_their_digits() -> None:
    """The same spread around 0 and around a thousand million."""
    spread = np.array([1.0, -1, 2, -2, 3, 1, -1, -3])
    codes = [0, 1] * 4
    far = estimates([Score("m", EVERYONE, spread + 1e9, None, 0, True, "mean")], codes)
    near = estimates([Score("m", EVERYONE, spread, None, 0, True, "mean")], codes)
    np.testing.assert_allclose(far.se, near.se, rtol=1e-6)


def test_cells_far_apart_are_centred_each_on_its_own() -> None:
    """Two groups at 0 and at 1e9: the error of each is its own, to the last digits."""
    spread = np.array([1.0, -1, 2, -2, 3, 1, -1, -3])
    codes = np.array([0, 1] * 4)
    split = estimates([Score("m", EVERYONE, spread + 1e9 * codes, None, 0, True, "mean")], codes)
    alone = estimates([Score("m", EVERYONE, spread, None, 0, True, "mean")], codes)
    np.testing.assert_allclose(split.se, alone.se, rtol=1e-6)
    again = estimates(
        [
            Score("m", EVERYONE, spread + 1e9 * codes, None, 0, True, "mean"),
            Score("t", EVERYONE, np.ones(8), None, 0, False, "total"),
        ],
        codes,
    )
    assert again.value[0, 1] == 10


def test_rows_in_any_order_give_the_same() -> None:
    rng = np.random.default_rng(5)
    strata, psus = np.repeat([0, 1], 4), np.repeat([1, 2, 3, 4], 2)
    weight, y = np.repeat([1.0, 2, 3, 4], 2), rng.normal(size=8)
    order = rng.permutation(8)
    a, b = (
        cube(
            design_from_labels(strata[o], psus[o], weight[o]),
            [],
            [],
            [()],
            [Score("t", EVERYONE, y[o], None, 0, True, "total")],
        )[0]
        for o in (np.arange(8), order)
    )
    assert a.se[0, 0] == pytest.approx(b.se[0, 0], rel=1e-12)


def test_a_respondent_of_weight_zero_counts_for_nothing_but_the_design(total) -> None:
    """Totals 3, 7, 0: mean 10/3, variance 3/2 x 74/3 = 37; df counts the first two."""
    value, se, df = total("AAAA", [0, 0, 1, 2], [1, 1, 1, 0], [1, 2, 7, 9])
    assert (value, df) == (10, 1)
    assert se == pytest.approx(37**0.5)


def test_where_everybody_counts_once_there_is_no_design_effect():
    """Of weights 20.3, 23.6, 1.5 the sum less its square over itself is no 0 in binary digits."""
    design = design_from_labels(np.array([0, 0, 0]), np.arange(3), np.array([20.3, 23.6, 1.5]))
    score = Score("people", np.ones(3, bool), np.ones(3), None, 0, False, "total")
    (found,) = cube(design, [], [], [()], [score])
    assert np.isnan(found.deff[0, 0])
    assert np.isnan(found.ess[0, 0])
