"""Permits over estimated workers, with the error of R's survey by the delta method."""

import json
from pathlib import Path

import pytest

from cauce.estimate import capture
from cauce.model.errors import MethodFailed

CASES = json.loads((Path(__file__).parent / "capture.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[str(case["permits"]) for case in CASES])
def test_the_ratio_and_its_error_equal_r(case):
    found = capture(case["permits"], case["workers"], case["se"], case["low"], case["high"])
    assert found.value == pytest.approx(case["ratio"], rel=1e-9)
    assert found.se == pytest.approx(case["ratio_se"], rel=1e-9)
    assert found.low <= found.value <= found.high


@pytest.mark.parametrize("bounds", [(0.0, -5.0, 5.0), (10.0, -1.0, 21.0), (10.0, 0.0, 20.0)])
def test_where_the_estimate_may_be_zero_there_is_no_ratio(bounds):
    workers, low, high = bounds
    with pytest.raises(MethodFailed, match="from zero"):
        capture(10, workers, 5.0, low, high)
