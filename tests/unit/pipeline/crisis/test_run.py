"""A crisis from its scenario to a release and to its page, and what stops it."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.release import Release
from cauce.model.text import Text
from cauce.outlook.crisis import OneFix
from cauce.pipeline.crisis import Use, run_crisis, write_lever
from cauce.portal.app import create_app
from cauce.store import Store

USE = Use("training", Text("teaching", "enseñanza"), Text("Never for enforcement.", "Nunca."))
NOW = "2026-02-01T00:00:00+00:00"


def changed(scenario: Path, before: str, after: str) -> Path:
    text = scenario.read_text()
    assert before in text
    scenario.write_text(text.replace(before, after))
    return scenario


def told(release: Release, flow: str, *codes: str) -> tuple[float, float, float]:
    """A number and its interval by its own codes, in order."""
    [found] = [one for one in release.flows if one.dataflow.id == f"XAA_UNO_{flow}"]
    return at(found, *codes)


def at(found: Observations, *codes: str) -> tuple[float, float, float]:
    names = [[code.id for code in d.codes] for d in found.dataflow.dimensions]
    for row in range(len(found.value)):
        own = [names[j][found.key[row, j]] for j in range(2, len(names))]
        if [own[0], *own[2:-1]] == list(codes) or [own[0], *own[2:]] == list(codes):
            return float(found.value[row]), float(found.ci_low[row]), float(found.ci_high[row])
    raise AssertionError(codes)


def test_who_works_where_the_storm_passed_and_nobody_elsewhere(country, scenario):
    release = run_crisis(scenario, [], country, USE).release

    north = told(release, "WORKERS", "CRS_EXPOSED", "N", "MKT", "_T", "M11")
    assert 0 < north[0] <= 1210
    assert told(release, "WORKERS", "CRS_EXPOSED", "S", "MKT", "_T", "M11") == (0, 0, 0)
    whole, parts = (told(release, "LAND", "CRS_LAND", area) for area in "NS")
    assert whole[2] == 100
    assert parts == (0, 0, 0)


def test_the_harvest_brings_ten_times_as_many_in_november_as_in_may(country, scenario):
    release = run_crisis(scenario, [], country, USE).release
    may, november = (
        told(release, "WORKERS", "CRS_EXPOSED", "N", "AGR", "_T", month) for month in ("M05", "M11")
    )

    assert november[0] == pytest.approx(10 * may[0])
    assert november[0] > told(release, "WORKERS", "CRS_AFFECTED", "N", "AGR", "_T", "M11")[0]


def test_income_rebuilding_and_nationalities_are_told(country, scenario, tmp_path):
    ran = run_crisis(scenario, [], country, USE)
    first, last = (
        told(ran.release, "LOSSES", "CRS_INCOME", "_T", month) for month in ("2025-11", "2026-01")
    )

    assert first[0] > last[0] > 0
    assert told(ran.release, "REBUILDING", "CRS_REBUILD", "2026")[0] == pytest.approx(12, rel=0.15)
    assert told(ran.release, "NATIONALITIES", "CRS_EXPOSED", "XNA")[0] > 0
    write_lever(ran.levers, tmp_path / "lever.toml")
    assert 'kind = "crisis"' in (tmp_path / "lever.toml").read_text()


def test_every_number_is_a_forecast_that_says_what_it_is_for(country, scenario):
    release = run_crisis(scenario, [], country, USE).release

    assert {str(s) for flow in release.flows for s in flow.obs_status} <= {"F", "Q", "M"}
    assert release.reason.startswith("For training")
    assert any(note.startswith("Never for enforcement.") for note in release.notes)
    assert release.crisis is not None
    assert release.crisis.purpose == "training"


def test_a_storm_with_one_fix_and_a_storm_far_away_are_refused(country, scenario):
    with pytest.raises(OneFix, match="Solo has 1 fix"):
        run_crisis(changed(scenario, 'name = "Uno"\n', 'name = "Solo"\n'), [], country, USE)
    with pytest.raises(BadInput, match="lies outside every area"):
        run_crisis(changed(scenario, 'name = "Solo"\n', 'name = "Lejos"\n'), [], country, USE)


def test_a_code_that_vanished_is_missing_and_not_zero(country, scenario):
    changed(scenario, 'code = "code"', 'code = "code"\nsame_as = { N = "NEW" }')
    ran = run_crisis(scenario, [], country, USE)
    words = " ".join(f"{what.en}: {because.en}" for what, because in ran.missing)

    assert "Workers of Area N: WORK has no area NEW" in words
    assert "The footprint in N: It has no outline" in words
    assert np.isnan(told(ran.release, "WORKERS", "CRS_EXPOSED", "NEW", "MKT", "_T", "M11")[0])


def test_without_people_on_a_grid_other_work_is_not_exposed_by_land(country, scenario):
    text = scenario.read_text()
    start, end = text.index("[people]"), text.index("[work]")
    scenario.write_text(text[:start] + text[end:])
    ran = run_crisis(scenario, [], country, USE)

    assert np.isnan(told(ran.release, "WORKERS", "CRS_EXPOSED", "N", "MKT", "_T", "M11")[0])
    assert told(ran.release, "WORKERS", "CRS_EXPOSED", "N", "AGR", "_T", "M11")[0] > 0
    assert any("Exposed workers of MKT" in what.en for what, _ in ran.missing)


def test_reported_people_stand_in_and_are_kept_beside_the_footprint(country, scenario):
    text = scenario.read_text()
    start, end = text.index("[people]"), text.index("[work]")
    report = """
