"""Costa Rica's ENAHO of July 2020: our numbers are R's, and INEC's."""

import json
from pathlib import Path

import pytest

from cauce.model.observation import ConfStatus
from cauce.model.release import Release
from cauce.pipeline.release import release_pack

ROOT = Path(__file__).parent.parent.parent.parent
FILE = ROOT.parent / "shared" / "data" / "microdata" / "CRI_ENAHO2020_cri20n1.zip"
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def release() -> Release:
    if not FILE.is_file():
        pytest.skip("The ENAHO file is not here: Costa Rica's figures were not checked.")
    return release_pack(ROOT / "packs" / "cri" / "enaho_2020", ROOT / "packs" / "region", [FILE])


def test_the_release_reproduces_what_inec_published(release: Release) -> None:
    assert len(release.headlines) == 5
    assert all(headline.matches for headline in release.headlines)


def test_errors_and_intervals_are_those_of_r_survey(release: Release) -> None:
    expected = json.loads((HERE / "enaho.json").read_text())["rows"]
    flow = next(f for f in release.flows if f.dataflow.id == "CRI_ENAHO_LABOUR")
    dimensions = {d.id: [c.id for c in d.codes] for d in flow.dataflow.dimensions}
    names = list(dimensions)
    scale = {i.id: i.scale for i in flow.dataflow.indicators}
    compared = 0
    for row in expected:
        key = {
            "FREQ": "A",
            "REF_AREA": "CRI",
            "INDICATOR": row["indicator"],
            "SEX": row["SEX"],
            "CBR_CRI": row["CBR_CRI"],
            "TIME_PERIOD": "2020-07",
        }
        position = [dimensions[name].index(key[name]) for name in names]
        cell = int((flow.key == position).all(axis=1).nonzero()[0][0])
        if flow.conf_status[cell] is not ConfStatus.FREE or flow.value[cell] != flow.value[cell]:
            continue
        unit = scale[row["indicator"]]
        assert flow.value[cell] == pytest.approx(row["value"] * unit, rel=1e-9)
        assert flow.se[cell] == pytest.approx(row["se"] * unit, rel=1e-9)
        assert flow.df[cell] == row["df"]
        assert flow.n[cell] == row["n"]
        assert flow.deff[cell] == pytest.approx(row["deff"], rel=1e-9)
        assert flow.ci_low[cell] == pytest.approx(row["logit"][0] * unit, rel=1e-9)
        assert flow.ci_high[cell] == pytest.approx(row["logit"][1] * unit, rel=1e-9)
        compared += 1
    assert compared >= 30
