"""Errors from replicate weights: by hand, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cauce.estimate import change, compare, cube, design_of, pooled
from cauce.estimate.answers import Answers, Question
from cauce.estimate.replicated_bent import deviations
from cauce.estimate.replicated_made import uniforms
from cauce.estimate.replicated_pairs import side_covariance
from cauce.estimate.replicated_parts import unlike
from cauce.estimate.replicated_ranks import rank_of
from cauce.estimate.rows import rows_of
from cauce.estimate.sweep import Sweep
from cauce.model.design import Stage
from cauce.model.drawn import Drawn
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Sample, Score

pytestmark = pytest.mark.usefixtures("uncompiled")

Y = [1.0, 2.0, 3.0, 6.0]
WEIGHTS = [[2.0, 0.0, 1.0], [0.0, 2.0, 1.0], [2.0, 0.0, 1.0], [0.0, 2.0, 1.0]]


def given(kind: str = "brr", weights: Any = WEIGHTS, **more: Any) -> Replication:
    return Replication(Replicates(kind, **more), np.array(weights, dtype=np.float64))  # type: ignore[arg-type]


def drawn(replicates: Replication | None, rows: int = 4, **more: Any) -> Drawn:
    """Two strata of two PSUs, each of one respondent, unless told otherwise."""
    own = {
        "stratum": np.arange(rows) // 2,
        "psu": np.arange(rows),
        "weight": np.ones(rows),
        "replicates": replicates,
    }
    return Drawn(**(own | more))


def score_of(estimator: str = "total", y: Any = Y, **more: Any) -> Score:
    own = np.array(y, dtype=np.float64)
    inside = more.pop("inside", np.ones(len(own), dtype=np.bool_))
    amount = estimator != "rate"
    return Score("I", inside, own, more.pop("x", None), 0, amount, estimator, **more)  # type: ignore[arg-type]


def estimates(design: Drawn, score: Score, groups: Any = None) -> Any:
    if groups is None:
        return cube(design_of(design), [], [], [()], [score])[0]
    codes = np.array(groups, dtype=np.int32)
    return cube(design_of(design), [codes], [int(codes.max()) + 1], [(0,)], [score])[0]


def test_three_replicates_by_hand() -> None:
    """Totals 8, 16, 12 about 12: (16 + 16 + 0) / 3; two of the three directions are new."""
    found = estimates(drawn(given()), score_of())
    assert found.value[0, 0] == 12
    assert found.se[0, 0] ** 2 == pytest.approx(32 / 3)
    assert found.df[0, 0] == 1


def test_squares_are_taken_about_the_mean_or_about_the_estimate() -> None:
    """Totals 13 and 15 about 12: (1 + 1) / 2 about 14, (1 + 9) / 2 about 12."""
    weights = [[2, 1], [1, 1], [1, 2], [1, 1]]
    by_mean = estimates(drawn(given("brr", weights)), score_of())
    by_value = estimates(drawn(given("brr", weights, mse=True)), score_of())
    assert by_mean.se[0, 0] ** 2 == pytest.approx(1)
    assert by_value.se[0, 0] ** 2 == pytest.approx(5)


@pytest.mark.parametrize(
    ("kind", "more", "scale"),
    [
        ("brr", {}, 1 / 3),
        ("fay", {"rho": 0.5}, 4 / 3),
        ("jk1", {}, 2 / 3),
        ("jk1", {"scale": 0.9}, 0.9),
        ("jk2", {}, 1),
        ("jkn", {"rscales": (0.5, 0.5, 0.5)}, 0.5),
        ("bootstrap", {}, 1 / 2),
        ("sdr", {}, 4 / 3),
        ("other", {"scale": 0.1}, 0.1),
    ],
)
def test_each_kind_has_its_scale(kind: str, more: dict[str, Any], scale: float) -> None:
    found = estimates(drawn(given(kind, **more)), score_of())
    assert found.se[0, 0] ** 2 == pytest.approx(scale * 32)


def test_factors_are_times_the_weight() -> None:
    weight = np.array([3.0, 5.0, 7.0, 2.0])
    factors = given("brr", combined=False)
    whole = given("brr", np.array(WEIGHTS) * weight[:, None])
    one, other = (
        estimates(drawn(each, weight=weight), score_of("mean")) for each in (factors, whole)
    )
    assert one.se == pytest.approx(other.se)
    assert one.df == other.df


def test_an_rscale_of_0_leaves_a_replicate_out() -> None:
    found = estimates(drawn(given("jkn", rscales=(1.0, 1.0, 0.0))), score_of())
    assert found.se[0, 0] ** 2 == pytest.approx(32)


def test_where_a_replicate_has_no_estimate_the_error_is_not_known() -> None:
    found = estimates(drawn(given()), score_of("mean"), [0, 1, 1, 1])
    assert found.value[0, 0] == 1
    assert np.isnan(found.se[0, 0])
    assert found.se[1, 0] > 0


def test_strata_of_one_psu_are_no_matter_to_given_replicates() -> None:
    found = estimates(drawn(given(), stratum=np.arange(4)), score_of())
    assert found.se[0, 0] ** 2 == pytest.approx(32 / 3)


@pytest.mark.parametrize(
    ("replicates", "told"),
    [
        (given(weights=[[1.0], [1.0], [1.0], [1.0]]), "at least two columns"),
        (given(weights=WEIGHTS[:3]), "at least two columns"),
        (Replication(Replicates("brr")), "at least two columns"),
        (given(weights=[[np.nan, 1], [1, 1], [1, 1], [1, 1]]), "1 replicate weights are missing"),
        (given(weights=[[np.inf, 1], [1, 1], [1, 1], [1, 1]]), "1 replicate weights are infinite"),
        (given(weights=[[-1, 1], [1, -1], [1, 1], [1, 1]]), "2 replicate weights are negative"),
        (given(weights=[[0, 1], [0, 1], [0, 1], [0, 1]]), "1 of 2 columns .* hold only 0"),
        (given(rscales=(1.0,)), "rscales has 1 numbers for 3 columns"),
        (given("fay"), "have a rho"),
        (given("brr", rho=0.5), "have a rho"),
        (given("fay", rho=1.0), "have a rho"),
        (given("jkn"), "need rscales"),
        (given("other"), "need the scale"),
        (given("brr", scale=0.5), "have a scale of their own"),
        (given("jk1", scale=-1.0), "not below 0"),
        (Replication(Replicates(made="bootstrap", count=1)), "says nothing"),
    ],
)
def test_what_cannot_be_replicate_weights_is_refused(replicates: Replication, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        estimates(drawn(replicates), score_of())


def test_the_jackknife_of_a_total_by_hand() -> None:
    """(1, 2): n/(n-1) twice the other, 4 and 2 about 3, rscale 1/2: 1; (3, 6): 9."""
    found = estimates(drawn(Replication(Replicates(made="jkn", mse=True))), score_of())
    assert found.se[0, 0] ** 2 == pytest.approx(10)
    assert found.df[0, 0] == 2


def test_a_known_population_makes_the_jackknife_smaller() -> None:
    fpc = np.array([4.0, 4.0, 2.0, 2.0])
    found = estimates(drawn(Replication(Replicates(made="jkn", mse=True)), fpc=fpc), score_of())
    assert found.se[0, 0] ** 2 == pytest.approx(0.5)


def test_a_sample_of_everybody_has_no_jackknife() -> None:
    said = Replication(Replicates(made="jkn"))
    with pytest.raises(MethodFailed, match="no replicate"):
        estimates(drawn(said, fpc=np.full(4, 2.0)), score_of())


def test_lonely_strata_under_the_jackknife() -> None:
    """Strata (1), (2, 3), (6): adjusted by R's rule, two replicates of the whole grown by 3/2."""
    said = Replication(Replicates(made="jkn", mse=True))
    strata = np.array([0, 1, 1, 2])
    left = {p: estimates(drawn(said, stratum=strata, single_psu=p), score_of()) for p in POLICIES}
    pair = 0.5 * (1 + 1)
    assert left["certainty"].se[0, 0] ** 2 == pytest.approx(pair)
    assert left["average"].se[0, 0] ** 2 == pytest.approx(2 * pair)
    alone = 2 / 3 * ((11 * 1.5 - 12) ** 2 + (6 * 1.5 - 12) ** 2)
    assert left["adjust"].se[0, 0] ** 2 == pytest.approx(pair + alone)
    assert [left[p].df[0, 0] for p in POLICIES] == [1, 1, 3]


