"""SDG 10.7.1 of an invented survey equals R's survey package, from the ledger on."""

import json
from pathlib import Path

import numpy as np
import pytest

from cauce.pipeline.recruitment_costs import AskedCosts, release_costs

HERE = Path(__file__).parent
REGISTERS = Path("packs/registers")


def test_mean_median_and_fourth_quintile_of_each_series_equal_r():
    release, _ = release_costs(HERE / "survey", REGISTERS, AskedCosts())
    found = {}
    for flow in release.flows:
        codes = flow.dataflow.dimensions[2].codes
        for at in range(len(flow.value)):
            found[codes[flow.key[at, 2]].id] = (flow.value[at], flow.se[at], flow.n[at])
    expected = json.loads((HERE / "recruitment.json").read_text())
    assert set(found) == {row["indicator"] for row in expected}
    for row in expected:
        value, se, n = found[row["indicator"]]
        assert value == pytest.approx(row["value"], rel=1e-9)
        assert se == pytest.approx(row["se"], rel=1e-9)
        assert n == row["n"]


def test_too_few_people_are_withheld_by_sex_and_every_number_goes_with_them():
    release, judgement = release_costs(HERE / "survey", REGISTERS, AskedCosts(by=("sex",)))
    other = release.flows[2]
    small = [at for at in range(len(other.value)) if other.conf_status[at] == "C"]
    assert small
    assert np.isnan(other.value[small]).all()
    assert all(np.isnan(other.se[at]) and other.n[at] == -1 for at in small)
    assert "no regional or global average" in judgement.notes[0].en
