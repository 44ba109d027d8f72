"""How numbers are written as codes."""

import pytest

from cauce.sources.codes import canonical


@pytest.mark.parametrize(
    ("value", "code"),
    [(1, "1"), (1.0, "1"), (-0.0, "0"), (1.5, "1.5"), (1e16, "10000000000000000")],
)
def test_a_whole_number_has_no_point(value, code):
    assert canonical(value) == code
