"""Small releases made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.lineage import Lineage, Step
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.release import Headline, InputFile, Provenance, Release
from cauce.model.text import Text


def text(word: str) -> Text:
    return Text(word, f"{word} (es)")


def dimension(name: str, codes: list[str]) -> Dimension:
    return Dimension(name, text(name), tuple(Code(c, text(c)) for c in codes), f"CL_{name}")


def dataflow(flow: str, periods: list[str]) -> Dataflow:
    indicator = Indicator(
        "UNE",
        text("rate"),
        text("what"),
        "rate",
        "AGE > 14",
        "UNE",
        "",
        "PT",
        100.0,
        1,
        "13th ICLS",
    )
    return Dataflow(
        flow,
        "1.0",
        text(flow),
        (
            dimension("FREQ", ["A"]),
            dimension("REF_AREA", ["XAA"]),
            dimension("INDICATOR", ["UNE"]),
            dimension("SEX", ["_T", "M", "F", "_U", "_Z"]),
            dimension("TIME_PERIOD", periods),
        ),
        (indicator,),
        Source("LFS", "XAA", text("Survey"), text("Everyone"), "none", "us", True),
        Method("Taylor", "refuse", "survey", "none", "ilo", "1"),
    )


def observations(flow: str, periods: list[str], base: float) -> Observations:
    key = [(0, 0, 0, sex, time) for sex in range(3) for time in range(len(periods))]
    count = len(key)
    value = base + np.arange(count) / 3
    value[-1] = np.nan
    counts = np.full(count, 40, dtype=np.int32)
    counts[-1] = -1
    hidden = [i == count - 1 for i in range(count)]
    return Observations(
        dataflow(flow, periods),
        np.array(key, dtype=np.int32),
        *(value / divisor for divisor in (1, 10, 100, 2, 0.5, 7, 11)),
        *(counts.copy() for _ in range(6)),
        obs_status=tuple(ObsStatus.SUPPRESSED if h else ObsStatus.NORMAL for h in hidden),
        conf_status=tuple(ConfStatus.CONFIDENTIAL if h else ConfStatus.FREE for h in hidden),
        reliability=tuple(Reliability.NONE if h else Reliability.RELIABLE for h in hidden),
        rule=tuple("small" if h else "" for h in hidden),
    )


def make_release(
    vintage: str, periods: list[str], base: float = 10.0, reason: str = "", flows: int = 2
) -> Release:
    made = tuple(observations(f"XAA_LFS_T{i}", periods, base + i) for i in range(flows))
    inputs = tuple(InputFile("file.csv", "a" * 64, 12, period, 3) for period in periods)
    steps = (Step("SEX", "recode", "1 = M", ("s",), "pack.toml", 7),)
    return Release(
        survey="XAA_LFS",
        vintage=vintage,
        flows=made,
        lineages=tuple(Lineage(flow.dataflow.id, "UNE", steps) for flow in made),
        provenance=Provenance("XAA/LFS", "b" * 64, inputs, "0", "c" * 64, "here", ("1",)),
        headlines=(Headline("rate", 1.0, 1.0, 0.1, "office", True),),
        notes=("linked tables not audited",),
        reason=reason,
    )


@pytest.fixture
def release():
    return make_release


@pytest.fixture
def changed():
    return replace
