"""Every reliability profile is total: one verdict for every input."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cauce.model.observation import Reliability
from cauce.protect.profiles import PROFILES, Evidence, judge, profile

ODD = [float("nan"), float("inf"), -float("inf"), 0.0, 1.0, -1.0, 0.5, 2.0, 1e-300, 1e300]
reals = st.sampled_from(ODD) | st.floats()
whole = st.sampled_from([0, 1, 9, 2**31]) | st.integers(0, 10**9)
cell = st.fixed_dictionaries(
    dict.fromkeys(("value", "se", "cv", "deff", "ess", "weighted"), reals)
    | dict.fromkeys(("df", "n", "cases", "missing"), whole)
    | dict.fromkeys(("rate", "total", "planned"), st.booleans())
)


def evidence(cells, census):
    columns = {name: np.array([one[name] for one in cells]) for name in cells[0]}
    rate = columns.pop("rate")
    inside = (columns["value"] >= 0) & (columns["value"] <= 1)
    return Evidence(**columns, proportion=rate & inside, census=census)


@pytest.mark.parametrize("name", PROFILES)
@given(st.lists(cell, min_size=1, max_size=8), st.booleans())
def test_every_input_gets_exactly_one_verdict_with_its_words(name, cells, census):
    said = judge(profile(name, (2500.0, 5000.0)), evidence(cells, census))

    assert len(said.reliability) == len(said.reasons) == len(cells)
    assert all(isinstance(verdict, Reliability) for verdict in said.reliability)
    assert all(words.en and words.es and "{" not in words.en for words in said.reasons)


@pytest.mark.parametrize("name", PROFILES)
@given(cell)
@example({"value": 0.0, "se": 0.0, "cv": float("nan"), "deff": float("nan"), "ess": float("nan"),
          "weighted": 1.0, "df": 0, "n": 0, "cases": 0, "missing": 0, "rate": True, "total": False,
          "planned": False})  # fmt: skip
def test_no_verdict_is_said_exactly_where_there_is_no_estimate(name, one):
    [verdict] = judge(profile(name, (2500.0, 5000.0)), evidence([one], census=False)).reliability
    there = bool(np.isfinite(one["value"])) and one["n"] > 0

    assert (verdict == Reliability.NONE) == (not there)


@pytest.mark.parametrize("name", PROFILES)
@given(st.lists(cell, min_size=2, max_size=5))
def test_a_cell_is_judged_alone(name, cells):
    rules = profile(name, (2500.0, 5000.0))
    together = judge(rules, evidence(cells, census=False))

    alone = [judge(rules, evidence([one], census=False)) for one in cells]

    assert together.reliability == tuple(one.reliability[0] for one in alone)
    assert together.reasons == tuple(one.reasons[0] for one in alone)
