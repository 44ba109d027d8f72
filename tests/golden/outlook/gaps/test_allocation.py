"""As many pass as lpSolve says, which make.R asked, and as many more by one place more."""

import json
from pathlib import Path

import numpy as np
import pytest

from cauce.model.text import Text
from cauce.outlook.gaps import Area, Channel, World, allocate, caps, post, where_more_helps

CASES = json.loads((Path(__file__).parent / "allocation.json").read_text("utf-8"))
AREAS, POSTS = ("CRI", "GTM", "HND", "MEX"), ("214", "711", "834")
T = Text("invented", "inventado")


def world(case):
    def of(name, area):
        return np.array([float(case[name][f"{area} {one}"]) for one in POSTS])

    areas = tuple(Area(a, of("surplus", a), of("need", a), np.zeros(len(POSTS))) for a in AREAS)
    channels = [
        Channel(one["id"], T, one["origin"], one["destination"],
                (one["scope"],) if one["scope"] else (), float(one["quota"]), None, T)
        for one in case["channels"]
    ]  # fmt: skip
    return World(tuple(map(post, POSTS)), areas, caps(channels, 1))


@pytest.mark.parametrize("case", CASES, ids=range(1, len(CASES) + 1))
def test_as_many_pass_as_lpsolve_says_and_as_many_more_for_a_place_more(case):
    found = allocate(world(case))
    gains = {one.channel: one.one for one in where_more_helps(found) if one.channel}

    assert found.total == pytest.approx(case["most"], abs=1e-3)
    for channel, more in case["one"].items():
        assert gains.get(channel, 0.0) == pytest.approx(more, abs=1e-3)
