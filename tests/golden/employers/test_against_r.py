"""Weighted totals with fpc and a take-all stratum, beside R's survey package (make.R)."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.estimate import cube, design_from_labels
from cauce.estimate.firms import RESPONDED, weigh
from cauce.model.sample import Score

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "expected.json").read_text())
AMOUNTS = ("staff", "vacancies", "welders")


@pytest.fixture(scope="module")
def firms():
    with (HERE / "firms.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def numbers(rows, name):
    return np.array([float(row[name]) for row in rows])


def weighed(rows):
    labels, of = np.unique([row["stratum"] for row in rows], return_inverse=True)
    first = np.unique(of, return_index=True)[1]
    population = numbers(rows, "firms_in_stratum")[first].astype(int)
    registered = numbers(rows, "staff_in_stratum")[first]
    fate = np.full(len(of), RESPONDED)
    staff = numbers(rows, "staff")
    return of, population, weigh(of, population, staff, fate, registered, labels.tolist())


def test_calibrated_weights_equal_r(firms):
    _, _, found = weighed(firms)
    assert found.weight.tolist() == pytest.approx(EXPECTED["weights"], rel=1e-12)


def test_totals_with_calibrated_weights_equal_r(firms):
    _, _, found = weighed(firms)
    y = np.stack([numbers(firms, name) for name in AMOUNTS], axis=1)

    total = found.weight @ y

    assert total.tolist() == pytest.approx(EXPECTED["calibrated"]["value"], rel=1e-12)


def test_the_engine_equals_r_with_take_all_strata(firms):
    design = design_from_labels(
        np.array([row["stratum"] for row in firms]),
        np.array([row["firm"] for row in firms]),
        numbers(firms, "design"),
        numbers(firms, "firms_in_stratum"),
    )
    everyone = np.ones(len(firms), dtype=bool)
    scores = [
        Score(name, everyone, numbers(firms, name), None, 0, True, "total") for name in AMOUNTS
    ]

    found = cube(replace(design, unit="psu"), [], [], [()], scores)[0]

    assert found.value[0].tolist() == pytest.approx(EXPECTED["plain"]["value"], rel=1e-12)
    assert found.se[0].tolist() == pytest.approx(EXPECTED["plain"]["se"], rel=1e-9)
