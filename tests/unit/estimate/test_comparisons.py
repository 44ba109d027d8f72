"""Pairs, changes and pooled waves of a few people; and what cannot be compared says so."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from cauce.estimate import change, compare, design_from_labels, estimate, pooled
from cauce.model.design import Design
from cauce.model.errors import BadInput
from cauce.model.pair import Pair
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Sample, Score
from cauce.model.text import Text

from .test_tables import PAY, RATE, SEX, ZONE, flow, indicator

WORD = Text("x", "x")
SEXES = Pair("SEXES", WORD, "SEX", "M", "F")
GINI = indicator("GINI", "gini", 1)


@pytest.fixture(autouse=True)
def slowly(uncompiled: None) -> None:
    """The kernels as Python, so that coverage sees them."""


def wave(period: str = "2019", psus: str = "abcdef", pay=(9, 1, 3, 2, 5, 7), fpc=None) -> Sample:
    """Six people, each a PSU; the last two live in zone B."""
    everyone = np.ones(6, dtype=np.bool_)
    size = None if fpc is None else np.full(6, fpc)
    return Sample(
        period=period,
        design=design_from_labels(np.array(["x"] * 6), np.array(list(psus)), np.ones(6), size),
        columns={
            "SEX": np.array([0, 1, 0, 1, 0, 1], dtype=np.int32),
            "ZONE": np.array([0, 0, 0, 0, 1, 1], dtype=np.int32),
        },
        scores=(
            Score("RATE", everyone, np.array([1.0, 0, 1, 0, 1, 0]), None, 0, False, "rate"),
            Score("PAY", everyone, np.array(pay, dtype=float), None, 0, True, "mean"),
            Score("GINI", everyone, np.array(pay, dtype=float), None, 0, True, "gini"),
        ),
        reasons={"PAY": {"refused": 1}},
    )


def test_a_pair_is_compared_in_every_cell_of_the_other_dimensions() -> None:
    (found,) = compare(wave(), [flow("F", [SEX, ZONE], [PAY])], [SEXES])
    assert found.key[:, 3].tolist() == [0, 0, 0]
    assert found.key[:, 4].tolist() == [0, 1, 2]
    assert found.first.tolist() == pytest.approx([17 / 3, 6, 5])
    assert found.difference.tolist() == pytest.approx([17 / 3 - 10 / 3, 4.5, -2])
    assert found.of == SEXES
    assert found.common.tolist() == [0, 0, 0]
    assert found.n.tolist() == [3, 2, 1]


def test_a_dataflow_without_the_pair_has_no_comparisons() -> None:
    assert compare(wave(), [flow("F", [ZONE], [PAY])], [SEXES]) == ()


def test_a_number_without_a_value_is_compared_with_nothing() -> None:
    """Of amounts below 0 there is no Gini."""
    (found,) = compare(wave(pay=(-9, 1, 3, 2, 5, 7)), [flow("F", [SEX], [PAY, GINI])], [SEXES])
    assert found.key[:, 2].tolist() == [0]


BENT = (
    GINI,
    replace(indicator("MEDIAN", "quantile", 1), p=(0.5,)),
    replace(indicator("SPREAD", "quantile_ratio", 1), p=(0.9, 0.1)),
    replace(indicator("LOW", "low", 1), p=(0.5,), fraction=2 / 3),
    indicator("GAP", "relative_gap", 1),
    indicator("WEIGHED", "factor_gap", 1),
    indicator("APART", "dissimilarity", 1),
    replace(indicator("SHARE", "share", 1), within="ZONE"),
)


def town(period: str, pay: Sequence[float] = ()) -> Sample:
    """Twelve people in six PSUs of two strata, every other a man; zones by threes."""
    amounts = np.array(pay or (9, 4, 3, 2, 5, 7, 6, 8, 1, 3, 4, 5), dtype=float)
    everyone, men = np.ones(12, dtype=np.bool_), np.arange(12) % 2 == 0
    strata, psus = np.repeat(["x", "y"], 6), np.repeat(list("abcdef"), 2)
    zone = (np.arange(12) // 3 % 2).astype(np.int32)
    scores = []
    for one in BENT:
        y = np.ones(12) if one.id in ("APART", "SHARE") else amounts
        score = Score(one.id, everyone, y, None, 0, one.id != "APART", one.estimator)
        if one.id in ("GAP", "WEIGHED", "APART"):
            score = replace(score, first=men, second=~men)
        if one.id == "WEIGHED":
            score = replace(score, factors=(zone,))
        scores.append(replace(score, across=zone if one.id == "APART" else None))
    columns = {"SEX": (~men).astype(np.int32), "ZONE": zone}
    design = design_from_labels(strata, psus, np.ones(12))
    return Sample(period, design, columns, tuple(scores))


def test_nothing_changed_in_what_is_no_ratio_where_the_same_people_say_the_same() -> None:
    flows = [flow("F", [SEX, ZONE], list(BENT))]
    (found,) = change(town("2019"), town("2020"), flows)
    assert set(found.key[:, 2].tolist()) == set(range(len(BENT)))
    assert np.abs(found.difference).max() == 0
    known = np.isfinite(found.se)
    assert known.sum() > 20
    assert np.abs(found.se[known]).max() < 1e-7


def test_medians_of_two_halves_of_each_psu_are_compared_with_their_covariance() -> None:
    """Men and women of a PSU are paid alike: the difference is surer than of strangers."""
    alike = [pay for one in (9, 4, 3, 7, 6, 2) for pay in (one, one + 0.5)]
    flows = [flow("F", [SEX, ZONE], list(BENT))]
    (cells,) = estimate(town("2019", alike), flows)
    (found,) = compare(town("2019", alike), flows, [SEXES], [cells])
    median = (found.key[:, 2] == 1) & (found.key[:, 3:5] == 0).all(axis=1)
    own = (cells.key[:, 2] == 1) & (cells.key[:, 3] > 0) & (cells.key[:, 4] == 0)
    assert found.difference[median].tolist() == [-0.5]
    assert found.se[median] < 0.5 * np.sqrt((cells.se[own] ** 2).sum())


def test_codes_of_a_distribution_are_compared_within_it() -> None:
    """Half live in either zone: a difference of shares has twice the error of a share."""
    zones = Pair("ZONES", WORD, "ZONE", "A", "B")
    flows = [flow("F", [ZONE], [BENT[-1]])]
    (cells,) = estimate(town("2019"), flows)
    (found,) = compare(town("2019"), flows, [zones], [cells])
    assert found.difference.tolist() == pytest.approx([0])
    assert found.se[0] == pytest.approx(2 * cells.se[0])


def test_a_distribution_is_compared_where_its_dimension_is() -> None:
    """Shares over zones, of men and of women: not where zones are put together."""
    (found,) = compare(town("2019"), [flow("F", [SEX, ZONE], [BENT[-1]])], [SEXES])
    assert (found.key[:, 4] > 0).all()


def test_new_psus_leave_what_is_no_ratio_without_a_covariance() -> None:
    flows = [flow("F", [], [BENT[3]])]
    (found,) = change(town("2019"), town("2020"), flows, new_psus=True)
    assert found.covariance.tolist() == [0]


def test_two_rates_without_variation_are_not_testable() -> None:
    """All men and no woman: both errors are 0 and say nothing."""
    (found,) = compare(wave(), [flow("F", [SEX], [RATE])], [SEXES])
    assert found.difference[0] == 100
    assert np.isnan([found.se[0], found.ci_low[0]]).all()


def test_a_pair_of_unknown_codes_is_refused() -> None:
    wrong = replace(SEXES, second="X")
    with pytest.raises(BadInput, match="The pair SEXES compares codes that SEX does not have: X"):
        compare(wave(), [flow("F", [SEX], [PAY])], [wrong])


def test_nothing_changed_where_the_same_people_say_the_same() -> None:
    (found,) = change(wave(), wave("2020"), [flow("F", [SEX], [PAY])])
    assert found.of == ("2019", "2020")
    assert found.difference.tolist() == [0, 0, 0]
    assert np.abs(found.se).max() < 1e-7
    assert found.common.tolist() == [6, 3, 3]


def test_waves_without_a_psu_in_common_are_independent() -> None:
    (found,) = change(wave(), wave("2020", "uvwxyz"), [flow("F", [], [PAY])])
    (alone,) = estimate(wave(), [flow("F", [], [PAY])])
    assert found.covariance[0] == found.common[0] == 0
    assert found.se[0] == pytest.approx(2**0.5 * alone.se[0])


def test_a_covariance_is_not_larger_than_both_errors_allow() -> None:
    """Of two PSUs in common it is four times their product: more than the two waves have."""
    pay, flows = (9, 1, 5, 5, 5, 5), [flow("F", [], [PAY])]
    (found,) = change(wave(pay=pay), wave("2020", "abwxyz", pay), flows)
    (one,) = estimate(wave(pay=pay), flows)
    assert abs(found.covariance[0]) <= one.se[0] ** 2 * (1 + 1e-12)
    assert found.se[0] >= 0


def test_a_known_population_of_psus_makes_overlap_count_less() -> None:
    """One wave without its count leaves the covariance without the correction."""
    flows = [flow("F", [], [PAY])]
    later = wave("2020", "abcdyz", (8, 2, 3, 2, 6, 7), fpc=20)
    (known,) = change(wave(fpc=20), later, flows)
    (unknown,) = change(wave(), later, flows)
    assert 0 < known.covariance[0] < unknown.covariance[0]
    assert known.covariance[0] / unknown.covariance[0] == pytest.approx(1 - 36 / (4 * 20))


def test_waves_whose_designs_have_no_labels_cannot_be_matched() -> None:
    nameless = replace(wave(), design=Design(np.zeros(6, int), np.arange(6), np.ones(6)))
    with pytest.raises(BadInput, match="has no labels of strata and PSUs"):
        change(nameless, wave("2020"), [flow("F", [], [PAY])])


def test_labels_match_whether_a_file_keeps_them_as_whole_numbers_or_not() -> None:
    whole = design_from_labels(np.zeros(3, int), np.array([1, 2, 3]), np.ones(3))
    real = design_from_labels(np.zeros(3), np.array([1.0, 2.0, 3.0]), np.ones(3))
    half = design_from_labels(np.zeros(3), np.array([1.5, 2.0, 3.0]), np.ones(3))
    assert whole.psu_labels == real.psu_labels == ("1", "2", "3")
    assert half.psu_labels == ("1.5", "2.0", "3.0")


def test_a_pooled_year_has_the_mean_of_the_totals_and_its_psus_once() -> None:
    year = pooled([wave(), wave("2020", "abcdyz")], "2020")
    (cells,) = estimate(year, [flow("F", [SEX], [PAY])])
    assert year.design.weight.tolist() == [0.5] * 12
    assert cells.psus[0] == 8
    assert cells.weighted[0] == 6
    assert year.reasons == {"PAY": {"refused": 2}}


def test_psus_of_a_pooled_year_are_compared_with_those_of_the_same_waves() -> None:
    """Four stay, two go and two come: three strata, and not PSUs of half the size."""
    year = pooled([wave(fpc=40), wave("2020", "abcdyz", fpc=40)], "2020")
    (cells,) = estimate(year, [flow("F", [], [PAY])])
    assert (cells.psus[0], cells.strata[0], cells.df[0]) == (8, 3, 5)
    size = year.design.population_psus
    assert size is not None
    assert sorted(set(size.tolist())) == [10, 20]


def test_a_psu_alone_in_its_waves_is_put_with_the_others_of_its_stratum() -> None:
    year = pooled([wave(), wave("2020", "abcdez")], "2020")
    (cells,) = estimate(year, [flow("F", [], [PAY])])
    assert (cells.psus[0], cells.strata[0]) == (7, 1)


def test_a_pooled_year_keeps_who_is_missing_and_the_largest_count_of_psus() -> None:
    lost = np.array([False] * 5 + [True])
    silent = wave("2020", fpc=10)
    scores = tuple(replace(s, inside=~lost, missing=1, missing_rows=lost) for s in silent.scores)
    year = pooled([wave(fpc=8), replace(silent, scores=scores)], "2020")
    assert year.scores[0].missing == 1
    assert year.scores[0].missing_rows is not None
    assert year.scores[0].missing_rows.sum() == 1
    assert year.design.population_psus is not None
    assert year.design.population_psus.tolist() == [10.0] * 12


def test_waves_with_other_indicators_cannot_be_pooled() -> None:
    other = wave("2020")
    with pytest.raises(BadInput, match="Waves 2019 and 2020 do not have the same indicators"):
        pooled([wave(), replace(other, scores=other.scores[:1])], "2020")


def test_where_every_wave_has_new_psus_equal_labels_mean_nothing() -> None:
    (found,) = change(wave(), wave("2020"), [flow("F", [], [PAY])], new_psus=True)
    (alone,) = estimate(wave(), [flow("F", [], [PAY])])
    assert found.covariance[0] == found.common[0] == 0
    assert found.se[0] == pytest.approx(2**0.5 * alone.se[0])


def test_cells_at_hand_are_not_worked_out_again() -> None:
    flows = [flow("F", [SEX], [PAY])]
    early, late = wave(), wave("2020", "abcdyz", (8, 2, 3, 2, 6, 7))
    cells = estimate(early, flows), estimate(late, flows)
    (again,), (known,) = change(early, late, flows), change(early, late, flows, cells)
    assert again.se.tolist() == known.se.tolist()
    (again,), (known,) = compare(early, flows, [SEXES]), compare(early, flows, [SEXES], cells[0])
    assert again.se.tolist() == known.se.tolist()


def test_strata_of_one_psu_count_in_a_covariance_as_the_others_do_on_average() -> None:
    """Two strata of two PSUs and one of one: 3 / 2 of what the two bring."""
    strata, psus = np.array(list("aaaabbbbcc")), np.array(list("1122334455"))
    pay = np.array([9.0, 1, 3, 2, 5, 7, 1, 8, 4, 6])
    weight = np.ones(10)
    ones = np.ones(10, dtype=np.bool_)

    def people(policy: str) -> Sample:
        design = design_from_labels(strata, psus, weight, None, "survey", policy)  # type: ignore[arg-type]  # a word of the test
        sex = {"SEX": np.array([0, 1] * 5, dtype=np.int32)}
        return Sample("2019", design, sex, (Score("PAY", ones, pay, None, 0, True, "mean"),))

    (average,), (without,) = (
        compare(people(policy), [flow("F", [SEX], [PAY])], [SEXES])
        for policy in ("average", "certainty")
    )
    assert average.covariance[0] == pytest.approx(1.5 * without.covariance[0])


def test_totals_and_ratios_of_some_are_compared_once_for_all_tables() -> None:
    """One is not inside and one is neither a man nor a woman."""
    some = np.array([True, True, True, True, True, False])
    count, hours = indicator("ALL", "total", 1), indicator("PER_HOUR", "ratio", 1)

    def people(period: str) -> Sample:
        plain = wave(period)
        hour = np.array([1.0, 2, 1, 2, 1, 2])
        columns = plain.columns | {"SEX": np.array([0, 1, 0, 1, 2, 1], dtype=np.int32)}
        scores = (
            Score("ALL", some, some.astype(float), None, 0, False, "total"),
            Score("PER_HOUR", some, hour * 3, hour, 0, True, "ratio"),
        )
        return replace(plain, columns=columns, scores=scores)

    flows = [flow("F", [SEX], [count, hours]), flow("G", [SEX], [count, hours])]
    one, other = compare(people("2019"), flows, [SEXES])
    assert one.covariance.tolist() == other.covariance.tolist()
    assert one.first.tolist() == [2, 3]
    before, after = change(people("2019"), people("2020"), flows)
    assert before.covariance.tolist() == after.covariance.tolist()
    assert before.difference.tolist() == [0] * len(before.difference)


def test_replicates_compare_both_domains_replicate_by_replicate() -> None:
    """The error of a difference is the spread of the differences of six jackknife replicates."""
    sample = wave()
    said = Replication(Replicates(made="jkn", mse=True))
    replicated = replace(sample, design=replace(sample.design, replication=said))
    (found,) = compare(replicated, [flow("F", [SEX, ZONE], [PAY])], [SEXES])
    men, women = np.array([9.0, 3, 5]), np.array([1.0, 2, 7])
    without = [np.delete(men, at).mean() - women.mean() for at in range(3)]
    without += [men.mean() - np.delete(women, at).mean() for at in range(3)]
    spread = 5 / 6 * ((np.array(without) - (men.mean() - women.mean())) ** 2).sum()
    assert found.se[0] ** 2 == pytest.approx(spread)
