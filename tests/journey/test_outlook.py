"""The outlook as a user walks it: from the demo's tables to a scenario, its pages and its files."""

import csv
import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from cauce.portal.app import create_app


@pytest.fixture(scope="module")
def site(demo_store: Path) -> TestClient:
    return TestClient(create_app(demo_store))


def test_the_demo_has_a_baseline_and_a_scenario_and_running_again_changes_nothing(
    run_here, demo_store: Path
) -> None:
    listed = run_here("outlook", "list")
    assert "xca/BASELINE" in listed.stdout
    again = run_here("outlook", "run", "xca/port", "--store", demo_store)
    assert again.returncode == 0, again.stderr
    assert "Nothing changed" in again.stdout
    assert "Not produced: " in again.stdout
    wrong = run_here("outlook", "run", "harbour", "--store", demo_store)
    assert wrong.returncode == 1
    assert "xca/PORT" in wrong.stderr


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_tell_the_three_numbers_the_class_and_what_is_assumed(
    site: TestClient, language: str
) -> None:
    assert f"/{language}/outlook/XCA" in site.get(f"/{language}/outlook").text
    pages = ("/outlook/XCA/grounds?scenario=PORT", "/outlook/XCA?scenario=PORT",
             "/outlook/XCA/7?scenario=PORT")  # fmt: skip
    for address in pages:
        page = site.get(f"/{language}{address}")
        assert page.status_code == 200
        without = re.sub(r"<svg.*?</svg>", "", page.text, flags=re.DOTALL)
        assert len(without.encode()) < 30_000
        assert 'id="assumed"' in without
        assert 'id="lacking"' in without
        assert "<script" not in without.replace('<script type="application/ld+json"', "")
    assert without.count("<dt>") >= 3
    assert 'id="made"' in without
    assert 'id="people"' in site.get(f"/{language}/outlook/XCA").text
    assert 'id="changes"' in without
    assert "band ahead" in page.text


@pytest.mark.parametrize(("language", "bypass"), [("en", "Bypass"), ("es", "Circunvalación")])
def test_the_pages_of_a_scenario_tell_what_each_project_and_path_brings(
    site: TestClient, language: str, bypass: str
) -> None:
    for address in ("/outlook/XCA", "/outlook/XCA/7"):
        page = site.get(f"/{language}{address}?scenario=PORT").text
        section = page.partition('id="brings"')[2].partition("</section>")[0]
        assert bypass in section
        assert "XCA_OUTLOOK_PORT_BRINGS" in section
        assert 'id="brings"' not in site.get(f"/{language}{address}").text
    assert section.count("<td") == 4 * 5 + 1


def test_what_is_not_there_is_not_found(site: TestClient) -> None:
    for address in ("/en/outlook/XXX", "/en/outlook/XCA/99", "/en/outlook/XCA?scenario=NONE"):
        assert site.get(address).status_code == 404


def test_a_forecast_is_told_with_80_per_cent_in_tables_and_an_estimate_with_95(
    site: TestClient,
) -> None:
    ahead = site.get("/en/tables/XCA_OUTLOOK_BASELINE_GROUP").text
    assert "80 % interval" in ahead
    assert "95 % interval" not in ahead
    assert "95 % interval" in site.get("/en/tables/XCA_LFS_OUTLOOK_OCCUPATION").text


def test_files_and_programs_have_the_forecasts_with_their_status(site: TestClient) -> None:
    name = "XCA_OUTLOOK_PORT_GROUP"
    rows = site.get(f"/en/tables/{name}.csv").text
    assert ",F," in rows
    assert name in site.get("/catalog.jsonld").text
    asked = f"/sdmx/v2/data/dataflow/CAUCE/{name}/~/*?format=csv"
    served = site.get(asked, headers={"accept": "application/vnd.sdmx.data+csv"})
    assert served.status_code == 200
    assert "PRJ_EMP_NB" in served.text


