import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.outlook.employers import Realised, blend, realised

NONE = np.zeros(5)
EXPECTED = np.array([100.0, 200, 50, 80, 40])


def test_expectations_that_come_true_but_for_sampling_have_no_bias_of_their_own():
    found = realised(EXPECTED, EXPECTED * 0.2, EXPECTED * 1.1, EXPECTED * 0.2)
    assert found == Realised(pytest.approx(0.1), 0.0, 5)


def test_what_sampling_does_not_explain_is_bias():
    """Everybody expected a fifth too much, without any sampling: τ² is 0.2² of what is expected."""
    found = realised(EXPECTED, NONE, EXPECTED * 0.8, NONE)
    assert found == Realised(pytest.approx(-0.2), pytest.approx(0.04), 5)


def test_a_bias_of_four_occupations_is_not_known():
    found = realised(EXPECTED[:4], NONE[:4], EXPECTED[:4], NONE[:4])

    assert isinstance(found, NotProducible)
    assert "not zero" in found.because.en
    assert blend(EXPECTED, NONE, EXPECTED, NONE, found) is found


def test_the_weights_are_those_of_the_variances():
    """V_m = 100, V_s = 60, τ² = 0.0004 x 100² = 4, so that w = 100/164."""
    known = Realised(0.0, 0.0004, 9)
    found = blend(
        np.array([100.0, 100, np.nan, np.nan, 5]),
        np.array([np.sqrt(60), np.sqrt(60), np.nan, np.nan, 0]),
        np.array([120.0, np.nan, 120, np.nan, 7]),
        np.array([10.0, np.nan, 10, np.nan, 0]),
        known,
    )

    w = 100 / 164
    assert found.weight[:3].tolist() == pytest.approx([w, 1, 0])
    assert found.value[:3].tolist() == pytest.approx([w * 100 + (1 - w) * 120, 100, 120])
    assert found.se[:3].tolist() == pytest.approx([np.sqrt(100 * 64 / 164), 8, 10])
    assert np.isnan([found.value[3], found.se[3], found.weight[3]]).all()


def test_two_numbers_without_error_or_bias_count_alike():
    one = np.array([4.0]), np.zeros(1)
    assert blend(*one, one[0] + 2, one[1], Realised(0, 0, 5)).value.tolist() == [5]


def test_a_number_without_error_is_refused():
    with pytest.raises(BadInput, match="1 numbers of the model"):
        blend(EXPECTED[:1], NONE[:1], EXPECTED[:1], np.array([np.nan]), Realised(0, 0, 5))
