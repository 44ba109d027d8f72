"""Whether 8 in 10 of "80 %" came true."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.proving import flag_score


def test_the_brier_score_by_hand():
    """0.9 came, 0.8 came, 0.1 did not, 1 did not: (0.01 + 0.04 + 0.01 + 1) / 4."""
    found = flag_score(np.array([0.9, 0.8, 0.1, 1.0]), np.array([True, True, False, False]))

    assert found.brier == pytest.approx(0.265)
    assert found.base_rate == 0.5
    assert found.skill == pytest.approx(1 - 0.265 / 0.25)
    assert found.count == (1, 0, 0, 0, 3)
    assert found.said[4] == pytest.approx(0.9)
    assert found.came[4] == pytest.approx(2 / 3)
    assert np.isnan(found.said[1])


def test_where_everything_came_there_is_no_skill_to_speak_of():
    assert np.isnan(flag_score(np.array([0.9]), np.array([True])).skill)


@pytest.mark.parametrize(
    ("said", "came"), [([], []), ([0.5], []), ([1.1], [True]), ([np.nan], [True])]
)
def test_what_is_no_probability_is_refused(said, came):
    with pytest.raises(BadInput, match="probabilities"):
        flag_score(np.array(said), np.array(came, dtype=bool))
