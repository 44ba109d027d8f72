"""Every estimator, policy and interval equals R's survey package (make.R beside this file)."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.estimate import Estimates, cube, design_from_labels
from cauce.estimate.student import t_975
from cauce.model.design import Design, SinglePsu
from cauce.model.sample import Score

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "expected.json").read_text())
GROUPS = ["a", "b", "c", "d"]
STATISTICS = ["total", "mean", "huge", "rate", "ratio"]


def sample(without_lonely: bool) -> dict[str, np.ndarray]:
    with (HERE / "sample.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    if without_lonely:
        rows = [row for row in rows if row["stratum"] not in ("S01", "S02")]
    numbers = ("weight", "y", "x", "u", "l", "total_psus", "rate", "huge")
    found: dict[str, np.ndarray] = {
        name: np.array([float(row[name] or "nan") for row in rows]) for name in numbers
    }
    return found | {
        name: np.array([row[name] for row in rows]) for name in ("stratum", "psu", "group")
    }


def design(data: dict[str, np.ndarray], name: str, policy: SinglePsu) -> Design:
    fpc = {"plain": None, "fpc": data["total_psus"], "rate": data["rate"]}[name]
    return design_from_labels(data["stratum"], data["psu"], data["weight"], fpc, "stratum", policy)


def scores(data: dict[str, np.ndarray]) -> list[Score]:
    everyone = np.ones(len(data["y"]), dtype=np.bool_)
    answered, force = ~np.isnan(data["y"]), data["l"] == 1
    y = np.nan_to_num(data["y"])
    return [
        Score("total", everyone, data["x"], None, 0, True, "total"),
        Score("mean", answered, y, None, 0, True, "mean"),
        Score("huge", everyone, data["huge"], None, 0, True, "mean"),
        Score("rate", force, data["u"], None, 0, False, "rate"),
        Score("ratio", answered, y, data["x"], 0, True, "ratio"),
    ]


def estimates(name: str, policy: SinglePsu) -> tuple[Estimates, ...]:
    data = sample(without_lonely=policy == "refuse")
    codes = np.searchsorted(GROUPS, data["group"]).astype(np.int32)
    return cube(design(data, name, policy), [codes], [4], [(), (0,)], scores(data))


def rows(name: str, policy: str) -> list[dict[str, Any]]:
    return [r for r in EXPECTED["rows"] if r["design"] == name and r["policy"] == policy]


@pytest.mark.parametrize("name", ["plain", "fpc", "rate"])
@pytest.mark.parametrize("policy", ["refuse", "certainty", "adjust", "average"])
def test_values_errors_and_intervals_are_those_of_r(name: str, policy: SinglePsu) -> None:
    everyone, groups = estimates(name, policy)
    compared = 0
    for row in rows(name, policy):
        s = STATISTICS.index(row["statistic"])
        table = everyone if row["group"] == "all" else groups
        cell = 0 if row["group"] == "all" else GROUPS.index(row["group"])
        assert table.value[cell, s] == pytest.approx(row["value"], rel=1e-11), row
        assert table.se[cell, s] == pytest.approx(row["se"], rel=1e-9), row
        assert table.df[cell, s] == row["df"], row
        assert table.n[cell, s] == row["n"], row
        if row["deff"] not in (None, "NaN"):
            assert table.deff[cell, s] == pytest.approx(row["deff"], rel=1e-9), row
        if row["low"] not in (None, "NaN") and row["df"] > 0:
            assert table.ci_low[cell, s] == pytest.approx(row["low"], rel=1e-9), row
            assert table.ci_high[cell, s] == pytest.approx(row["high"], rel=1e-9), row
        compared += 1
    assert compared == 25


def test_the_quantiles_of_student_are_those_of_r() -> None:
    for row in EXPECTED["quantiles"]:
        assert t_975(np.array([row["df"]]))[0] == pytest.approx(row["t"], rel=1e-12)
