"""The second door: what is derived from released numbers, and no small number of people."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED, Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, ObsStatus, Reliability
from cauce.model.projected import Base, NotProducible, Outlook, Projected
from cauce.model.release import InputFile, Provenance
from cauce.model.text import Text
from cauce.protect import derive

T = Text("x", "x")
FORECAST, SUPPRESSED = ObsStatus.FORECAST, ObsStatus.SUPPRESSED


def dimension(name, *codes):
    return Dimension(name, T, tuple(Code(code, T) for code in codes), f"CL_{name}")


def indicator(name, unit):
    return Indicator(name, T, T, "total", "", "", "", unit, 1.0, 0, "", source="outlook")


FLOW = Dataflow(
    "XAA_OUTLOOK_OPENINGS",
    "1.0",
    T,
    (
        dimension("FREQ", "A"),
        dimension("REF_AREA", "XAA"),
        dimension("INDICATOR", "PRJ_OPN_NB", "PRJ_GAP_RT"),
        dimension("OCU", "OC1", "OC2", "OC3"),
        dimension("TIME_PERIOD", "2030"),
    ),
    (indicator("PRJ_OPN_NB", "PERSONS"), indicator("PRJ_GAP_RT", "PT")),
    Source("XAA_OUTLOOK", "XAA", T, T, "Open", "An office (2026)", True),
    Method(PROJECTED, "", "", "", "", "outlook-1"),
)
PROJECTED_NUMBERS = Projected(
    dataflow=FLOW,
    key=np.array([[0, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 2, 0], [0, 0, 1, 0, 0]], np.int32),
    value=np.array([1200.0, -4.0, np.nan, 3.5]),
    low=np.array([900.0, -20.0, np.nan, -2.0]),
    high=np.array([1500.0, 12.0, np.nan, 9.0]),
    status=(FORECAST, FORECAST, SUPPRESSED, FORECAST),
    reliability=(Reliability.RELIABLE, Reliability.WEAK, Reliability.UNRELIABLE, Reliability.WEAK),
    rule=("", "", "the base year is too uncertain", ""),
)
OUTLOOK = Outlook(
    survey="XAA_OUTLOOK",
    vintage="2026-01",
    scenario="BASELINE",
    flows=(PROJECTED_NUMBERS,),
    not_producible=(NotProducible("supply", Text("No graduates.", "Sin egresados.")),),
    bases=(Base("XAA_LFS_OCC", "2025", "a" * 64, 10),),
    assumptions=(Text("Slopes are damped.", "Las pendientes se amortiguan."),),
    reason="a first run",
)
PROVENANCE = Provenance(
    "outlook/base", "1" * 64, (InputFile("XAA_LFS_OCC/2025", "a" * 64, 10, "2025", 10),),
    "0.1", "2" * 64, "here", ("outlook-1",),
)  # fmt: skip


def outlook(**changes):
    return replace(OUTLOOK, flows=(replace(PROJECTED_NUMBERS, **changes),))


def test_what_is_derived_is_a_forecast_with_its_interval_and_no_sampling_error():
    release = derive(OUTLOOK, PROVENANCE, 5)
    [flow] = release.flows

    assert (release.survey, release.vintage) == ("XAA_OUTLOOK", "2026-01")
    assert not release.audited
    assert flow.obs_status[0] is FORECAST
    assert (flow.ci_low[0], flow.value[0], flow.ci_high[0]) == (900.0, 1200.0, 1500.0)
    assert np.isnan(flow.se).all()
    assert (flow.n == -1).all()


def test_what_is_assumed_and_what_is_not_produced_is_said_beside_the_numbers():
    assert derive(OUTLOOK, PROVENANCE, 5).notes == (
        "Slopes are damped. || Las pendientes se amortiguan.",
        "Not produced: supply. No graduates. || No se produce: supply. Sin egresados.",
    )


def test_no_small_number_of_people_is_published_gain_or_loss_and_a_rate_may_be_small():
    [flow] = derive(OUTLOOK, PROVENANCE, 5).flows

    assert np.isnan([flow.value[1], flow.ci_low[1], flow.ci_high[1]]).all()
    assert flow.obs_status[1] is SUPPRESSED
    assert flow.conf_status[1] is ConfStatus.CONFIDENTIAL
    assert flow.reliability[1] is Reliability.NONE
    assert flow.rule[1].startswith("withheld")
    assert flow.value[3] == 3.5
    assert flow.conf_status[3] is ConfStatus.FREE


def test_an_uncertain_base_year_keeps_its_own_reason():
    [flow] = derive(OUTLOOK, PROVENANCE, 5).flows

    assert flow.rule[2] == "the base year is too uncertain"
    assert flow.conf_status[2] is ConfStatus.FREE


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (replace(OUTLOOK, bases=()), "no released vintage"),
        (
            outlook(dataflow=replace(FLOW, method=replace(FLOW.method, var_method="TAYLOR"))),
            "not marked as projected",
        ),
        (outlook(key=np.zeros((4, 5), np.int32)), "has 3 numbers whose key another one has"),
        (outlook(status=(FORECAST,) * 4), "1 numbers whose status is none of a forecast's"),
        (
            outlook(status=(ObsStatus.NORMAL, FORECAST, SUPPRESSED, FORECAST)),
            "1 numbers whose status is none of a forecast's",
        ),
        (outlook(low=np.array([1300.0, -20, np.nan, -2])), "1 numbers without an interval"),
        (outlook(high=np.array([np.nan, 12.0, np.nan, 9])), "1 numbers without an interval"),
    ],
)
def test_nothing_is_derived_that_is_no_forecast_of_released_numbers(wrong, message):
    with pytest.raises(BadInput, match=message):
        derive(wrong, PROVENANCE, 5)
