"""Small samples, and the kernels in their uncompiled form."""

import numpy as np
import pytest

from cauce.estimate import cube, design_from_labels, kernel, student
from cauce.model.sample import Score

KERNELS = ("row_sums", "place_row", "close_psu", "close_stratum", "walk", "two_largest")


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernels as plain Python, so that coverage sees them."""
    for name in KERNELS:
        monkeypatch.setattr(kernel, name, getattr(kernel, name).py_func)
    monkeypatch.setattr("cauce.estimate.tables.two_largest", kernel.two_largest)
    for name in ("incomplete_beta", "upper_tail", "quantile_975"):
        monkeypatch.setattr(student, name, getattr(student, name).py_func)


@pytest.fixture
def total():
    """The total of y: value, standard error and degrees of freedom."""

    def make(strata, psus, weights, y, policy="refuse", fpc=None, scope="survey", inside=None):
        y = np.array(y, dtype=float)
        design = design_from_labels(
            np.array(list(strata)),
            np.array(list(psus)),
            np.array(weights, dtype=float),
            None if fpc is None else np.array(fpc, dtype=float),
            scope,
            policy,
        )
        domain = np.ones(len(y), dtype=bool) if inside is None else np.array(inside, dtype=bool)
        score = Score("y", domain, y, None, 0, True, "total")
        (found,) = cube(design, [], [], [()], [score])
        return found.value[0, 0], found.se[0, 0], found.df[0, 0]

    return make
