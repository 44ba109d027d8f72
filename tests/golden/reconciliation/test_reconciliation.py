"""Reconciliation beside hierarchicalforecast's, whose numbers and script lie here."""

import json
from pathlib import Path

import numpy as np
import pytest

from cauce.outlook.proving import hierarchy, reconcile

GOLDEN = json.loads(Path(__file__).with_name("reconciled.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("method", ["ols", "wls_struct"])
def test_draws_are_reconciled_as_by_another_program(method):
    of = hierarchy(GOLDEN["areas"], GOLDEN["occupations"])
    draw = np.array(GOLDEN["draw"])
    variance = of.sums.sum(axis=1) if method == "wls_struct" else np.ones(len(draw))

    found = reconcile(draw[None, None], variance[None], of, negative=True)

    np.testing.assert_allclose(found[0, 0], GOLDEN[method], rtol=1e-8)
