"""The waterfall is shown in tests/spec/outlook/gaps; here is what it refuses."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.gaps import Capability, waterfall

T = Text("invented", "inventado")
GAP = np.full((2, 1, 1), 100.0)


def step(people, name="TRAINING"):
    return Capability(name, people, np.zeros(1), T)


def test_steps_that_nobody_gave_are_not_known_and_take_nothing():
    found = waterfall(GAP, [step(np.full((2, 1, 1), 30.0))])

    assert [bool(one.known[0, 0]) for one in found.steps] == [False, True, False, False, False]
    assert [bool(one.at_most[0, 0]) for one in found.steps] == [False, True, True, True, True]
    assert found.remainder[:, 0, 0].tolist() == [70, 70]


@pytest.mark.parametrize(
    ("steps", "words"),
    [([step(GAP), step(GAP)], "stands twice"), ([step(np.ones((1, 1, 1)))], "has the shape"),
     ([step(-GAP)], "fewer than nobody")],
)  # fmt: skip
def test_what_is_no_step_is_refused(steps, words):
    with pytest.raises(BadInput, match=words):
        waterfall(GAP, steps)
