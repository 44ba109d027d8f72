"""A pack that raises its weights: what is published, and what is said of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from cauce.model.release import Release
from cauce.model.text import LANGUAGES
from cauce.pipeline.release import release_pack
from cauce.publish import Edition, quality_report
from cauce.publish.quality import said_of_wave
from cauce.store import Reader, Store

from .small_survey import Row, region, survey

CALIBRATED = """[calibration]
method = "raking"
household = "home"

[[calibration.margin]]
name = { en = "Projection by sex", es = "Proyección por sexo" }
variables = ["SEX"]
table = "sex.csv"
source = { en = "census office", es = "oficina del censo" }
date = 2024-07-01

[[calibration.margin]]
name = "Hours worked"
period = "2024"
variables = ["LAND"]
totals = { AAA = 1700, BBB = 900 }
source = "census office"
date = 2024-07-01
"""
SILENT = """[nonresponse]
column = "end"
answered = ["done"]
silent = ["refused"]
outside = ["empty"]
cells = ["LAND"]
"""
MARGIN = """[[margin]]
name = "Men and women"
period = "2024"
variable = "SEX"
totals = { M = 1400, F = 1200 }
source = "census office"
"""


def ends(rows: list[Row]) -> None:
    """Every tenth home refuses, and two are empty; a home has two people of the same country."""
    for n, row in enumerate(rows):
        row["home"], row["sex"] = f"h{n // 2}", 1 + (n * 7 % 10 < 5)
        row["land"] = "ab"[n // 2 % 3 == 0]
        row["end"] = "refused" if n // 2 % 10 == 7 else "empty" if n // 2 in (3, 50) else "done"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("calibrated")
    pack = survey(folder / "pack", spoil=ends, more=CALIBRATED + SILENT + MARGIN)
    (pack / "sex.csv").write_text("period,SEX,total\n2024,M,1400\n2024,F,1200\n")
    few = region(tmp_path_factory.mktemp("region"))
    return release_pack(pack, few)


def people(release: Release, code: str) -> tuple[float, float]:
    """The number of people of a country, and its error."""
    flow = release.flows[0]
    land = [one.id for one in flow.dataflow.dimensions[3].codes].index(code)
    (row,) = ((flow.key[:, 2] == 0) & (flow.key[:, 3] == land)).nonzero()[0]
    return float(flow.value[row]), float(flow.se[row])


def test_what_is_published_meets_the_totals_without_an_error(release: Release) -> None:
    assert people(release, "BBB") == pytest.approx((900, 0))
    assert people(release, "_T") == pytest.approx((2600, 0))


def test_margins_are_held_against_the_raised_weights(release: Release) -> None:
    assert release.quality is not None
    (wave,) = release.quality.waves
    assert wave.margins[0].met
    assert wave.weighted == pytest.approx(2600)


def test_the_report_says_how_weights_were_raised_in_both_languages(release: Release) -> None:
    assert release.quality is not None
    (wave,) = release.quality.waves
    assert wave.raised is not None
    assert (wave.raised.method, wave.raised.totals) == ("raking", 4)
    low, high = wave.raised.factors
    assert 0.5 < low < 1 < high < 2.5
    edition = Edition(release.flows[0].dataflow, release.quality, (), "2024")
    told = said_of_wave(edition, wave)["S.13"]
    assert "(policy: " in told[0].en
    assert "(política: " in told[0].es
    flow = edition.dataflow
    given = replace(flow, method=replace(flow.method, columns={"replicates": "r1 … r9"}))
    replicated = said_of_wave(replace(edition, dataflow=given), wave)["S.13"][0]
    assert "policy" not in replicated.en
    assert "política" not in replicated.es
    assert "calibrated (raking) to 4 official totals: SEX (census office); LAND" in told[2].en
    assert "se calibraron (raking) a 4 totales oficiales: SEX (oficina del censo)" in told[2].es
    assert "their weights were multiplied by 1" in told[1].en
    for language in LANGUAGES:
        assert quality_report(edition, "2024"), language


def test_the_page_behind_a_number_names_the_steps(release: Release, tmp_path: Path) -> None:
    steps = release.lineages[0].steps
    assert [one.kind for one in steps[-2:]] == ["nonresponse", "calibration"]
    assert steps[-1].text.startswith("raking: SEX, LAND; 2024: 0.")
    assert steps[-1].columns == ("w", "home")
    Store(tmp_path / "store").publish(release, "2026-01-01T00:00:00+00:00")
    manifest = Reader(tmp_path / "store").snapshot().manifest("XAA_LFS_MAIN")
    assert manifest.lineages[0].steps == steps
    assert manifest.quality is not None
    assert manifest.quality.waves[0].raised == release.quality.waves[0].raised  # type: ignore[union-attr]
