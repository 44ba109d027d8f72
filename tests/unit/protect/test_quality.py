"""What is told of a wave's quality tells nobody apart."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.pack import Dictionary, MinRespondents, Rules
from cauce.model.place import Place
from cauce.model.quality import FEW
from cauce.model.text import Text
from cauce.model.validation import Acceptance, Findings, Margin, Outcome, Weighed
from cauce.model.variable import Variable
from cauce.model.wave_facts import Influence, WaveFacts
from cauce.protect import clear_wave, margin_result, unexplained
from cauce.protect.quality import told

from .conftest import T, dataflow, indicator

PLACE = Place("pack.toml", 1)
DICTIONARY = Dictionary(
    {"SEX": Variable("SEX", T, "code", "CL_SEX")},
    {"CL_SEX": Codelist("CL_SEX", T, (Code("M", T), Code("F", Text("Women", "Mujeres"))))},
    {"PAY": indicator("PAY", "mean", "PAY")},
)
FACTS = WaveFacts(
    period="2020",
    rows=1234,
    strata=3,
    psus=9,
    lonely=1,
    weighted=5000.0,
    kish=1.25,
    quantiles=((0.001, 1.0), (0.5, 4.04567)),
    reasons={"SEX": {"not_stated": 3, "refused": 0, "dont_know": 12, "not_applicable": 600}},
    findings=Findings((Outcome("V_AGE", 1200, 3, 31), Outcome("V_PAY", 7, 0, 0))),
    influences=(
        Influence("PAY", 1203, (14, 3, 0), 10, 0.517, (0.2, 0.1), (5, 6), (1.0, 0.5)),
        Influence("PAY", 1203, (14, 3, 0), 10, 0.517, (0.8, 0.1), (5, 6), (1.0, 0.5)),
        Influence("PAY", 6, (0, 0, 0), 6, 0.517, (0.2, 0.1), (5, 6), (1.0, 0.5)),
    ),
)
RULES = Rules("ilo", (MinRespondents(date(2020, 1, 1), 10, "g"),), 2, 85.0, "g")


def margin(totals: dict[str, float], variable: str = "SEX", because: str = "") -> Margin:
    return Margin("count", "2020", variable, totals, 0.001, "census", because, PLACE)


def flow(cv: list[float]) -> Observations:
    count = len(cv)
    key = np.zeros((count, 4), dtype=np.int32)
    numbers = {
        name: np.zeros(count) for name in ("value", "se", "ci_low", "ci_high", "deff", "ess")
    }
    counts = {
        name: np.zeros(count, dtype=np.int32)
        for name in ("df", "n", "cases", "missing", "psus", "strata")
    }
    one: Indicator = indicator("POP")
    return Observations(
        dataflow=dataflow((one,), (), "ilo"),
        key=key,
        cv=np.array(cv),
        obs_status=(ObsStatus.BREAK, *[ObsStatus.NORMAL] * (count - 1)),
        conf_status=(*[ConfStatus.FREE] * (count - 1), ConfStatus.CONFIDENTIAL),
        reliability=(
            Reliability.RELIABLE,
            Reliability.WEAK,
            Reliability.UNRELIABLE,
            Reliability.NONE,
        ),
        rule=("",) * count,
        **numbers,
        **counts,
    )


def cleared(facts: WaveFacts = FACTS, flows: tuple[Observations, ...] = ()):
    accepted = (Acceptance("V_AGE", 5, "known", "", PLACE), Acceptance("V_PAY", 5, "no", "", PLACE))
    return clear_wave(facts, flows, (), accepted, DICTIONARY, RULES, 10)


@pytest.mark.parametrize(
    ("count", "fewest", "said"),
    [(0, 10, 0), (1, 10, FEW), (9, 10, FEW), (10, 10, 10), (14, 10, 10), (15, 10, 20), (3, 1, 3)],
)
def test_a_count_is_rounded_to_the_fewest_that_are_told(count: int, fewest: int, said: int) -> None:
    assert told(count, fewest) == said


def test_no_small_count_is_found_by_subtraction() -> None:
    """The file has 1,234 rows: 619 have a value. Told are 620, few, 0, 10 and 600."""
    (answers,) = cleared().answers
    assert (answers.answered, answers.not_stated, answers.refused) == (620, FEW, 0)
    assert (answers.dont_know, answers.not_applicable) == (10, 600)


def test_rules_come_out_rounded_and_say_what_is_accepted_only_where_it_is_needed() -> None:
    age, pay = cleared().results
    assert (age.passed, age.failed, age.unknown, age.accepted) == (1200, FEW, 30, "known")
    assert (pay.passed, pay.failed, pay.accepted) == (FEW, 0, "")


def test_the_joint_effect_of_a_group_is_withheld_where_one_or_two_make_it() -> None:
    free, dominated, few = cleared().outliers
    assert (free.n, free.over, free.group, free.joint) == (1200, (10, FEW, 0), 10, 0.52)
    assert np.isnan(dominated.joint)
    assert np.isnan(few.joint)


def test_a_quantile_of_weights_with_few_people_beyond_it_is_not_told() -> None:
    assert cleared().quantiles == ((0.5, 4.046),)


def test_the_verdicts_of_a_table_are_counted_and_its_errors_summed_up() -> None:
    (found,) = cleared(flows=(flow([0.1, 0.2, np.nan, np.nan]),)).tables
    assert (found.cells, found.reliable, found.weak, found.imprecise) == (4, 1, 1, 1)
    assert (found.confidential, found.none, found.breaks) == (1, 0, 1)
    assert found.cv_median == pytest.approx(0.15)


def test_a_table_without_an_error_has_none_summed_up() -> None:
    (found,) = cleared(flows=(flow([np.nan] * 4),)).tables
    assert np.isnan(found.cv_median)


def test_weights_within_the_tolerance_meet_their_margin() -> None:
    weighed = (Weighed("SEX", "M", 1000.5, 90), Weighed("SEX", "F", 2000.0, 95))
    found = margin_result(margin({"M": 1000, "F": 2000}), weighed, DICTIONARY, 10)
    assert found.met
    assert found.largest == pytest.approx(0.0005)
    assert [row.name.en for row in found.rows] == ["x", "Women"]
    assert not unexplained(found)


def test_weights_beyond_it_need_an_explanation() -> None:
    weighed = (Weighed("", "", 1002.0, 90),)
    missed = margin_result(margin({"": 1000}, ""), weighed, DICTIONARY, 10)
    assert not missed.met
    assert unexplained(missed)
    assert not unexplained(replace(missed, because="another population"))


def test_a_code_with_few_respondents_hides_the_rows_of_its_margin() -> None:
    weighed = (Weighed("SEX", "M", 1000.0, 90), Weighed("SEX", "F", 20.0, 4))
    found = margin_result(margin({"M": 1000, "F": 20}), weighed, DICTIONARY, 10)
    assert found.met
    assert found.rows == ()


def test_people_where_the_office_counts_none_are_a_difference_of_the_whole() -> None:
    weighed = (Weighed("SEX", "M", 20.0, 14),)
    assert margin_result(margin({"M": 0}), weighed, DICTIONARY, 10).largest == 1
    assert margin_result(margin({"F": 0}), weighed, DICTIONARY, 10).met
