"""The page of comparisons: what is tested, and why what is not cannot be."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.model.dataflow import CENSUS
from cauce.model.difference import Differences
from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.model.pair import Pair
from cauce.model.text import Text
from cauce.portal.compare import compare_page, questions
from cauce.portal.words import words
from cauce.store import Reader, Store

from .conftest import figures_of, flow_of, judged, release_of

SEXES = Pair("SEX", Text("Men and women", "Hombres y mujeres"), "SEX", "M", "F")
AT = "2026-01-01T00:00:00+00:00"
EN = words("en")
TOTAL_2025 = (0, 0, 0, 0, 1)


def table(wave_psus: str = "same", **more) -> Observations:
    flow = replace(flow_of(["2024", "2025"]), pairs=(SEXES,), wave_psus=wave_psus, **more)
    return figures_of(flow)


def differences_of(flow, low: float = -3.0, se: float = 1.0) -> Differences:
    """Men less women, and all of 2025 less all of 2024."""
    keys = np.array([(0, 0, 0, 1, 1), TOTAL_2025], dtype=np.int32)
    both = np.ones(2)
    return Differences(
        flow,
        keys,
        np.array([3, 4], dtype=np.int32),
        np.array([2, 0], dtype=np.int32),
        difference=-both,
        se=se * both,
        ci_low=low * both,
        ci_high=-0.5 * both,
        covariance=both,
        df=np.full(2, 9, dtype=np.int32),
        common=np.full(2, 7, dtype=np.int32),
        reliability=(Reliability.WEAK, Reliability.RELIABLE),
    )


@pytest.fixture
def page(tmp_path: Path) -> Callable:
    def make(observations: Observations, differences: Differences | None = None, key=TOTAL_2025):
        made = release_of(observations)
        if differences is not None:
            made = replace(made, differences=(differences,))
        Store(tmp_path).publish(made, AT)
        snapshot = Reader(tmp_path).snapshot()
        flow = observations.dataflow.id
        found = snapshot.observations(flow)
        row = int((found.key == key).all(axis=1).nonzero()[0][0])
        return compare_page(snapshot.manifest(flow), found, snapshot.differences(flow), row, EN)

    return make


def test_a_difference_stands_with_its_interval_and_verdict(page) -> None:
    observations = table()
    sexes, wave = page(observations, differences_of(observations.dataflow)).answers
    assert sexes.tested.difference == "-1.00 percentage points"
    assert sexes.tested.interval == "95 % interval: from -3.00 to -0.50"
    assert "is distinguishable from zero" in sexes.tested.verdict
    assert sexes.tested.weak
    assert not wave.tested.weak
    assert "7 primary sampling units in common" in wave.tested.together
    assert [side.name for side in (wave.first, wave.second)] == ["2025", "2024"]


def test_the_two_numbers_are_drawn_and_their_difference_against_zero(page) -> None:
    observations = table()
    sexes, _ = page(observations, differences_of(observations.dataflow)).answers
    numbers, difference = sexes.drawn
    assert "Women: 1,239.6 percent (1,234.6 – 1,244.6)" in numbers.svg
    assert 'class="zero"' in difference.svg
    assert "Men less Women: -1.00 (95 % interval: from -3.00 to -0.50)" in difference.svg
    assert "do not show that there is no difference" in numbers.reading


def test_an_interval_that_holds_zero_tells_nothing_apart(page) -> None:
    observations = table()
    own = replace(differences_of(observations.dataflow), ci_high=np.full(2, 0.5))
    assert "is not distinguishable" in page(observations, own).answers[0].tested.verdict


def test_where_psus_are_new_independence_is_a_fact_and_said(page) -> None:
    observations = table("new")
    wave = page(observations, differences_of(observations.dataflow)).answers[1]
    assert "two samples are independent" in wave.tested.together


def test_a_number_without_error_is_not_testable(page) -> None:
    observations = table()
    own = differences_of(observations.dataflow, low=np.nan, se=np.nan)
    assert "Not testable: neither number varied" in page(observations, own).answers[0].why


@pytest.mark.parametrize(
    ("wave_psus", "why"), [("same", "no covariance of the two"), ("", "the survey does not say")]
)
def test_without_a_covariance_nothing_is_tested(page, wave_psus: str, why: str) -> None:
    """A pair is never taken for independent, nor two waves."""
    sexes, wave = page(table(wave_psus)).answers
    assert sexes.tested is None
    assert "no covariance of the two was kept" in sexes.why
    assert why in wave.why


def test_a_withheld_number_is_not_testable(page) -> None:
    observations = table()
    row = int((observations.key == (0, 0, 0, 2, 1)).all(axis=1).nonzero()[0][0])
    hidden = judged(observations, row, ConfStatus.CONFIDENTIAL, Reliability.NONE)
    for name in ("df", "n", "cases", "missing", "psus", "strata"):
        getattr(hidden, name)[row] = -1
    assert "one of the two numbers is withheld" in page(hidden).answers[0].why


def test_a_cell_of_nobody_is_not_testable(page) -> None:
    whole = table()
    kept = ~(whole.key == (0, 0, 0, 2, 1)).all(axis=1)
    names = [n for n in vars(whole) if n not in ("dataflow", "key", "theirs")]
    fewer = replace(
        whole,
        key=whole.key[kept],
        **{
            n: tuple(np.array(getattr(whole, n), dtype=object)[kept])
            if isinstance(getattr(whole, n), tuple)
            else getattr(whole, n)[kept]
            for n in names
        },
    )
    answer = page(fewer).answers[0]
    assert "nobody in the sample" in answer.why
    assert answer.second.figure is None


def test_medians_are_compared_as_all_other_numbers(page) -> None:
    flow = flow_of(["2024", "2025"])
    median = replace(flow.indicators[0], estimator="quantile", p=(0.5,))
    observations = table(indicators=(median, flow.indicators[1]))
    answer = page(observations, differences_of(observations.dataflow)).answers[0]
    assert "is distinguishable from zero" in answer.tested.verdict


def test_an_earlier_number_of_another_vintage_is_not_testable(tmp_path: Path) -> None:
    first = figures_of(replace(flow_of(["2024"]), wave_psus="same"))
    second = figures_of(replace(flow_of(["2025"]), wave_psus="same"))
    Store(tmp_path).publish(release_of(first, "2024"), AT)
    Store(tmp_path).publish(release_of(second, "2025"), AT)
    snapshot = Reader(tmp_path).snapshot()
    flow = first.dataflow.id
    found = snapshot.observations(flow)
    row = int((found.key == TOTAL_2025).all(axis=1).nonzero()[0][0])
    shown = compare_page(snapshot.manifest(flow), found, snapshot.differences(flow), row, EN)
    assert "for another vintage" in shown.answers[0].why


def test_years_of_quarters_need_shared_psus_as_waves_do(page) -> None:
    first = flow_of(["2024", "2025"]).dimensions[0]
    frequencies = replace(first, codes=(replace(first.codes[0], id="Q"), *first.codes))
    flow = flow_of(["2024", "2025"])
    observations = table("", dimensions=(frequencies, *flow.dimensions[1:]))
    key = observations.key.copy()
    key[:, 0] = 1
    annual = replace(observations, key=key)
    wave = page(annual, key=(1, 0, 0, 0, 1)).answers[1]
    assert "the survey does not say" in wave.why


def test_of_everybody_there_is_nothing_to_test() -> None:
    observations = table()
    method = replace(observations.dataflow.method, var_method=CENSUS)
    counted = replace(observations, dataflow=replace(observations.dataflow, method=method))
    assert questions(counted, 0, EN) == ()


def test_a_code_outside_the_pair_is_compared_with_its_wave_only() -> None:
    observations = table()
    pair = replace(SEXES, first="M", second="_T")
    flow = replace(observations.dataflow, pairs=(pair,))
    women = int((observations.key == (0, 0, 0, 2, 1)).all(axis=1).nonzero()[0][0])
    assert [q.id for q in questions(replace(observations, dataflow=flow), women, EN)] == ["wave"]
