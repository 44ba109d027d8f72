"""The third door: another producer's numbers, with their origin, and with no error of ours."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import ADMITTED, Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.imported import Imported, Origin
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, ObsStatus, Reliability
from cauce.model.release import InputFile, Provenance
from cauce.model.text import Text
from cauce.protect import admit

T = Text("x", "x")
ORIGIN = Origin("OFF_STOCK", "2020", "a new edition")


def dimension(name, *codes):
    return Dimension(name, T, tuple(Code(code, T) for code in codes), f"CL_{name}")


FLOW = Dataflow(
    "OFF_STOCK",
    "1.0",
    T,
    (
        dimension("FREQ", "A"),
        dimension("REF_AREA", "XAA", "XAB"),
        dimension("INDICATOR", "STOCK"),
        dimension("TIME_PERIOD", "2020"),
    ),
    (Indicator("STOCK", T, T, "total", "", "", "", "PERSONS", 1.0, 0, "", source="import"),),
    Source("OFF_STOCK", "XAA", T, T, "Open", "An office (2020)", False),
    Method(ADMITTED, "", "", "", "", "admit-1"),
)


def provenance(sha256="0" * 64):
    file = InputFile("stock.csv", sha256, 10, "2020", 2)
    return Provenance("imports/office", "1" * 64, (file,), "0.1", "2" * 64, "here", ("admit-1",))


@pytest.fixture
def imported():
    return Imported(
        dataflow=FLOW,
        key=((0, 0, 0, 0), (0, 1, 0, 0)),
        value=(5.0, np.nan),
        obs_status=(ObsStatus.ESTIMATED, ObsStatus.MISSING),
        conf_status=(ConfStatus.FREE, ConfStatus.FREE),
        note=("An estimate.", ""),
        notes=("A note.",),
    )


def test_what_is_admitted_keeps_status_and_origin_and_has_no_error(imported):
    release = admit([imported], ORIGIN, provenance())
    [flow] = release.flows

    assert (release.survey, release.vintage, release.reason) == (
        "OFF_STOCK",
        "2020",
        "a new edition",
    )
    assert release.provenance == provenance()
    assert release.notes == ("A note.",)
    assert flow.obs_status == (ObsStatus.ESTIMATED, ObsStatus.MISSING)
    assert set(flow.reliability) == {Reliability.NOT_JUDGED}
    assert flow.rule == ("An estimate.", "")
    for name in ("se", "cv", "ci_low", "ci_high", "deff", "ess"):
        assert np.isnan(getattr(flow, name)).all()
    for name in ("df", "n", "cases", "missing", "psus", "strata"):
        assert (getattr(flow, name) == -1).all()


def test_nothing_enters_without_the_hash_of_its_file(imported):
    for wrong in (provenance("abc"), replace(provenance(), inputs=())):
        with pytest.raises(BadInput, match="no file and hash stand behind"):
            admit([imported], ORIGIN, wrong)


def test_only_a_dataflow_of_another_producer_comes_through_this_door(imported):
    own = replace(FLOW, method=replace(FLOW.method, var_method="TAYLOR"))
    with pytest.raises(BadInput, match="not marked as another producer's"):
        admit([replace(imported, dataflow=own)], ORIGIN, provenance())


@pytest.mark.parametrize("said", [{"licence": " "}, {"citation": ""}])
def test_licence_and_source_must_be_said(imported, said):
    own = replace(FLOW, source=replace(FLOW.source, **said))
    with pytest.raises(BadInput, match="under which licence and from which source"):
        admit([replace(imported, dataflow=own)], ORIGIN, provenance())


def test_a_key_stands_once(imported):
    with pytest.raises(BadInput, match="1 observations whose key"):
        admit([replace(imported, key=imported.key[:1] * 2)], ORIGIN, provenance())


@pytest.mark.parametrize(
    "wrong",
    [
        {"obs_status": (ObsStatus.ESTIMATED, ObsStatus.NORMAL)},
        {"obs_status": (ObsStatus.SUPPRESSED, ObsStatus.MISSING)},
        {"conf_status": (ConfStatus.CONFIDENTIAL, ConfStatus.FREE)},
    ],
)
def test_a_number_and_its_status_may_not_contradict_each_other(imported, wrong):
    with pytest.raises(BadInput, match="has 1 observations with a number where"):
        admit([replace(imported, **wrong)], ORIGIN, provenance())
