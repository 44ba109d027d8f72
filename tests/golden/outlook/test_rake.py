"""Raked matrices equal those of R's iterative proportional fitting (make_rake.R)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.outlook.matrix import rake

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "rake.json").read_text())


@pytest.mark.parametrize("case", CASES)
def test_raking_is_iterative_proportional_fitting(case: dict[str, Any]) -> None:
    seed, expected = np.array(case["seed"]), np.array(case["fit"])
    names = tuple(tuple(map(str, range(size))) for size in seed.shape)

    found = rake(seed, np.array(case["rows"]), np.array(case["columns"]), (names[0], names[1]))

    assert found == pytest.approx(expected, rel=1e-7, abs=1e-9 * expected.sum())