def test_every_file_of_a_forecast_says_that_its_intervals_hold_80_per_cent(
    site: TestClient,
) -> None:
    of = {"XCA_OUTLOOK_BASELINE_GROUP": 80, "XCA_LFS_LABOUR": 95}
    for name, percent in of.items():
        at = f"/en/tables/{name}"
        assert site.get(f"{at}.json").json()["interval_percent"] == percent
        stat = site.get(f"{at}.jsonstat").json()
        assert stat["extension"]["interval_percent"] == percent
        described = site.get(f"{at}.csv-metadata.json").text
        assert f"Lower end of the {percent} % interval" in described
        book = load_workbook(BytesIO(site.get(f"{at}.xlsx").content), read_only=True)
        notes = dict(book["Notes"].iter_rows(values_only=True))
        assert f"{percent} % interval" in notes["CI_LOW, CI_HIGH"]


def test_a_page_answers_first_and_gives_a_reason_once(site: TestClient) -> None:
    """Managers are too few in the demo's survey for openings to be told."""
    area = site.get("/en/outlook/XCA").text
    assert "Short by 2030, with enough probability: " in area
    assert "What “no conclusion” means" in area
    rests = site.get("/en/outlook/XCA/grounds").text
    assert "% of the draws; otherwise there is no conclusion" in rests
    assert "labour force less unemployment" in rests
    assert 'href="/en/outlook/XCA/grounds"' in area
    one = site.get("/en/outlook/XCA/1").text
    assert "Whether there will be a shortage is not known" in one
    assert one.count("not known: an input is withheld or missing") == 1
    assert one.count(">not told<sup>1</sup>") > 3
    scores = site.get("/en/outlook/XCA/2").text
    assert "where a perfect forecast would have been by" in scores
    assert "log_trend" not in scores


def test_a_back_test_prints_every_method_and_says_which_is_published(
    run_here, demo_store: Path
) -> None:
    done = run_here("outlook", "backtest", "xca", "--store", demo_store)
    assert done.returncode == 0, done.stderr
    assert "no_change" in done.stdout
    assert "Interval of 80%" in done.stdout
    assert run_here("outlook", "backtest", "nowhere", "--store", demo_store).returncode == 1


def test_twelve_waves_let_the_gate_publish_the_model_and_refuse_it_on_evidence(
    run_here, demo_store: Path, site: TestClient
) -> None:
    """Vadelia's sub-major groups earn the model; five years ahead its major groups do not."""
    told = run_here("outlook", "backtest", "xsa", "--store", demo_store).stdout
    assert "XSA groups, 5 years ahead, from 5 origins" in told
    assert "Fewer than 3 origins" not in told
    page = site.get("/en/outlook/XSA").text
    assert "Published is the filter of shares" in page


def test_one_survey_of_employers_has_no_past_and_the_command_says_so(
    run_here, demo_store: Path
) -> None:
    done = run_here("outlook", "bias", "xca", "--store", demo_store)
    assert done.returncode == 0, done.stderr
    assert "no firms were asked again" in done.stdout
    assert run_here("outlook", "bias", "nowhere", "--store", demo_store).returncode == 1


def test_a_region_tells_what_may_pass_between_its_countries_and_where_an_agreement_would_help(
    run_here, demo_store: Path, site: TestClient
) -> None:
    again = run_here("outlook", "run", "xbasin", "--store", demo_store)
    assert again.returncode == 0, again.stderr
    assert "Nothing changed" in again.stdout
    for language, new in (("en", "No known channel"), ("es", "Ningún cauce conocido")):
        page = site.get(f"/{language}/outlook/XBASIN").text
        assert len(re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL).encode()) < 30_000
        assert 'class="flow weak"' in page
        assert new in page
        assert f'href="/{language}/outlook/XSA"' in page
        assert f'href="/{language}/outlook/XBASIN"' in site.get(f"/{language}/outlook/XCA").text
    rows = site.get("/en/tables/XBASIN_OUTLOOK_BASELINE_CHANNELS.csv").text
    for mark in ("OPEN", "ORIGIN_SHORT", "QUOTA_ZERO", "NO_CHANNEL"):
        assert mark in rows


