"""Life tables, cohorts and the pattern of graduates equal R, which goes by Leslie matrices."""

import json
from pathlib import Path

import numpy as np
import pytest

from cauce.outlook.people import Schedules, allocation, project, survival
from cauce.outlook.people.survival import years_lived

R = {
    name: np.array(value)
    for name, value in json.loads((Path(__file__).parent / "people.json").read_text()).items()
}


def test_years_lived_and_shares_surviving_equal_r():
    assert years_lived(R["mx"]) == pytest.approx(R["lived"], rel=1e-12)
    assert survival(R["mx"]) == pytest.approx(R["surviving"], rel=1e-12)


def test_fifteen_years_of_a_population_equal_leslie_matrices():
    period = Schedules(R["surviving"], R["fertility"], float(R["boys"]), R["migrants"])
    steps = project(R["start"], [period] * 3)
    for at, step in enumerate(steps):
        assert step.end == pytest.approx(R["after"][at], rel=1e-12)
        assert step.births.sum() == pytest.approx(R["births"][at], rel=1e-12)


def test_what_the_pattern_of_all_is_worth_equals_r():
    """A flat maximum is found to half the digits; the pattern moves by far less."""
    assert allocation(R["counts"]).concentration == pytest.approx(
        float(R["concentration"]), rel=1e-4
    )
