"""Medians of waits and their intervals equal R's survival 3.5, and exact binomial ranks."""

import json
from pathlib import Path

import numpy as np
import pytest

from cauce.estimate import median_of_ended, median_wait
from cauce.model.errors import MethodFailed

CASES = json.loads((Path(__file__).parent / "waits.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_median_of_waits_equals_r(case):
    days = np.array(case["days"], dtype=np.float64)
    found = median_wait(days, np.array(case["ended"], dtype=bool))
    said = [found.value, found.low, found.high]
    expected = [np.nan if case[name] is None else case[name] for name in ("value", "low", "high")]
    np.testing.assert_allclose(said, expected, rtol=1e-9)
    assert (found.n, found.ended) == (len(days), sum(case["ended"]))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_ranks_of_waits_that_are_over_are_those_of_the_binomial(case):
    found = median_of_ended(np.array(case["days"], dtype=np.float64))
    ranks = [np.nan if case[x] is None else case[x] for x in ("rank_low", "rank_high")]
    np.testing.assert_allclose([found.value, found.low, found.high], [case["median"], *ranks])


def test_who_still_waits_makes_the_median_longer_and_is_never_left_out():
    """Six are through in ten days; six more wait since a hundred: half of them wait on."""
    days = np.array([10.0] * 6 + [100.0] * 7)
    ended = np.array([True] * 6 + [False] * 7)
    assert median_wait(days[:6], ended[:6]).value == 10
    assert np.isnan(median_wait(days, ended).value)


@pytest.mark.parametrize("method", [median_of_ended, lambda x: median_wait(x, x > 0)])
def test_nobody_has_no_median(method):
    with pytest.raises(MethodFailed, match="Nobody"):
        method(np.array([]))


def test_a_wait_that_ends_before_it_begins_is_refused():
    with pytest.raises(MethodFailed, match="1 waits end before"):
        median_wait(np.array([3.0, -1.0]), np.array([True, True]))
