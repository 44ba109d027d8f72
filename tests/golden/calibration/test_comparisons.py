"""Differences, changes and a pooled year of calibrated waves equal R's (make_comparisons.R)."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.estimate import change, compare, design_from_labels, estimate, pooled
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import calibrate
from cauce.model.calibration import Distance
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.design import Design
from cauce.model.indicator import Indicator
from cauce.model.pair import Pair
from cauce.model.sample import Sample, Score
from cauce.model.text import Text

HERE = Path(__file__).parent
WAVES = HERE.parent / "estimate" / "waves.csv"
EXPECTED: dict[str, Any] = json.loads((HERE / "comparisons.json").read_text())
GROUPS, SEXES = ["a", "b", "c", "d"], ["F", "M"]
STATISTICS = ["total", "mean", "rate", "ratio"]
WORD = Text("x", "x")


def dimension(name: str, *codes: str) -> Dimension:
    return Dimension(name, WORD, tuple(Code(code, WORD) for code in codes), f"CL_{name}")


def flow(*own: Dimension) -> Dataflow:
    indicators = tuple(
        Indicator(name, WORD, WORD, name, "", "", "", "", 1, 1, "")  # type: ignore[arg-type]
        for name in STATISTICS
    )
    fixed = dimension("FREQ", "A"), dimension("REF_AREA", "X"), dimension("INDICATOR", *STATISTICS)
    periods = dimension("TIME_PERIOD", "1", "2", "3", "year")
    source, method = Source("S", "X", WORD, WORD, "", "", True), Method("", "", "", "", "", "")
    return Dataflow("F", "1.0", WORD, (*fixed, *own, periods), indicators, source, method)


GROUP = dimension("GROUP", "_T", *GROUPS, "_U", "_Z")
SEX = dimension("SEX", "_T", *SEXES, "_U", "_Z")
BY_GROUP, BY_BOTH = flow(GROUP), flow(GROUP, SEX)


def raked(design: Design, wave: str, of: dict[str, np.ndarray]) -> Design:
    """The wave raked to sex by labour force, and to the total of x."""
    totals = {key: float(value) for key, value in EXPECTED["by"].items() if key[0] == wave}
    own = np.char.add(np.char.add(wave, of["sex"]), of["l"].astype(int).astype(str))
    everyone = np.zeros(len(own), dtype=np.int64)
    people = np.searchsorted(sorted(totals), own)
    amount = np.array([EXPECTED["amounts"][wave]])
    targets = [
        Target("sex by force", people, tuple(totals), np.array(list(totals.values()))),
        Target("x", everyone, ("",), amount, of["x"]),
    ]
    return calibrate(design, targets, Distance("raking")).design


def sample(wave: str, fpc: bool) -> Sample:
    with WAVES.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["wave"] == wave]
    of = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    for name in ("weight", "y", "x", "u", "l", "total_psus"):
        of[name] = of[name].astype(float)
    weight = np.where(of["weight"] == 0, 11.5, of["weight"])
    size = of["total_psus"] if fpc else None
    everyone = np.ones(len(rows), dtype=np.bool_)
    drawn = design_from_labels(of["stratum"], of["psu"], weight, size, "stratum", "certainty")
    return Sample(
        period=wave,
        design=raked(drawn, wave, of),
        columns={
            "GROUP": np.searchsorted(GROUPS, of["group"]).astype(np.int32),
            "SEX": np.searchsorted(SEXES, of["sex"]).astype(np.int32),
        },
        scores=(
            Score("total", everyone, of["x"] * of["u"], None, 0, True, "total"),
            Score("mean", everyone, of["y"], None, 0, True, "mean"),
            Score("rate", of["l"] == 1, of["u"], None, 0, False, "rate"),
            Score("ratio", everyone, of["y"], of["x"], 0, True, "ratio"),
        ),
    )


@pytest.mark.parametrize("fpc", [False, True])
@pytest.mark.parametrize("kind", ["sexes", "same", "some"])
def test_differences_have_the_value_and_the_error_of_r(kind: str, fpc: bool) -> None:
    if kind == "sexes":
        pair = Pair("SEXES", WORD, "SEX", "M", "F")
        (found,) = compare(sample("1", fpc), [BY_BOTH], [pair])
    else:
        later = sample("2" if kind == "same" else "3", fpc)
        (found,) = change(sample("1", fpc), later, [BY_GROUP])
    compared = 0
    for row in EXPECTED["rows"]:
        if row["kind"] != kind or row["fpc"] != fpc:
            continue
        group = 0 if row["group"] == "all" else GROUPS.index(row["group"]) + 1
        mine = (found.key[:, 2] == STATISTICS.index(row["statistic"])) & (found.key[:, 3] == group)
        (at,) = np.flatnonzero(mine)
        assert found.difference[at] == pytest.approx(row["value"], rel=1e-9), row
        assert found.se[at] == pytest.approx(row["se"], rel=1e-9), row
        scale = found.se[at] ** 2
        assert found.covariance[at] == pytest.approx(row["covariance"], rel=1e-8, abs=1e-9 * scale)
        compared += 1
    assert compared == 12


@pytest.mark.parametrize("fpc", [False, True])
def test_a_year_of_pooled_waves_is_that_of_r(fpc: bool) -> None:
    (cells,) = estimate(pooled([sample("1", fpc), sample("2", fpc)], "year"), [BY_GROUP])
    rows = [row for row in EXPECTED["rows"] if row["kind"] == "pooled" and row["fpc"] == fpc]
    assert len(rows) == 6
    for row in rows:
        group = 0 if row["group"] == "all" else GROUPS.index(row["group"]) + 1
        mine = (cells.key[:, 2] == STATISTICS.index(row["statistic"])) & (cells.key[:, 3] == group)
        (at,) = np.flatnonzero(mine)
        assert cells.value[at] == pytest.approx(row["value"], rel=1e-10)
        assert cells.se[at] == pytest.approx(row["se"], rel=1e-9)
