"""Mexico's ENADID of 2018: households with emigrants abroad, equal to R's survey."""

import json
from pathlib import Path

import pytest

from cauce.estimate import estimate
from cauce.harmonise import dataflows
from cauce.model.cell import Cells
from cauce.pipeline.packs import read_pack
from cauce.pipeline.waves import read_wave

ROOT = Path(__file__).parent.parent.parent.parent
FILE = ROOT.parent / "shared" / "data" / "microdata" / "MEX_ENADID2018_hogares.parquet"
EXPECTED = json.loads((Path(__file__).parent / "enadid.json").read_text())["rows"]
PACK, REGION = ROOT / "packs" / "mex" / "enadid_2018", ROOT / "packs" / "region"


@pytest.fixture(scope="module")
def tables() -> dict[str, Cells]:
    if not FILE.is_file():
        pytest.skip("The ENADID file is not here: Mexico's figures were not checked.")
    pack = read_pack(PACK, REGION)
    sample, _ = read_wave(pack, pack.waves[0], FILE)
    return {cells.dataflow.id: cells for cells in estimate(sample, dataflows(pack))}


def table_of(dimension: str) -> str:
    return "MEX_ENADID_STATES" if dimension == "STATE_MEX" else "MEX_ENADID_EMIGRATION"


def test_households_with_emigrants_and_their_errors_are_those_of_r_survey(
    tables: dict[str, Cells],
) -> None:
    for row in EXPECTED:
        cells = tables[table_of(row["dimension"])]
        flow = cells.dataflow
        key = {"INDICATOR": row["indicator"], row["dimension"]: row["code"]}
        codes = {d.id: [c.id for c in d.codes] for d in flow.dimensions}
        place = [own.index(key.get(name, own[0])) for name, own in codes.items()]
        cell = int((cells.key == place).all(axis=1).nonzero()[0][0])
        scale = next(i.scale for i in flow.indicators if i.id == row["indicator"])
        assert cells.value[cell] == pytest.approx(row["value"] * scale, rel=1e-9)
        assert cells.se[cell] == pytest.approx(row["se"] * scale, rel=1e-9)
        assert cells.df[cell] == row["df"]
        assert cells.n[cell] == row["n"]
    assert len(EXPECTED) == 30
