"""Differences of the sexes, changes of waves and a pooled year equal R's (make_comparisons.R)."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.estimate import change, compare, design_from_labels, estimate, pooled
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pair import Pair
from cauce.model.sample import Sample, Score
from cauce.model.text import Text

HERE = Path(__file__).parent
EXPECTED: list[dict[str, Any]] = json.loads((HERE / "comparisons.json").read_text())["rows"]
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
    fixed = [
        dimension("FREQ", "A"),
        dimension("REF_AREA", "X"),
        dimension("INDICATOR", *STATISTICS),
    ]
    return Dataflow(
        "F",
        "1.0",
        WORD,
        (*fixed, *own, dimension("TIME_PERIOD", "1", "2", "3", "year")),
        indicators,
        Source("S", "X", WORD, WORD, "", "", True),
        Method("", "", "", "", "", ""),
    )


GROUP = dimension("GROUP", "_T", *GROUPS, "_U", "_Z")
SEX = dimension("SEX", "_T", *SEXES, "_U", "_Z")
BY_GROUP, BY_BOTH = flow(GROUP), flow(GROUP, SEX)


def sample(wave: str, fpc: bool) -> Sample:
    with (HERE / "waves.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["wave"] == wave]

    def of(name: str) -> np.ndarray:
        return np.array([row[name] for row in rows])

    number = {name: of(name).astype(float) for name in ("weight", "y", "x", "u", "l", "total_psus")}
    size = number["total_psus"] if fpc else None
    everyone, force = np.ones(len(rows), dtype=np.bool_), number["l"] == 1
    return Sample(
        period=wave,
        design=design_from_labels(
            of("stratum"), of("psu"), number["weight"], size, "stratum", "certainty"
        ),
        columns={
            "GROUP": np.searchsorted(GROUPS, of("group")).astype(np.int32),
            "SEX": np.searchsorted(SEXES, of("sex")).astype(np.int32),
        },
        scores=(
            Score("total", everyone, number["x"], None, 0, True, "total"),
            Score("mean", everyone, number["y"], None, 0, True, "mean"),
            Score("rate", force, number["u"], None, 0, False, "rate"),
            Score("ratio", everyone, number["y"], number["x"], 0, True, "ratio"),
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
    for row in (row for row in EXPECTED if row["kind"] == kind and row["fpc"] == fpc):
        group = 0 if row["group"] == "all" else GROUPS.index(row["group"]) + 1
        mine = (found.key[:, 2] == STATISTICS.index(row["statistic"])) & (found.key[:, 3] == group)
        (at,) = np.flatnonzero(mine)
        assert found.difference[at] == pytest.approx(row["value"], rel=1e-9), row
        assert found.se[at] == pytest.approx(row["se"], rel=1e-8), row
        scale = found.se[at] ** 2
        assert found.covariance[at] == pytest.approx(row["covariance"], rel=1e-7, abs=1e-9 * scale)
        compared += 1
    assert compared == 12


@pytest.mark.parametrize("fpc", [False, True])
def test_a_year_of_pooled_waves_is_that_of_r(fpc: bool) -> None:
    (cells,) = estimate(pooled([sample("1", fpc), sample("2", fpc)], "year"), [BY_GROUP])
    for row in (row for row in EXPECTED if row["kind"] == "pooled" and row["fpc"] == fpc):
        group = 0 if row["group"] == "all" else GROUPS.index(row["group"]) + 1
        mine = (cells.key[:, 2] == STATISTICS.index(row["statistic"])) & (cells.key[:, 3] == group)
        (at,) = np.flatnonzero(mine)
        assert cells.value[at] == pytest.approx(row["value"], rel=1e-10)
        assert cells.se[at] == pytest.approx(row["se"], rel=1e-9)


def test_psus_in_common_make_a_change_surer() -> None:
    """The same PSUs answer alike, so that most of what differs between samples falls out."""
    (found,) = change(sample("1", False), sample("2", False), [BY_GROUP])
    mean = (found.key[:, 2] == STATISTICS.index("mean")) & (found.key[:, 3] == 0)
    assert found.covariance[mean] > 0
    assert found.common[mean] == 35
