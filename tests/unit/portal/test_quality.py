"""The quality report on the portal: linked, light, in both languages, and honest on what lacks."""

from dataclasses import replace

import pytest

from cauce.model.observation import Observations
from cauce.model.quality import (
    FEW,
    Answers,
    MarginResult,
    MarginRow,
    OutlierResult,
    Quality,
    RuleResult,
    RuleSaid,
    TableResult,
    WaveQuality,
)
from cauce.model.text import Text

from .conftest import figures_of, flow_of, release_of

NAN = float("nan")
AGE = Text("Age", "Edad")
RULES = (
    RuleSaid("V_AGE", Text("Age is right.", "La edad es correcta."), "us || nosotros", "error"),
    RuleSaid("V_PAY", Text("Pay is right.", "El pago es correcto."), "law || ley", "warning"),
    RuleSaid("V_ARR", Text("Arrival.", "Llegada."), "us", "info", ("ARR_YEAR",)),
)


def wave(period: str, weighted: float) -> WaveQuality:
    return WaveQuality(
        period=period,
        respondents=1234,
        strata=4,
        psus=12,
        lonely=1,
        weighted=weighted,
        kish=1.23456,
        quantiles=((0.25, 10.0), (0.5, 12.5)),
        results=(
            RuleResult("V_AGE", 1200, 0, 30),
            RuleResult("V_PAY", 900, FEW, 0, "known || conocido"),
        ),
        answers=(Answers("AGE", AGE, 1200, 30, FEW, 0, 0),),
        margins=(
            MarginResult("All || Todos", "census", 0.001, 0.02, False, "jails || cárceles"),
            MarginResult(
                "Sexes",
                "census",
                0.001,
                0.0005,
                True,
                "",
                (MarginRow("M", Text("Men", "Hombres"), 1000, 1000.5), MarginRow("X", AGE, 0, 0)),
            ),
        ),
        outliers=(OutlierResult("PAY", Text("Pay", "Pago"), 900, (20, FEW, 0), 10, NAN),),
        tables=(
            TableResult("XAA_LFS_LABOUR", AGE, 6, 3, 1, 1, 1, 0, 2, 0.0312, 0.2),
            TableResult("OTHER", Text("Another table", "Otro"), 0, 0, 0, 0, 0, 0, 0, NAN, NAN),
        ),
    )


QUALITY = Quality(5, RULES, (wave("2024", 1000.0), wave("2025", 1100.0)), 1, 2)
PATH = "/quality/XAA_LFS_LABOUR"


@pytest.fixture
def observations() -> Observations:
    return figures_of(flow_of(["2024", "2025"]))


@pytest.fixture
def site(portal, observations):
    release = replace(release_of(observations, reason="a weight"), quality=QUALITY)
    return portal(release)


def test_the_page_of_a_table_links_its_quality_report(site) -> None:
    for language, words in (("en", "Quality report"), ("es", "Informe de calidad")):
        page = site.get(f"/{language}/tables/XAA_LFS_LABOUR").text
        assert f"/{language}{PATH}" in page
        assert words in page


def test_the_report_is_one_light_page_without_scripts(site) -> None:
    for language in ("en", "es"):
        page = site.get(f"/{language}{PATH}")
        assert page.status_code == 200
        assert len(page.content) < 30_000
        assert "<script" not in page.text


def test_every_concept_is_there_and_an_empty_one_says_so(site) -> None:
    page = site.get(f"/en{PATH}").text
    for number in range(1, 20):
        assert f">S.{number} " in page
    assert page.count("Empty: the run does not know it") == 6
    assert "S.1 Contact" in page


def test_small_counts_are_not_told_and_shares_are(site) -> None:
    page = site.get(f"/en{PATH}").text
    assert "&lt; 5" in page
    assert "50.0 %" in page
    assert "10.0 %" in page
    assert "Accepted: known" in page
    assert "Not asked: the survey has no ARR_YEAR." in page


def test_the_report_speaks_spanish(site) -> None:
    page = site.get(f"/es{PATH}").text
    assert "La edad es correcta." in page
    assert "Se acepta: conocido" in page
    assert "cárceles" in page
    assert "advertencia" in page
    assert "CIET" not in page


def test_each_wave_has_its_report_and_another_is_not_found(site) -> None:
    page = site.get(f"/en{PATH}", params={"period": "2024"}).text
    assert "Quality report · 2024" in page
    assert "period=2025" in page
    assert site.get(f"/en{PATH}", params={"period": "1999"}).status_code == 404


def test_a_vintage_keeps_the_verdicts_of_its_own_table(site) -> None:
    assert "Another table" not in site.get(f"/en{PATH}").text


def test_the_report_is_json_too(site) -> None:
    found = site.get(f"/en{PATH}.json").json()
    concepts = {one["code"]: one for one in found["concepts"]}
    assert found["structure"] == "SIMS 2.0"
    assert concepts["S.1"]["empty"] is True
    rules = concepts["S.18"]["tables"][0]["rows"]
    assert rules[0][1] == "few"
    assert rules[-1][1] is None
    assert rules[0][0] == {"en": "Pay is right.", "es": "El pago es correcto."}


def test_a_vintage_without_a_report_links_none(portal, observations) -> None:
    site = portal(release_of(observations))
    assert "Quality report" not in site.get("/en/tables/XAA_LFS_LABOUR").text
    assert site.get(f"/en{PATH}").status_code == 404


def test_an_older_vintage_keeps_its_own_report(portal, observations) -> None:
    first = replace(release_of(observations), quality=QUALITY)
    second = replace(
        release_of(observations, "2026", "again"), quality=replace(QUALITY, contradictions=7)
    )
    site = portal(first, second)
    old = site.get(f"/en{PATH}", params={"vintage": "2025"}).text
    assert "Contradictions between rules: 1;" in old
    assert "vintage=2025" in old
    assert "Contradictions between rules: 7;" in site.get(f"/en{PATH}").text


def test_a_report_without_waves_is_not_found(portal, observations) -> None:
    site = portal(replace(release_of(observations), quality=replace(QUALITY, waves=())))
    assert site.get(f"/en{PATH}").status_code == 404


def test_why_a_headline_differs_is_on_the_page_of_the_table(portal, observations) -> None:
    release = release_of(observations)
    missed = replace(release.headlines[0], matches=False, because="other ages || otras edades")
    site = portal(replace(release, headlines=(missed,), quality=QUALITY))
    assert "otras edades" in site.get("/es/tables/XAA_LFS_LABOUR").text
    assert "other ages" in site.get(f"/en{PATH}").text