[[reported]]
area = "N"
affected = 500
population = 1000
source = { en = "x", es = "x" }

"""
    scenario.write_text(text[:start] + report + text[end:])
    release = run_crisis(scenario, [], country, USE).release

    assert told(release, "REPORTED", "CRS_EXPOSED_REP", "N") == (1000, 1000, 1000)
    assert told(release, "WORKERS", "CRS_EXPOSED", "N", "MKT", "_T", "M11")[0] == pytest.approx(
        600, rel=0.02
    )


def test_a_sector_without_a_source_for_its_harm_is_named_as_missing(country, scenario):
    harm = scenario.parent / "harm.toml"
    harm.write_text(harm.read_text().replace("[sector.REST]", "[sector.OTHER]"))
    ran = run_crisis(scenario, [], country, USE)

    assert any(what.en.startswith("Affected workers of Other") for what, _ in ran.missing)
    assert np.isnan(told(ran.release, "WORKERS", "CRS_AFFECTED", "_T", "_T", "_T", "M11")[0])


def test_invented_harm_is_refused_for_a_country_that_is_not(country, scenario):
    changed(scenario, "invented = true", "invented = false")

    with pytest.raises(BadInput, match="are invented, for a country that is"):
        run_crisis(scenario, [], country, USE)


def test_a_drought_has_classes_and_displaces_nobody(country, scenario):
    storm = scenario.read_text()
    start, end = storm.index("[[storm]]"), storm.index("[areas]")
    reached = """
[[reached]]
file = "areas.json"
source = { en = "x", es = "x" }

"""
    bounds = 'hazard = "DRT"\npressure_bounds = [0.05, 0.3, 1]'
    text = (storm[:start] + reached + storm[end:]).replace('hazard = "HUR"', bounds)
    scenario.write_text(text)
    release = run_crisis(scenario, [], country, USE).release

    assert {flow.dataflow.id for flow in release.flows} == {"XAA_UNO_LAND", "XAA_UNO_PRESSURE"}
    assert told(release, "PRESSURE", "CRS_PRESSURE", "N", "M11")[0] == 3
    assert told(release, "PRESSURE", "CRS_PRESSURE", "N", "M05")[0] == 1


def test_a_country_without_published_numbers_gets_no_release(country, scenario):
    text = scenario.read_text()
    for flow in ("WORK", "ORIGIN", "INDUSTRY", "EARN"):
        text = text.replace(f'flow = "{flow}"', f'flow = "NO_{flow}"')
    scenario.write_text(text)

    with pytest.raises(BadInput, match=r"no published number of XAA .* NO_WORK"):
        run_crisis(scenario, [], country, USE)


def test_everything_wrong_with_a_scenario_is_said_at_once(country, scenario):
    text = scenario.read_text().replace('month = "2025-11"', 'month = "November"')
    scenario.write_text(text.replace('"harm.toml"', '"gone.toml"').replace("draws", "drawn"))

    with pytest.raises(BadInput) as error:
        run_crisis(scenario, [], country, USE)
    for words in ("is no month", "there is no file gone.toml", "drawn is not a key we know"):
        assert words in str(error.value)


@pytest.fixture(scope="module")
def site(country, tmp_path_factory):
    """The portal over a store with one crisis; the scenario is that of the other tests."""
    return shutil.copytree(country, tmp_path_factory.mktemp("site") / "store")


def test_the_page_tells_who_whom_to_call_and_what_is_missing(site, scenario):
    Store(site).publish(run_crisis(scenario, [], site, USE).release, NOW)
    client = TestClient(create_app(site))
    english, spanish = (client.get(f"/{one}/crises/XAA_UNO") for one in ("en", "es"))

    for page in (english, spanish):
        assert page.status_code == 200
        assert len(page.content) < 30_000
        assert "<script" not in page.text
    for words in (
        "Who works there",
        "Consulate of the north (invented)",
        "The directory names none",
        "Never for enforcement.",
        "10 times as many",
        "What is assumed",
        '<svg class="hazard"',
    ):
        assert words in english.text
    assert "Quién trabaja allí" in spanish.text
    assert "Uno (inventado)" in client.get("/es/crises").text
    assert client.get("/en/crises/NONE").status_code == 404
    assert client.get("/en/tables/XAA_UNO_WORKERS").status_code == 200


def test_a_store_without_a_crisis_says_so(country):
    assert "No crisis is published." in TestClient(create_app(country)).get("/en/crises").text
