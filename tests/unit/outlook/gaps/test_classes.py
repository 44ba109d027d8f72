"""Only what the draws support, by a threshold that may be set."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.gaps import Threshold, classify


def test_a_threshold_of_ones_own_makes_another_class():
    relative = np.full((4, 1, 1), 0.02)

    assert classify(relative, Threshold(0.01, 1.0)).code[0, 0] == "SHORTAGE"
    assert classify(relative, Threshold(0.05, 1.0)).code[0, 0] == "NO_CONCLUSION"


@pytest.mark.parametrize(
    "threshold",
    [Threshold(-0.1), Threshold(years=0), Threshold(certainty=0.5), Threshold(certainty=1.1)],
)
def test_a_threshold_by_which_a_post_could_be_both_is_refused(threshold):
    with pytest.raises(BadInput, match="a certainty above"):
        classify(np.zeros((1, 1, 1)), threshold)