def test_employment_of_a_region_is_what_its_countries_publish_added_up(site: TestClient) -> None:
    def people(flow: str) -> dict[tuple[str, ...], float]:
        rows = csv.DictReader(site.get(f"/en/tables/{flow}.csv").text.splitlines())
        return {
            (one["REF_AREA"], one["OCU"], one["TIME_PERIOD"]): float(one["OBS_VALUE"])
            for one in rows
            if one["INDICATOR"] == "PRJ_EMP_NB" and one["OBS_VALUE"]
        }

    told = people("XBASIN_OUTLOOK_BASELINE_EMPLOYMENT")
    own = people("XCA_OUTLOOK_BASELINE_GROUP") | people("XSA_OUTLOOK_BASELINE_GROUP")
    assert own.items() <= told.items()
    for year in ("2026", "2030"):
        for code in ("_T", "7"):
            parts = told["XCA", code, year] + told["XSA", code, year]
            assert told["XBASIN", code, year] == pytest.approx(parts, rel=1e-4)
    for language, off in (("en", "common waves"), ("es", "rondas comunes")):
        page = site.get(f"/{language}/outlook/XBASIN").text
        assert page.partition('id="whole"')[2].partition("</section>")[0].count("<tr") == 12
        assert off in page


def test_what_comes_to_a_country_is_the_same_in_its_outlook_and_in_its_regions(
    site: TestClient,
) -> None:
    def people(flow: str) -> set[tuple[str, ...]]:
        rows = csv.DictReader(site.get(f"/en/tables/{flow}.csv").text.splitlines())
        names = ("ORIGIN", "CHANNEL", "OCU", "PASSAGE", "OBS_VALUE")
        own = (one for one in rows if one["INDICATOR"] == "PRJ_PAS_NB")
        return {tuple(one[n] for n in names) for one in own if one["REF_AREA"] == "XCA"}

    own = people("XCA_OUTLOOK_BASELINE_CHANNELS")
    assert own == people("XBASIN_OUTLOOK_BASELINE_CHANNELS")
    assert any(one[1] == "BASIN_WORKS" for one in own)


def test_a_table_of_a_forecast_leads_to_what_it_assumes_instead_of_telling_it_again(
    site: TestClient,
) -> None:
    for flow, home in (
        ("XCA_OUTLOOK_PORT_CHANNELS", "/es/outlook/XCA?scenario=PORT#assumed"),
        ("XCA_OUTLOOK_BASELINE_SCORES", "/es/outlook/XCA#assumed"),
        ("XCA_STORM_WORKERS", "/es/crises/XCA_STORM#assumed"),
    ):
        page = site.get(f"/es/tables/{flow}").text
        assert f'href="{home}"' in page
        assert 'id="assumed"' in site.get(home.partition("#")[0]).text
        without = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
        assert len(without.encode()) < 30_000


def test_projections_are_listed_as_such_and_not_among_counted_registers(site: TestClient) -> None:
    parts = re.split(r"<h2>(.*?)</h2>", site.get("/en/tables").text)
    listed = dict(zip(parts[1::2], parts[2::2], strict=True))
    for flow in ("XCA_OUTLOOK_BASELINE_GROUP", "XCA_STORM_WORKERS"):
        assert flow in listed["Projections and scenarios"]
        assert flow not in listed["Registers, counted"]


def test_the_page_behind_a_forecast_tells_no_weighted_sum_and_names_what_it_starts_from(
    site: TestClient,
) -> None:
    key = "XCA_OUTLOOK_PORT_GROUP/A.XCA.PRJ_EMP_NB.PORT.7?period=2030"
    page = site.get(f"/en/explain/{key}").text
    assert "Derived from released numbers" in page
    assert "Does the base year carry it?" in page
    assert "cauce outlook run xca/PORT --look" in page
    assert page.count("XCA_LFS_OUTLOOK_AGES, vintage") == 1
    for wrong in (
        "weighted sum",
        "Does the sample carry it?",
        "respondents of the cell",
        "0 bytes",
    ):
        assert wrong not in page

    storm = site.get("/en/tables/XCA_STORM_WORKERS").text
    number = re.search(r'href="(/en/explain/XCA_STORM_WORKERS/[^"]+)"', storm)
    assert number
    told = site.get(number[1].replace("&amp;", "&")).text
    assert "cauce crisis run xca_storm.toml --purpose" in told
    assert "gives no error" not in told