POLICIES = ("certainty", "average", "adjust")


def test_a_bootstrap_draws_one_less_than_a_stratum_has() -> None:
    said = Replication(Replicates(made="bootstrap", count=50, seed=3))
    made: Any = rows_of(design_of(drawn(said, rows=10, stratum=np.arange(10) // 5)), ())
    counts = made.replication.made.counts
    assert counts.shape == (10, 50)
    assert (counts[:5].sum(axis=0) == 4).all()
    assert (counts[5:].sum(axis=0) == 4).all()


def test_a_seed_gives_the_same_numbers_everywhere() -> None:
    """Of splitmix64 with the seed 1234567, as its authors' program prints them."""
    first = np.floor(uniforms(1234567, np.arange(2, dtype=np.uint64)) * 2**53)
    assert first.tolist() == [6457827717110365317 >> 11, 3203168211198807973 >> 11]


def test_the_bootstrap_of_a_census_stratum_has_no_error() -> None:
    said = Replication(Replicates(made="bootstrap", count=20, seed=3, mse=True))
    found = estimates(drawn(said, fpc=np.full(4, 2.0)), score_of())
    assert found.se[0, 0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("policy", ["adjust", "average"])
def test_a_bootstrap_cannot_draw_from_one(policy: str) -> None:
    said = Replication(Replicates(made="bootstrap", count=20, seed=3))
    with pytest.raises(BadInput, match="cannot draw"):
        estimates(drawn(said, stratum=np.array([0, 1, 1, 2]), single_psu=policy), score_of())


def test_further_stages_and_an_fpc_are_not_made_into_replicates() -> None:
    said = Replication(Replicates(made="jkn"))
    psu = np.arange(8) // 2
    design = design_of(drawn(said, rows=8, stratum=psu // 2, psu=psu, fpc=np.full(8, 9.0)))
    stage = Stage(psu, np.arange(8), np.full(8, 3.0))
    with pytest.raises(MethodFailed, match="stages within PSUs"):
        rows_of(replace(design, stages=(stage,)), ())


def test_many_replicates_are_summed_up_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = estimates(drawn(given()), score_of("mean"), [0, 1, 0, 1])
    monkeypatch.setattr("cauce.estimate.replicated_sums.MOST_AT_ONCE", 1)
    monkeypatch.setattr("cauce.estimate.replicated.TOGETHER", 1)
    monkeypatch.setattr("cauce.estimate.replicated_weights.AT_A_TIME", 2)
    parts = estimates(drawn(given()), score_of("mean"), [0, 1, 0, 1])
    assert np.array_equal(whole.se, parts.se, equal_nan=True)


@pytest.mark.parametrize("made", ["jkn", "bootstrap"])
def test_people_outside_a_domain_stay_in_the_draw(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells summed up one at a time, PSUs of five rows, some of which are in no domain."""
    said = Replication(Replicates(made=made, count=9, seed=2))
    psu = np.arange(20) // 5
    own = {"rows": 20, "stratum": psu // 2, "psu": psu}
    score = score_of("mean", Y * 5, inside=np.arange(20) % 4 > 0)
    whole = estimates(drawn(said, **own), score, np.arange(20) % 3)
    monkeypatch.setattr("cauce.estimate.replicated_sums.MOST_AT_ONCE", 1)
    parts = estimates(drawn(said, **own), score, np.arange(20) % 3)
    assert np.array_equal(whole.se, parts.se, equal_nan=True)
    assert whole.psus[:, 0].tolist() == [3, 4, 4]


def test_the_rank_is_that_of_all_rows_even_if_the_first_are_alike() -> None:
    """Rows far down bring two more directions; 0 is none."""
    weights = np.ones((300, 3))
    weights[250] = 0
    weights[200, 1] = 5
    weights[299, 2] = 7
    every = np.arange(300)
    assert rank_of(weights, every) == 3
    assert rank_of(weights, every[:199]) == 1
    assert rank_of(weights, every[:0]) == 0
    assert rank_of(weights, np.array([250])) == 0


AMOUNTS = [1.0, 2.0, 3.0, 6.0, 4.0, 9.0, 2.0, 5.0]
MORE = np.array([[2, 1, 1.5], [1, 2, 0.5]] * 4, dtype=np.float64)


def asked(
    replicates: Replication, indicator: Any, score: Score, dims: tuple[int, ...] = (0,), **more: Any
) -> Any:
    groups = [np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32), np.arange(8, dtype=np.int32) % 2]
    design = design_of(drawn(replicates, rows=8, stratum=np.arange(8) // 4, **more))
    answers = Answers(Sweep(design), groups, [2, 4])
    within = 1 if indicator.within else -1
    answers.ask([Question(indicator, score, frozenset({dims}), within, 2)])
    return answers.found[indicator.id, dims]


@pytest.fixture
def by_replicate(indicator: Callable[..., Any]) -> Callable[..., None]:
    """Whether an error is that of the estimates under each set of weights."""

    def check(estimator: str, score: Score, dims: tuple[int, ...] = (0,), **more: Any) -> None:
        own = indicator(estimator, **more)
        found = asked(given("brr", MORE), own, score, dims)
        each = [
            asked(given("brr", MORE), own, score, dims, weight=MORE[:, r]).value for r in range(3)
        ]
        expected = np.var(each, axis=0)
        assert found.se**2 == pytest.approx(expected)
        assert (found.se > 0).all()

    return check


def test_what_is_no_total_is_made_again_by_each_replicate(
    by_replicate: Callable[..., None],
) -> None:
    men = np.array([True, False, False, True] * 2)
    two = {"first": men, "second": ~men}
    by_replicate("gini", score_of("gini", AMOUNTS))
    by_replicate("difference", score_of("difference", AMOUNTS, **two))
    by_replicate("relative_gap", score_of("relative_gap", AMOUNTS, **two))
    by_replicate("quotient", score_of("quotient", AMOUNTS, x=np.arange(1.0, 9.0), **two))
    factor = (np.array([0, 0, 1, 1] * 2, dtype=np.int32),)
    by_replicate("factor_gap", score_of("factor_gap", AMOUNTS, factors=factor, **two))
    by_replicate("share", score_of("share", AMOUNTS), (0, 1), within="W")


def test_quantile_ratios_and_low_pay_follow_each_replicate(indicator: Callable[..., Any]) -> None:
    weights = np.ones((8, 4))
    weights[0] = [5, 0, 1, 1]
    weights[5] = [1, 1, 9, 0]
    found = asked(
        given("bootstrap", weights),
        indicator("quantile_ratio", p=(0.75, 0.25)),
        score_of("quantile_ratio", AMOUNTS),
        (),
    )
    assert found.se[0] > 0
    low = indicator("low", p=(0.5,), fraction=0.9)
    found = asked(given("bootstrap", weights), low, score_of("low", AMOUNTS), ())
    # Medians 3, 4, 4 (of 16, 8 at 4 and below), 3: below 2.7, 3.6, 3.6 and 2.7 are …
    assert found.se[0] > 0


def test_the_dissimilarity_is_made_again_and_corrected_by_its_replicates(
    indicator: Callable[..., Any],
) -> None:
    men = np.array([True, False, False, True] * 2)
    across = np.array([0, 1, 1, 1, 0, 0, 1, 0], dtype=np.int32)
    score = score_of("dissimilarity", np.ones(8), first=men, second=~men, across=across)
    found = asked(given("brr", MORE), indicator("dissimilarity", across="W"), score, ())
    assert 0 <= found.value[0] <= 1
    assert found.se[0] > 0


def test_a_jackknife_says_nothing_of_quantiles(indicator: Callable[..., Any]) -> None:
    said = Replication(Replicates(made="jkn"))
    low = indicator("low", p=(0.5,), fraction=0.9)
    with pytest.raises(MethodFailed, match="made of quantiles"):
        asked(said, low, score_of("low", AMOUNTS), ())


@pytest.mark.parametrize(
    "said",
    [
        Replicates(made="jkn"),
        Replicates(made="bootstrap", count=6, seed=1),
        Replicates("brr", combined=False),
    ],
)
def test_the_gini_of_some_replicates_at_a_time_is_the_same(
    said: Replicates, indicator: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Replication(said, None if said.made else MORE)
    whole = asked(own, indicator("gini"), score_of("gini", AMOUNTS), ())
    monkeypatch.setattr("cauce.estimate.replicated_blocks.MOST_AT_ONCE", 16)
    parts = asked(own, indicator("gini"), score_of("gini", AMOUNTS), ())
    assert whole.se[0] == parts.se[0] > 0


def test_the_gini_under_adjusted_strata_grows_all_others(indicator: Callable[..., Any]) -> None:
    said = Replication(Replicates(made="jkn"))
    design = design_of(
        drawn(said, rows=8, stratum=np.array([0, 1, 1, 1, 1, 1, 1, 1]), single_psu="adjust")
    )
    answers = Answers(Sweep(design), [], [])
    question = Question(indicator("gini"), score_of("gini", AMOUNTS), frozenset({()}))
    answers.ask([question])
    assert answers.found["I", ()].se[0] > 0


def test_more_sums_than_fit_are_refused(
    indicator: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cauce.estimate.replicated_parts.MOST_SUMS", 1)
    men = np.array([True, False] * 4)
    score = score_of("difference", AMOUNTS, first=men, second=~men)
    with pytest.raises(MethodFailed, match="more numbers than are held"):
        asked(given("brr", MORE), indicator("difference"), score)


def test_waves_with_replicates_of_the_office_are_not_compared_nor_pooled() -> None:
    sample = Sample("2024", design_of(drawn(given())), {}, ())
    with pytest.raises(MethodFailed, match="how two waves move together"):
        change(sample, sample, (), ((), ()))
    assert change(sample, sample, (), ((), ()), new_psus=True) == ()
    with pytest.raises(MethodFailed, match="waves of a year"):
        pooled([sample, sample], "2024")
    assert compare(sample, (), ()) == ()


@pytest.mark.parametrize("estimator", ["total", "mean", "gini", "quantile"])
def test_two_sides_of_a_cell_have_the_covariance_of_their_replicates(
    estimator: str, indicator: Callable[..., Any]
) -> None:
    """The variance of the sum of two estimates is both variances and twice the covariance."""
    groups = [np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32), np.arange(8, dtype=np.int32) % 3]
    answers = Answers(Sweep(design_of(drawn(given("brr", MORE), rows=8))), groups, [2, 5])
    replicas: Any = answers.sweep.rows.replication
    p = {"p": (0.5,)} if estimator == "quantile" else {}
    q = Question(indicator(estimator, **p), score_of(estimator, AMOUNTS), frozenset({(0, 1)}))
    side = np.where(groups[1] < 2, groups[1], -1).astype(np.int32)
    found = side_covariance(answers, replicas, q, (0,), 1, side)
    same = side_covariance(answers, replicas, q, (0,), 1, np.where(side == 0, 0, -1))
    assert same.tolist() == [0, 0]
    if estimator == "quantile":
        return
    off = deviations(answers, replicas, q, (0, 1))
    fine = answers.grouping((0, 1)).ids.tolist()
    for c in (0, 1):
        one, two = off[fine.index(5 * c)], off[fine.index(5 * c + 1)]
        both = np.var(one + two) - np.var(one) - np.var(two)
        assert found[c] == pytest.approx(both / 2)


ALONE: dict[str, Any] = {"stratum": np.zeros(4), "psu": np.zeros(4), "single_psu": "certainty"}


def test_one_stratum_of_one_psu_is_left_out_of_nothing() -> None:
    said = Replication(Replicates(made="jkn"))
    with pytest.raises(MethodFailed, match="no replicate"):
        estimates(drawn(said, **ALONE), score_of())


def test_respondents_in_no_order_have_the_same_replicates() -> None:
    said = Replication(Replicates(made="jkn"))
    mixed = np.array([3, 0, 2, 1])
    one = estimates(drawn(said), score_of())
    other = estimates(drawn(said, stratum=mixed // 2, psu=mixed), score_of(y=np.array(Y)[mixed]))
    assert one.se == pytest.approx(other.se)


def test_an_index_of_dissimilarity_needs_its_codes(indicator: Callable[..., Any]) -> None:
    men = np.array([True, False] * 4)
    score = score_of("dissimilarity", np.ones(8), first=men, second=~men)
    with pytest.raises(MethodFailed, match="has no codes"):
        asked(given("brr", MORE), indicator("dissimilarity", across="W"), score, ())
    with pytest.raises(MethodFailed, match="has no codes"):
        unlike(score, Answers(Sweep(design_of(drawn(None, rows=8))), [], []).grouping(()))


def test_replicates_made_here_let_waves_be_compared_and_pooled() -> None:
    said = Replication(Replicates(made="jkn"))
    sample = Sample("2024", design_of(drawn(said)), {}, ())
    assert change(sample, sample, (), ((), ())) == ()
    assert pooled([sample, sample], "2024").design.replication == said


def test_amounts_below_0_or_nobody_have_no_gini_under_any_replicate(
    indicator: Callable[..., Any],
) -> None:
    found = asked(given("brr", MORE), indicator("gini"), score_of("gini", [-1.0, *AMOUNTS[1:]]))
    assert np.isnan(found.se[0])
    assert found.se[1] > 0


def test_a_cell_with_nobody_has_no_quantile_and_no_sum(indicator: Callable[..., Any]) -> None:
    inside = np.arange(8) < 4
    ratio = indicator("quantile_ratio", p=(0.75, 0.25))
    score = score_of("quantile_ratio", AMOUNTS, inside=inside)
    found = asked(given("brr", MORE), ratio, score)
    assert np.isnan(found.se[1])
    men = np.array([True, False] * 4)
    nobody = score_of("factor_gap", AMOUNTS, inside=inside & False, first=men, second=~men)
    nobody = replace(nobody, factors=(np.zeros(8, dtype=np.int32),))
    assert np.isnan(asked(given("brr", MORE), indicator("factor_gap"), nobody).se).all()
