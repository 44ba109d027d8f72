"""A history becomes logarithms of shares with their noise, and nothing missing is filled."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.outlook.shares.series import ZERO_LOG, ZERO_VARIANCE, Series, series
from cauce.outlook.shares.settings import SETTINGS, Settings

from .conftest import history

NAN = float("nan")
THREE = [[20.0, 30.0, 50.0]] * 3


def made(found: Series | NotProducible) -> Series:
    assert isinstance(found, Series), found
    return found


def refused(found: Series | NotProducible) -> str:
    assert isinstance(found, NotProducible)
    assert found.because.es
    return found.because.en


def test_the_noise_of_a_log_share_is_its_squared_relative_error():
    """p = .2 of 10,000: (1 − .2) / (.2 × 10,000) = .0004."""
    found = made(series(history(THREE), None, SETTINGS))

    assert found.log[0, 0] == pytest.approx(np.log(0.2))
    assert found.noise[0, 0] == pytest.approx(0.0004)
    assert found.years.tolist() == [-2, -1, 0]


def test_a_share_of_a_published_total_has_the_error_that_is_its_own():
    """Number: .0005; total: .0001; share: the difference. A share of one sample can be no better
    than drawing (1 − p) of the number's."""
    past = replace(history(THREE), se=np.array(THREE) * 0.0005**0.5)
    total = replace(history([[100.0]] * 3), se=np.full((3, 1), 100 * 0.0001**0.5))

    found = made(series(past, total, SETTINGS))

    assert found.noise[:, 0] == pytest.approx([0.0004, 0.0004, 0.0004])
    worse = replace(total, se=total.se * 10)
    assert made(series(past, worse, SETTINGS)).noise[2, 0] == pytest.approx(0.00025)


def test_where_no_error_is_published_respondents_tell_it():
    """A tenth of 1,000 respondents: variance deff / 100."""
    past = replace(history(THREE), se=np.full((3, 3), NAN), n=np.full((3, 3), 100, np.int32))

    assert made(series(past, None, SETTINGS)).noise[0, 0] == pytest.approx(1.5 / 100)


def test_without_errors_and_respondents_nothing_is_said():
    past = replace(history(THREE), se=np.full((3, 3), NAN), n=np.full((3, 3), -1, np.int32))

    assert "noise of the shares is unknown" in refused(series(past, None, SETTINGS))


def test_a_withheld_cell_is_missing_and_moves_no_other():
    """Cell 2 is withheld in one wave: cells are compared with those that every wave has."""
    found = made(series(history([[20, 30, 50], [20, 30, NAN], [20, 30, 50]]), None, SETTINGS))

    assert found.seen[2].tolist() == [True, False, True]
    assert found.log[0].tolist() == [np.log(20 / 50)] * 3
    assert found.whole.tolist() == [True, True, False]


def test_cells_that_are_never_all_there_need_a_total():
    crossed = history([[NAN, 30], [20, NAN], [20, 30]])
    rare = history([[1, 30, 50], [1, NAN, 50], [1, 30, NAN]])

    assert "no total was given" in refused(series(crossed, None, SETTINGS))
    assert "no total was given" in refused(series(rare, None, SETTINGS))
    assert made(series(crossed, history([[50.0]] * 3), SETTINGS)).log[1, 0] == np.log(0.6)


def test_cells_that_do_not_add_up_need_a_total():
    assert "do not add up" in refused(series(history(THREE, complete=False), None, SETTINGS))


def test_two_waves_are_too_few_and_the_answer_says_which_there_are():
    assert refused(series(history(THREE[:2]), None, SETTINGS)).endswith("there are 2 (2010, 2011).")
    empty = history([[NAN] * 3] * 3)
    assert refused(series(empty, None, SETTINGS)).endswith("there are 0 (none).")


def test_a_wave_that_is_left_out_or_whose_total_is_unknown_is_not_learnt_from():
    past = history([[20.0, 30.0, 50.0]] * 4)
    total = history([[100.0], [NAN], [100.0], [100.0]])

    found = made(series(past, total, SETTINGS))

    assert found.seen[0].tolist() == [True, False, True, True]
    assert "2012, 2013" in refused(series(past, total, Settings(leave_out=(2010,))))


def test_a_wave_without_anybody_is_no_wave():
    past = history([*THREE, [1.0, 1.0, 1.0]])
    empty = replace(past, value=past.value * [[1], [1], [1], [0]])

    assert made(series(empty, None, SETTINGS)).seen[0].tolist() == [True, True, True, False]


def test_nobody_found_is_a_small_share_and_not_none():
    """Of 10,000, nobody: the logarithm of a Poisson mean of which 0 were drawn, over 10,000."""
    found = made(
        series(history([[20, 80, 0], [20, 79, 1], [20, 79, 1]], sample=50), None, SETTINGS)
    )

    assert found.log[2, 0] == pytest.approx(ZERO_LOG - np.log(50))
    assert found.noise[2, 0] == ZERO_VARIANCE
    assert not found.never.any()


def test_nobody_among_those_counted_is_less_than_one_of_them():
    register = replace(history([[20, 80, 0]] * 3), se=np.zeros((3, 3)))

    found = made(series(register, None, SETTINGS))

    assert found.log[2, 0] == pytest.approx(ZERO_LOG - np.log(100))
    assert found.never.tolist() == [False, False, True]
    assert found.noise[0, 0] == 1e-6


def test_a_cell_that_the_last_three_waves_lack_is_gone():
    past = history([[20, 80, 5], [20, 80, NAN], [20, 80, NAN], [20, 80, NAN]])

    assert made(series(past, None, SETTINGS)).gone.tolist() == [False, False, True]
    assert not made(series(past, None, Settings(recent=4))).gone.any()


def test_waves_of_each_other_classification_are_marked():
    past = history([[20.0, 80.0]] * 4, standards=["88", "08", "88", "08"])

    assert made(series(past, None, SETTINGS)).changes.tolist() == [[1], [0], [1], [0]]


def test_a_history_that_is_none_is_refused():
    past = history(THREE)
    with pytest.raises(BadInput, match="ascend"):
        series(replace(past, years=past.years[::-1]), None, SETTINGS)
    with pytest.raises(BadInput, match="3 values of a history are below 0"):
        series(replace(past, value=past.value * [[-1], [1], [1]]), None, SETTINGS)
    with pytest.raises(BadInput, match="3 standard errors"):
        series(replace(past, se=past.se * [[-1], [1], [1]]), None, SETTINGS)
    with pytest.raises(BadInput, match="own years"):
        series(past, history([[100.0]] * 3, years=[1, 2, 3]), SETTINGS)
    with pytest.raises(BadInput, match="own years"):
        series(past, history(THREE), SETTINGS)
    with pytest.raises(BadInput, match="1 numbers of a history are above the total"):
        series(past, history([[100.0], [100.0], [49.0]]), SETTINGS)
