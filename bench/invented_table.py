"""An invented table of any size in a store of its own, for the benches of the portal.

Nothing in it was measured anywhere: the numbers are made from a seed. It enters the store as every
release does, by `Store.publish`.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.text import Text
from cauce.store import Store

PLACES, KINDS, SEXES = 100, 30, 2
MONTHS = tuple(f"{year}-{month:02}" for year in range(2010, 2024) for month in range(1, 13))
INDICATOR = Indicator(
    id="INV_TEMP",
    name=Text("Invented workers", "Personas inventadas"),
    definition=Text("Made from a seed.", "Hecho a partir de una semilla."),
    estimator="total",
    universe="TRUE",
    numerator="TRUE",
    denominator="",
    unit="PERSONS",
    scale=1,
    decimals=0,
    standard="none",
)
FULL = "All criteria met. || Cumple todos los criterios."


def _dimension(name: str, codes: Sequence[str]) -> Dimension:
    return Dimension(
        name,
        Text(name.title(), name.title()),
        tuple(Code(code, Text(f"Code {code}", f"Código {code}")) for code in codes),
        f"CL_{name}",
    )


def flow_of(name: str, areas: int, kinds: int, sexes: int, months: Sequence[str]) -> Dataflow:
    return Dataflow(
        id=name,
        version="1.0",
        name=Text(f"Invented table {name}", f"Cuadro inventado {name}"),
        dimensions=(
            _dimension("FREQ", ["M"]),
            _dimension("REF_AREA", ["XAA"]),
            _dimension("INDICATOR", [INDICATOR.id]),
            _dimension("PLACE", [f"P{i:03}" for i in range(areas)]),
            _dimension("KIND", [f"K{i:02}" for i in range(kinds)]),
            _dimension("SEX", ["_T", "F", "M"][:sexes]),
            _dimension("TIME_PERIOD", months),
        ),
        indicators=(INDICATOR,),
        source=Source("BENCH", "XAA", *[Text("Invented", "Inventado")] * 2, "MIT", "none", True),
        method=Method("none", "refuse", "none", "none", "ilo", "1"),
    )


def figures_of(flow: Dataflow, mark: float | None = None) -> Observations:
    """Every cell of a flow; `mark` stands in every row as its value, its error and its counts."""
    sizes = [len(dimension.codes) for dimension in flow.dimensions]
    key = np.indices(sizes).reshape(len(sizes), -1).T.astype(np.int32)
    count = len(key)
    random = np.random.default_rng(1)
    value = np.round(random.uniform(1_000, 90_000, count), 2)
    value = value if mark is None else np.full(count, mark)
    counts = random.integers(30, 900, count).astype(np.int32)
    counts = counts if mark is None else np.full(count, int(mark), dtype=np.int32)
    error = value / 40
    return Observations(
        flow,
        key,
        *(value, error, error / value, value - 1.96 * error, value + 1.96 * error),
        *(np.full(count, 1.5), counts / 1.5),
        *(counts - 1, counts, counts, np.zeros(count, np.int32), counts, counts),
        obs_status=(ObsStatus.NORMAL,) * count,
        conf_status=(ConfStatus.FREE,) * count,
        reliability=(Reliability.RELIABLE,) * count,
        rule=(FULL,) * count,
    )


def release_of(vintage: str, *flows: Observations) -> Release:
    files = (InputFile("invented.csv", "a" * 64, 1, "2023-12", 1),)
    return Release(
        survey="XAA_BENCH",
        vintage=vintage,
        flows=flows,
        provenance=Provenance("XAA/BENCH", "b" * 64, files, "0", "c" * 64, "here", ("1",)),
        reason="A newer vintage of invented numbers.",
    )


def publish(root: Path, vintage: str, *flows: Observations) -> None:
    Store(root).publish(release_of(vintage, *flows), "2026-01-01T10:00:00+00:00")


def million() -> Observations:
    """6,000 monthly series of 168 observations: 1,008,000 rows."""
    return figures_of(flow_of("XAA_BENCH_MILLION", PLACES, KINDS, SEXES, MONTHS))
