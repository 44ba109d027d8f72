"""The door refuses a crisis that is told of areas below the first level."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED, Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, ObsStatus, Reliability
from cauce.model.projected import Base, Outlook, Projected
from cauce.model.release import Provenance
from cauce.model.text import Text
from cauce.pipeline.crisis.flows import EXPOSED
from cauce.protect import derive

SAID = Text("x", "x")
MADE = Provenance("p", "s", (), "v", "l", "m", ())


def one(name: str, *codes: Code) -> Dimension:
    return Dimension(name, SAID, codes, f"CL_{name}")


def outlook(*areas: Code) -> Outlook:
    flow = Dataflow(
        id="F",
        version="1.0",
        name=SAID,
        dimensions=(
            one("FREQ", Code("M", SAID)),
            one("REF_AREA", Code("XAA", SAID)),
            one("INDICATOR", Code("CRS_EXPOSED", SAID)),
            one("CRISIS", Code("S", SAID)),
            one("AREA", *areas),
            one("TIME_PERIOD", Code("2025-11", SAID)),
        ),
        indicators=(EXPOSED,),
        source=Source("CRISIS", "XAA", SAID, SAID, "l", "c", invented=True),
        method=Method(PROJECTED, "", "", "", "none", "crisis-1"),
    )
    key = np.array([[0, 0, 0, 0, at, 0] for at in range(len(areas))], dtype=np.int32)
    size = len(areas)
    value = np.array([3.0, 70.0])[:size]
    return Outlook(
        survey="S",
        vintage="1",
        scenario="S",
        flows=(
            Projected(
                flow,
                key,
                value,
                value,
                value,
                (ObsStatus.FORECAST,) * size,
                (Reliability.NOT_JUDGED,) * size,
                ("",) * size,
            ),
        ),
        not_producible=(),
        bases=(Base("B", "1", "0" * 64, 2),),
        assumptions=(),
    )


def test_a_first_level_area_is_told_and_few_people_are_not():
    [flow] = derive(outlook(Code("A", SAID), Code("B", SAID)), MADE, 5).flows

    assert flow.conf_status == (ConfStatus.CONFIDENTIAL, ConfStatus.FREE)
    assert np.isnan(flow.value[0])


def test_an_area_below_another_one_is_refused():
    below = outlook(Code("A", SAID), Code("A1", SAID, parent="A"))

    with pytest.raises(BadInput, match="F has 1 codes below the first level"):
        derive(below, MADE, 5)


def test_what_is_no_crisis_may_have_codes_below_others():
    told = outlook(Code("A", SAID), Code("A1", SAID, parent="A"))
    [flow] = told.flows
    dimensions = tuple(
        replace(d, id="X" if d.id == "CRISIS" else d.id) for d in flow.dataflow.dimensions
    )
    other = replace(flow, dataflow=replace(flow.dataflow, dimensions=dimensions))

    assert derive(replace(told, flows=(other,)), MADE, 5).flows
