"""Exits by age, sex, education and occupation, and replacement, equal R."""

import json
from pathlib import Path

import numpy as np
import pytest

from cauce.outlook.leaving import fit_exits, leaving

R = {
    name: np.array(value)
    for name, value in json.loads((Path(__file__).parent / "leaving.json").read_text()).items()
}


def test_coefficients_and_effects_of_occupations_equal_r():
    occupation = R["occupation"].astype(np.int32)
    found = fit_exits(R["left"], R["asked"], R["design"], occupation, 6)
    assert found.beta == pytest.approx(R["beta"], rel=1e-9)
    assert found.covariance == pytest.approx(R["covariance"], rel=1e-7, abs=1e-12)
    assert found.tau2 == pytest.approx(float(R["tau2"]), rel=1e-9)
    assert found.effect == pytest.approx(R["effect"], rel=1e-9)
    assert found.effect_variance == pytest.approx(R["variance"], rel=1e-9)


def test_replacement_equals_the_formula_summed_cell_by_cell():
    found = leaving(R["employed"], R["deaths"], R["exits"], R["emigration"])
    workers = R["employed"].sum(axis=(0, 1))
    assert found.total * workers == pytest.approx(R["replaced"], rel=1e-12)
