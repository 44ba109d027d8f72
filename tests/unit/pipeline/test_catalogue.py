"""The region's catalogue as it is shipped: whole, in two languages, and told truly in the docs."""

import runpy
from pathlib import Path

import pytest

from cauce.model.errors import BadInput, MethodFailed
from cauce.pipeline import estimates
from cauce.pipeline.catalogue import entries, matching, rules_of
from cauce.pipeline.packs import read_dictionary, read_pack

ROOT = Path(__file__).parents[3]
REGION, DEMO = ROOT / "packs" / "region", ROOT / "packs" / "demo" / "lfs_2025"
SURVEY = {f"B{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11)}


def test_at_least_130_indicators_of_surveys_are_declared() -> None:
    """Those that can be computed, and the breakdowns that have a code of their own beside."""
    found = [one for one in entries(REGION) if one.number in SURVEY]
    computed = [one for one in found if one.indicator.universe]
    assert len({one.indicator.id for one in computed}) >= 130
    assert len(found) >= 200
    assert {one.number for one in entries(REGION)} == {f"B{n}" for n in range(1, 17)}


def test_every_survey_indicator_says_what_it_is_and_where_it_stands() -> None:
    for one in entries(REGION):
        indicator = one.indicator
        assert all((one.name.en, one.name.es, indicator.definition.es)), one.id
        if indicator.universe:
            assert one.tables, one.id
            assert indicator.numerator, one.id


def test_every_indicator_of_migrants_stands_by_birth_and_by_citizenship() -> None:
    found = entries(REGION)
    by = {
        which: {
            (one.indicator.estimator, one.indicator.unit, one.number)
            for one in found
            if one.indicator.criterion == which and one.id != "LM20_PERM_SEX_DT"
        }
        for which in ("birth", "citizenship")
    }
    assert by["birth"] == by["citizenship"]
    dimensions = {d for one in found for table in one.tables for d in table}
    assert {"CBR", "CIT", "CBR_COU", "CIT_COU"} <= dimensions


def test_codes_of_ilostat_are_those_of_the_tables_that_have_them() -> None:
    assert matching(entries(REGION), "emp_temp_sex_eco_nb")[0].indicator.id == "EMP_TEMP"
    assert [one.id for one in matching(entries(REGION), "EAP_DWAP_SEX_AGE_RT")] == ["EAP_DWAP"]
    assert all(one.number == "B11" for one in matching(entries(REGION), "B11"))
    with pytest.raises(BadInput, match="nothing with 'zzz'"):
        matching(entries(REGION), "zzz")


def test_the_demo_survey_gives_every_indicator_but_those_it_does_not_ask_about() -> None:
    lost = {one.id: one.given for one in entries(REGION, DEMO) if one.given and one.given.why}
    assert set(lost) & {one.id for one in entries(REGION) if one.number in SURVEY} == {
        "EAP_TEA1_SEX_AGE_NB", "UNE_DEA1_SEX_AGE_RT", "LMIS_FLOW_SEX_RT",
        "EAR_INEE_NOC_NB", "SDG_1041_NOC_RT", "LM20_NRFW_SEX_NB", "LM20_IMWT_SEX_NB",
        "POP_3STG_SEX_AGE_TRA_DT", "POP_3FOR_SEX_AGE_TRA_DT", "SDG_0131_SEX_SOC_RT",
        "SDG_A871_SEX_AGE_RT", "MST_NCTP_SEX_CCT_NB", "MST_NCTE_SEX_CCT_NB",
    }  # fmt: skip
    assert lost["SDG_A871_SEX_AGE_RT"].lacking == ("CHILD_WORK",)


def test_a_survey_that_has_only_the_status_of_its_office_works_too() -> None:
    found = {one.id: one.given for one in entries(REGION, ROOT / "packs" / "cri" / "enaho_2020")}
    assert found["UNE_DEAP"].why is None
    assert found["EMP_5EMP"].why.es.startswith("La encuesta no da: Trabajó al menos una hora")


def test_the_rules_behind_an_indicator_are_told_in_the_order_they_are_taken() -> None:
    (one,) = matching(entries(REGION, DEMO), "EMP_5EMP")
    rules = rules_of(one.indicator, REGION, DEMO)
    assert rules[-1].variable == "STATUS_19"
    assert "pay or profit only" in rules[-1].words.en
    assert ("WORKED_1H", "column p01_trabajo") in [(r.variable, r.text) for r in rules]
    assert [r.variable for r in rules_of(one.indicator, REGION, None)] == ["AGE", "STATUS_19"]


def test_the_page_of_the_catalogue_is_current() -> None:
    """If it is not: python tools/indicators.py."""
    writer = runpy.run_path(str(ROOT / "tools" / "indicators.py"))
    assert writer["PAGE"].read_text("utf-8") == writer["page"]()


def test_countries_are_those_of_the_registers() -> None:
    ours, theirs = (
        ROOT / "packs" / where / "codelists" / "CL_COUNTRY.csv" for where in ("region", "registers")
    )
    assert ours.read_text("utf-8").splitlines()[1:] == theirs.read_text("utf-8").splitlines()[1:]


def test_a_release_that_breaks_an_identity_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimates, "broken", lambda *_: ("A is not B.", "C is not D."))
    with pytest.raises(MethodFailed, match=r"2 identities do not hold.*\nA is not B\.\nC is"):
        estimates.refuse_broken((), read_pack(DEMO, REGION))


def test_the_dictionary_is_read_once() -> None:
    assert read_dictionary(REGION)[0] is read_dictionary(REGION)[0]
