"""A small store made by hand, and the portal over it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.lineage import Lineage, Step
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.release import Headline, InputFile, Provenance, Release
from cauce.model.text import Text
from cauce.portal.app import create_app
from cauce.store import Store

NEWS = Path("packs/region/bulletin")
SEXES = (
    Code("_T", Text("Total", "Total")),
    Code("M", Text("Men", "Hombres")),
    Code("F", Text("Women", "Mujeres")),
)
RATE = Indicator(
    id="UNE_DEAP",
    name=Text("Unemployment rate", "Tasa de desocupación"),
    definition=Text("Unemployed in the labour force.", "Desocupados en la fuerza de trabajo."),
    estimator="rate",
    universe="AGE >= 15",
    numerator="STATUS = 'UNE'",
    denominator="",
    unit="PT",
    scale=100,
    decimals=1,
    standard="13th ICLS (1982)",
    ilostat="UNE_DEAP",
)
PERSONS = replace(
    RATE, id="POP", name=Text("People", "Personas"), estimator="total", unit="PERSONS", decimals=0
)


def dimension(name: str, en: str, es: str, codes: Sequence[Code]) -> Dimension:
    return Dimension(name, Text(en, es), tuple(codes), f"CL_{name}")


def plain(*codes: str) -> list[Code]:
    return [Code(code, Text(code, code)) for code in codes]


def flow_of(periods: Sequence[str], invented: bool = True) -> Dataflow:
    return Dataflow(
        id="XAA_LFS_LABOUR",
        version="1.0",
        name=Text("Labour force by sex", "Fuerza de trabajo según sexo"),
        dimensions=(
            dimension("FREQ", "Frequency", "Frecuencia", plain("A")),
            dimension("REF_AREA", "Area", "Área", plain("XAA")),
            dimension("INDICATOR", "Indicator", "Indicador", plain("UNE_DEAP", "POP")),
            dimension("SEX", "Sex", "Sexo", SEXES),
            dimension("TIME_PERIOD", "Period", "Período", plain(*periods)),
        ),
        indicators=(RATE, PERSONS),
        source=Source(
            survey="LFS",
            area="XAA",
            name=Text("Labour force survey", "Encuesta de fuerza de trabajo"),
            population=Text("Residents", "Residentes"),
            licence="MIT",
            citation="The office (2025)",
            invented=invented,
        ),
        method=Method("Taylor linearisation", "refuse", "survey", "None drawn.", "ilo", "ilo-1"),
    )


def figures_of(flow: Dataflow) -> Observations:
    """All cells of a flow, each reliable: 1234.56, 1235.56, …"""
    periods = len(flow.dimensions[-1].codes)
    key = [(0, 0, i, s, t) for i in range(2) for s in range(3) for t in range(periods)]
    count = len(key)
    value = 1234.56 + np.arange(count)
    counts = np.arange(count, dtype=np.int32) + 4321
    return Observations(
        flow,
        np.array(key, dtype=np.int32),
        value=value,
        se=np.full(count, 2.345),
        cv=np.full(count, 0.01),
        ci_low=value - 5,
        ci_high=value + 5,
        deff=np.full(count, 1.5),
        ess=np.full(count, 300.0),
        df=counts.copy(),
        n=counts,
        cases=counts.copy(),
        missing=np.zeros(count, dtype=np.int32),
        psus=counts.copy(),
        strata=counts.copy(),
        obs_status=(ObsStatus.NORMAL,) * count,
        conf_status=(ConfStatus.FREE,) * count,
        reliability=(Reliability.RELIABLE,) * count,
        rule=("All criteria met. || Cumple todos los criterios.",) * count,
    )


def judged(
    observations: Observations, row: int, conf: ConfStatus, verdict: Reliability, keep: bool = False
) -> Observations:
    """The same with other verdicts in one row, and without its number unless it is kept."""

    def put(column: tuple, word: object) -> tuple:
        return (*column[:row], word, *column[row + 1 :])

    changed = {
        "conf_status": put(observations.conf_status, conf),
        "reliability": put(observations.reliability, verdict),
        "rule": put(observations.rule, "Too few. || Muy pocos."),
    }
    if not keep:
        changed["obs_status"] = put(observations.obs_status, ObsStatus.SUPPRESSED)
        for name in ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess"):
            column = getattr(observations, name).copy()
            column[row] = np.nan
            changed[name] = column
    return replace(observations, **changed)


def release_of(observations: Observations, vintage: str = "2025", reason: str = "") -> Release:
    flow = observations.dataflow
    periods = [code.id for code in flow.dimensions[-1].codes]
    inputs = tuple(InputFile(f"lfs{p}.csv", "a" * 64, 9876543, p, 60078) for p in periods)
    steps = (
        Step("SEX", "recode", "M = 1", ("sexo",), "pack.toml", 89),
        Step("UNE_DEAP", "numerator", "STATUS = 'UNE'", (), "indicators/labour.toml", 112),
    )
    return Release(
        survey="XAA_LFS",
        vintage=vintage,
        flows=(observations,),
        lineages=(Lineage(flow.id, "UNE_DEAP", steps),),
        provenance=Provenance(
            "XAA/LFS", "b" * 64, inputs, "0.1.0+abc", "c" * 64, "Linux", ("ilo-1",)
        ),
        headlines=(Headline("Unemployment", 7.4, 7.41, 0.05, "Bulletin 3", True),),
        notes=("linked tables not audited",),
        reason=reason,
    )


@pytest.fixture
def observations() -> Observations:
    """Two indicators by sex in 2024 and 2025; one cell withheld, one weak."""
    found = figures_of(flow_of(["2024", "2025"]))
    found = judged(found, 3, ConfStatus.CONFIDENTIAL, Reliability.NONE)
    return judged(found, 5, ConfStatus.FREE, Reliability.WEAK, keep=True)


Portal = Callable[..., TestClient]


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A portal over releases, published one after the other."""

    def over(*releases: Release) -> TestClient:
        store = Store(tmp_path / "store")
        for day, release in enumerate(releases, start=1):
            store.publish(release, f"2026-01-{day:02}T10:00:00+00:00")
        return TestClient(create_app(tmp_path / "store", NEWS), raise_server_exceptions=False)

    return over


@pytest.fixture
def site(portal: Portal, observations: Observations) -> TestClient:
    return portal(release_of(observations))
