"""What each method would have said at each origin, beside what came."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.proving import as_known, trials

from .conftest import after, history, times

GROWING = history([[100, 10], [110, 10], [121, 10], [133.1, 10], [146.41, 10]])
AHEAD = np.array([1.0, 2.0])


def test_an_origin_knows_nothing_of_later_waves():
    known = as_known(GROWING)

    assert [one.years[-1] for one in known] == [2017, 2018, 2019]
    assert [len(one.value) for one in known] == [3, 4, 5]


def test_what_was_said_stands_beside_what_came():
    found = trials(as_known(GROWING), GROWING, {"same": times(1.0)}, AHEAD)

    assert found.origins.tolist() == [2017, 2018, 2019]
    np.testing.assert_allclose(found.value["same"][0], [[121, 10], [121, 10]])
    np.testing.assert_allclose(found.observed[0], [[133.1, 10], [146.41, 10]])
    np.testing.assert_allclose(found.observed[1], [[146.41, 10], [np.nan, np.nan]])
    assert np.isnan(found.observed[2]).all()


def test_the_noise_is_that_of_the_observed_logarithm():
    """A standard error of 10 % is a variance of 0.01; of a number without an error, nothing."""
    past = history([[10.0], [10], [10], [20]], se=[[1.0], [1], [1], [2]])
    found = trials(as_known(past), past, {"same": times(1.0)}, AHEAD[:1])

    assert found.noise[0, 0, 0] == pytest.approx(0.01)


def test_a_wave_half_a_year_off_is_forecast_at_its_own_distance():
    past = history([[1.0], [1], [1], [2]], years=[2010, 2012, 2015, 2017.5])
    found = trials(as_known(past), past, {"double": times(2.0)}, np.array([1.0, 3.0]))

    assert np.isnan(found.observed[0, 0, 0])
    assert found.observed[0, 1, 0] == 2
    assert found.value["double"][0, :, 0] == pytest.approx([2, 2**2.5])


def test_a_hole_of_five_years_leaves_no_outcome():
    past = history([[1.0], [1], [1], [2]], years=[2010, 2011, 2012, 2018])
    found = trials(as_known(past), past, {"same": times(1.0)}, AHEAD)

    assert np.isnan(found.observed).all()


def test_a_wave_of_another_classification_is_no_outcome():
    past = history([[1.0]] * 5, standards=("88", "88", "88", "08", "08"))
    found = trials(as_known(past), past, {"same": times(1.0)}, AHEAD[:1])

    assert np.isnan(found.observed[0]).all()
    assert found.observed[1, 0, 0] == 1


def test_years_that_are_left_out_are_neither_origin_nor_outcome():
    found = trials(as_known(GROWING), GROWING, {"same": times(1.0)}, AHEAD, leave_out=(2018.0,))

    assert found.origins.tolist() == [2017, 2019]
    assert np.isnan(found.observed[0, 0]).all()
    assert found.observed[0, 1, 0] == pytest.approx(146.41)


def test_a_method_that_declines_says_nothing_at_that_origin():
    methods = {"same": times(1.0), "late": after(4, times(1.0))}
    found = trials(as_known(GROWING), GROWING, methods, AHEAD)

    assert np.isnan(found.value["late"][0]).all()
    assert found.value["late"][1, 0, 0] == pytest.approx(133.1)


def test_in_a_year_only_what_had_come_is_known():
    found = trials(as_known(GROWING), GROWING, {"same": times(1.0)}, AHEAD).until(2018)

    assert found.observed[0, 0, 0] == pytest.approx(133.1)
    assert np.isnan(found.observed[0, 1]).all()
    assert np.isnan(found.observed[1:]).all()


def test_an_outcome_is_not_known_before_its_wave():
    """Two years after 2015 is a wave of mid 2017, which nobody had at the beginning of 2017."""
    past = history([[1.0]] * 4, years=[2013, 2014, 2015, 2017.4])
    found = trials(as_known(past), past, {"same": times(1.0)}, np.array([2.0]))

    assert np.isnan(found.until(2017).observed).all()
    assert found.until(2017.4).observed[0, 0, 0] == 1


def test_nothing_to_test_is_said():
    with pytest.raises(BadInput, match="one origin"):
        trials((), GROWING, {"same": times(1.0)}, AHEAD)
    with pytest.raises(BadInput, match="one method"):
        trials(as_known(GROWING), GROWING, {}, AHEAD)
    with pytest.raises(BadInput, match="same cells"):
        trials(as_known(GROWING), history([[1.0]] * 3), {"same": times(1.0)}, AHEAD)
