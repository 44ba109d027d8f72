import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.observation import Reliability
from cauce.protect.profiles import PROFILES, Evidence, judge, profile

LIMITS = (2500.0, 5000.0)


def rate(value=0.4, se=0.02, **other):
    """One cell that every profile finds reliable, but for what is said otherwise."""
    cells = {"deff": 1.5, "ess": 400.0, "df": 90, "n": 600, "cases": 240, "missing": 0}
    cells |= {"value": value, "se": se, "cv": se / value, "weighted": 9000.0, **other}
    census = bool(cells.pop("census", False))
    flags = {"proportion": cells.pop("proportion", True), "total": False}
    flags["planned"] = cells.pop("planned", False)
    return Evidence(
        **{name: np.array([one]) for name, one in (cells | flags).items()}, census=census
    )


def verdict(name, evidence):
    return judge(profile(name, LIMITS), evidence).reliability[0]


@pytest.mark.parametrize("name", PROFILES)
def test_a_good_cell_is_reliable_in_every_profile(name):
    assert verdict(name, rate()) == Reliability.RELIABLE


@pytest.mark.parametrize("name", PROFILES)
def test_a_count_of_everybody_has_no_sampling_error(name):
    counted = rate(se=0.0, df=0, n=3, cases=2, deff=np.nan, ess=np.nan, census=True)
    said = judge(profile(name, LIMITS), counted)

    assert said.reliability == (Reliability.RELIABLE,)
    assert said.reasons[0].es.endswith("no hay muestreo.")


@pytest.mark.parametrize("name", PROFILES)
def test_a_census_without_people_has_no_estimate(name):
    assert verdict(name, rate(value=np.nan, census=True)) == Reliability.NONE


def test_the_whole_population_may_have_a_design_effect_below_one():
    assert verdict("eclac_2023", rate(deff=0.8)) == Reliability.UNRELIABLE
    assert verdict("eclac_2023", rate(deff=0.8, planned=True)) == Reliability.RELIABLE
    assert verdict("eclac_2023", rate(deff=0.8, planned=True, n=99)) == Reliability.UNRELIABLE


@pytest.mark.parametrize("name", ["ine_cl", "eclac_2020", "eclac_2023"])
def test_a_rate_outside_0_and_1_is_judged_by_its_cv(name):
    assert verdict(name, rate(value=-0.4, cv=0.05, proportion=False)) == Reliability.RELIABLE
    assert verdict(name, rate(value=1.7, cv=0.25, proportion=False)) == Reliability.WEAK


def test_the_worst_failure_gives_the_verdict_and_the_reason():
    said = judge(profile("eclac_2020", None), rate(df=3, cases=12))

    assert said.reliability == (Reliability.UNRELIABLE,)
    assert said.reasons[0].en == "eclac_2020-1: fewer than 50 cases."
    assert said.reasons[0].es == "eclac_2020-1: menos de 50 casos."


def test_an_unknown_profile_is_named_with_those_there_are():
    with pytest.raises(BadInput, match=r"'cepal'.*ilo, ine_cl, eclac_2020"):
        profile("cepal", None)


@pytest.mark.parametrize("limits", [None, (0.0, 5000.0), (5000.0, 2500.0), (np.nan, 1.0)])
def test_eurostat_needs_the_limits_of_the_country(limits):
    with pytest.raises(BadInput, match="limits a and b"):
        profile("eurostat_lfs", limits)


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_has_a_version_a_source_and_words_in_both_languages(name):
    rules = profile(name, LIMITS)

    assert rules.version.startswith(f"{name}-")
    assert rules.source
    assert all(one.words.en and one.words.es for one in rules.criteria)
