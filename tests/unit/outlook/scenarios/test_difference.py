"""A scenario less its baseline on the same chance."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.scenario import Scenario
from cauce.model.text import Text
from cauce.outlook.chance import stream
from cauce.outlook.scenarios import Run, difference

T = Text("invented", "inventado")
BASE = Scenario("BASELINE", T, T, (), 2025, 2, 50, 7)
MORE = replace(BASE, id="MORE")


def draws(seed=7):
    return 1000 + 300 * stream(seed, "employment").standard_normal((50, 2, 1))


def test_on_common_chance_a_lever_of_ten_people_is_ten_people_and_nothing_else():
    baseline = Run(BASE, draws())

    found = difference(Run(MORE, draws() + 10), baseline)

    assert found.middle == pytest.approx(np.full((2, 1), 10.0))
    assert found.high - found.low == pytest.approx(np.zeros((2, 1)), abs=1e-9)
    assert found.higher.tolist() == [[1], [1]]


def test_a_scenario_that_changes_nothing_differs_by_exactly_nothing():
    assert not difference(Run(MORE, draws()), Run(BASE, draws())).draws.any()


def test_what_one_of_the_two_does_not_know_is_not_known():
    gone = draws()
    gone[0, 0, 0] = np.nan

    found = difference(Run(MORE, gone), Run(BASE, draws()))

    assert np.isnan(found.higher[:, 0]).tolist() == [True, False]


@pytest.mark.parametrize(
    "other",
    [Run(replace(MORE, seed=8), draws(8)), Run(replace(MORE, base_year=2024), draws()),
     Run(MORE, draws()[:, :1])],
)  # fmt: skip
def test_runs_that_do_not_share_their_chance_are_not_compared(other):
    with pytest.raises(BadInput, match="Run both alike"):
        difference(other, Run(BASE, draws()))
