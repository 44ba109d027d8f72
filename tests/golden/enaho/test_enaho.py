"""Costa Rica's ENAHO of July 2020: our numbers are R's, and INEC's."""

import json
from pathlib import Path

import pytest

from cauce.estimate import estimate
from cauce.harmonise import dataflows
from cauce.model.cell import Cells
from cauce.model.release import Release
from cauce.pipeline.packs import read_pack
from cauce.pipeline.release import release_pack
from cauce.pipeline.waves import read_wave
from cauce.portal.corridor.ends import countries, ends_of
from cauce.portal.corridor.telling import told_corridor
from cauce.portal.words import words
from cauce.store import Reader, Store

ROOT = Path(__file__).parent.parent.parent.parent
FILE = ROOT.parent / "shared" / "data" / "microdata" / "CRI_ENAHO2020_cri20n1.zip"
HERE = Path(__file__).parent
PACK, REGION = ROOT / "packs" / "cri" / "enaho_2020", ROOT / "packs" / "region"


@pytest.fixture(scope="module")
def file() -> Path:
    if not FILE.is_file():
        pytest.skip("The ENAHO file is not here: Costa Rica's figures were not checked.")
    return FILE


@pytest.fixture(scope="module")
def release(file: Path) -> Release:
    return release_pack(PACK, REGION, [file])


@pytest.fixture(scope="module")
def cells(file: Path) -> Cells:
    """The cells of the labour table, before anything is withheld."""
    pack = read_pack(PACK, REGION)
    sample, _ = read_wave(pack, pack.waves[0], file)
    return next(c for c in estimate(sample, dataflows(pack)) if "LABOUR" in c.dataflow.id)


def test_the_release_reproduces_what_inec_published(release: Release) -> None:
    assert len(release.headlines) == 5
    assert all(headline.matches for headline in release.headlines)


def test_errors_and_intervals_are_those_of_r_survey(cells: Cells) -> None:
    expected = json.loads((HERE / "enaho.json").read_text())["rows"]
    dimensions = {d.id: [c.id for c in d.codes] for d in cells.dataflow.dimensions}
    scale = {i.id: i.scale for i in cells.dataflow.indicators}
    for row in expected:
        key = {"INDICATOR": row["indicator"], "SEX": row["SEX"], "CBR_CRI": row["CBR_CRI"]}
        position = [codes.index(key.get(name, codes[0])) for name, codes in dimensions.items()]
        cell = int((cells.key == position).all(axis=1).nonzero()[0][0])
        unit = scale[row["indicator"]]
        assert cells.value[cell] == pytest.approx(row["value"] * unit, rel=1e-9)
        assert cells.se[cell] == pytest.approx(row["se"] * unit, rel=1e-9)
        assert cells.df[cell] == row["df"]
        assert cells.n[cell] == row["n"]
        assert cells.deff[cell] == pytest.approx(row["deff"], rel=1e-9)
        assert cells.ci_low[cell] == pytest.approx(row["logit"][0] * unit, rel=1e-9)
        assert cells.ci_high[cell] == pytest.approx(row["logit"][1] * unit, rel=1e-9)
    assert len(expected) == 36


def test_the_corridor_from_nicaragua_is_told_from_the_survey(
    release: Release, tmp_path: Path
) -> None:
    Store(tmp_path).publish(release, "2026-01-01T00:00:00+00:00")
    snapshot, english = Reader(tmp_path).snapshot(), words("en")
    ends = ends_of("NIC-CRI", countries(snapshot, english))
    assert ends is not None
    told = {each.id: each for each in told_corridor(snapshot, ends, english).sections}
    assert set(told) == {"work", "jobs", "pay"}
    verdicts = {each.name: each.verdict for each in told["work"].contrasts[0].lines}
    assert verdicts["Labour force participation rate"] == "higher"
    assert verdicts["Social security coverage of the employed"] == "lower"
    assert verdicts["Unemployment rate"] == "alike"
    assert len(told["jobs"].contrasts) == 3
    assert told["pay"].lead.startswith("Pay gap with people born in Nicaragua: 45.3 %")
