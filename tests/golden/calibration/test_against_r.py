"""Calibrated weights, and the errors they leave, equal R's survey package (make.R beside this)."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from cauce.estimate import cube, design_of
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import Calibrated, calibrate, calibrate_columns
from cauce.estimate.cube import Estimates
from cauce.model.calibration import Distance
from cauce.model.design import SinglePsu
from cauce.model.drawn import Drawn, DrawnStage
from cauce.model.sample import Score

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "expected.json").read_text())
GROUPS = ["a", "b", "c"]
STATISTICS = ["total", "mean", "rate", "ratio", "people"]
RAKING, LINEAR = Distance("raking"), Distance("linear")
# Distance, households, amount, margins other than sex and age by education.
HOW: dict[str, tuple[Distance, bool, bool, tuple[str, ...]]] = {
    "linear": (LINEAR, False, False, ()),
    "raking": (RAKING, False, False, ()),
    "logit": (Distance("logit", 0.4, 2.2), False, False, ()),
    "truncated": (Distance("linear", 0.75, 1.5), False, False, ()),
    "fpc": (LINEAR, False, False, ()),
    "staged": (RAKING, False, False, ()),
    "amount": (LINEAR, False, True, ()),
    "amount_raking": (RAKING, False, True, ()),
    "home": (LINEAR, True, False, ()),
    "home_raking": (RAKING, True, False, ()),
    "home_logit": (Distance("logit", 0.3, 2.5), True, False, ()),
    "post": (RAKING, False, False, ("sexage",)),
    "rake": (RAKING, False, False, ("sexage", "edu", "region")),
    "adjust": (LINEAR, False, False, ()),
    "average": (LINEAR, False, False, ()),
    "certainty": (LINEAR, False, False, ()),
}
LONELY = ("adjust", "average", "certainty")


def sample(name: str) -> dict[str, np.ndarray]:
    with (HERE / "sample.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    if name in LONELY:
        rows = [row for row in rows if row["stratum"] != "S03" or row["psu"] == "P01"]
    found = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    for key in ("home", "weight", "age", "x", "y", "u", "total_psus", "homes"):
        found[key] = found[key].astype(float)
    thirds = np.where(found["age"] < 30, "1", np.where(found["age"] < 55, "2", "3"))
    return found | {"sexage": np.char.add(found["sex"], thirds)}


def targets(name: str, data: dict[str, np.ndarray]) -> list[Target]:
    _, _, amount, margins = HOW[name]
    made = []
    for margin in margins or ("sexage", "edu"):
        totals: dict[str, float] = EXPECTED["totals"][margin]
        codes = np.searchsorted(sorted(totals), data[margin])
        made.append(Target(margin, codes, tuple(totals), np.array(list(totals.values()))))
    if amount:
        everyone = np.zeros(len(data["x"]), dtype=np.int64)
        made.append(Target("x", everyone, ("",), np.array([EXPECTED["amount"]]), data["x"]))
    return made


def calibrated(name: str) -> tuple[Calibrated, dict[str, np.ndarray]]:
    data = sample(name)
    policies: dict[str, SinglePsu] = {"adjust": "adjust", "average": "average"}
    policy = "certainty" if name == "certainty" else policies.get(name, "refuse")
    fpc = data["total_psus"] if name in ("fpc", "staged") else None
    stages = (DrawnStage(data["home"], None, data["homes"]),) if name == "staged" else ()
    labels = data["stratum"], data["psu"], data["weight"]
    design = design_of(Drawn(*labels, fpc, "stratum", policy, stages=stages))
    distance, homes, _, _ = HOW[name]
    household = data["home"].astype(np.int64) if homes else None
    return calibrate(design, targets(name, data), distance, household), data


@pytest.mark.parametrize("name", HOW)
def test_weights_are_those_of_r(name: str) -> None:
    found, _ = calibrated(name)
    # R sweeps its margins one after the other and stops sooner.
    exact = 1e-7 if name == "rake" else 1e-9
    assert found.design.weight == pytest.approx(np.array(EXPECTED["weights"][name]), rel=exact)


@pytest.mark.parametrize("name", [name for name in HOW if name != "rake"])
def test_values_and_errors_after_calibration_are_those_of_r(name: str) -> None:
    found, data = calibrated(name)
    tables = estimates(found, data)
    compared = 0
    for row in EXPECTED["rows"]:
        if row["design"] != name:
            continue
        s = STATISTICS.index(row["statistic"])
        table = tables[0 if row["group"] == "all" else 1]
        cell = 0 if row["group"] == "all" else GROUPS.index(row["group"])
        assert table.value[cell, s] == pytest.approx(row["value"], rel=1e-10), row
        # Of people in all nothing is left: R has the last digits of a 0.
        assert table.se[cell, s] == pytest.approx(row["se"], rel=1e-9, abs=1e-8), row
        assert table.df[cell, s] == row["df"], row
        assert table.n[cell, s] == row["n"], row
        if row["deff"] not in (None, "NA"):
            assert table.deff[cell, s] == pytest.approx(row["deff"], rel=1e-9), row
        compared += 1
    assert compared == 20


def estimates(found: Calibrated, data: dict[str, np.ndarray]) -> tuple[Estimates, ...]:
    everyone = np.ones(len(data["y"]), dtype=np.bool_)
    scores = [
        Score("total", everyone, data["y"], None, 0, True, "total"),
        Score("mean", everyone, data["y"], None, 0, True, "mean"),
        Score("rate", everyone, data["u"], None, 0, False, "rate"),
        Score("ratio", everyone, data["y"], data["x"], 0, True, "ratio"),
        Score("people", everyone, np.ones(len(everyone)), None, 0, False, "total"),
    ]
    codes = np.searchsorted(GROUPS, data["group"]).astype(np.int32)
    return cube(found.design, [codes], [3], [(), (0,)], scores)


def test_each_replicate_is_raised_to_the_totals_as_in_r() -> None:
    data = sample("raking")
    before = np.array(EXPECTED["replicates"]["before"]).T
    after = calibrate_columns(targets("raking", data), before, RAKING, data["weight"])
    assert after == pytest.approx(np.array(EXPECTED["replicates"]["after"]).T, rel=1e-9, abs=1e-9)
