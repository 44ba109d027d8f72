"""The quantiles of Student's t (tests/golden compares them with R)."""

import math

import numpy as np
import pytest

from cauce.estimate import student


def test_few_degrees_of_freedom_have_closed_forms():
    assert student.t_975(np.array([1, 2])).tolist() == pytest.approx(
        [12.706204736174694, 4.302652729749462], rel=1e-14
    )


def test_no_degrees_of_freedom_have_no_quantile():
    assert np.isnan(student.t_975(np.array([[0, -1]]))).all()


@pytest.mark.usefixtures("uncompiled")
@pytest.mark.parametrize("df", [1, 2, 3, 7, 30, 400, 1000, 1001])
def test_the_quantile_leaves_a_fortieth_above(df):
    t = student.quantile_975(df)

    assert student.upper_tail(t, df) == pytest.approx(0.025, rel=1e-11)


@pytest.mark.usefixtures("uncompiled")
def test_half_lies_above_nearly_nothing():
    assert student.upper_tail(1e-9, 5) == pytest.approx(0.5, rel=1e-8)


def test_compiled_and_uncompiled_agree(request):
    df = np.array([1, 2, 3, 5, 17, 999, 1001])
    compiled = student.t_975(df)
    request.getfixturevalue("uncompiled")

    assert student.t_975(df) == pytest.approx(compiled, rel=1e-13)
    assert math.isfinite(compiled.sum())
