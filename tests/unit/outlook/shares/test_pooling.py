"""What other countries tell of a country's slopes, and when it goes its own way."""

import numpy as np
import pytest

from cauce.model.history import History
from cauce.outlook.shares import ShareForecast, forecast_shares, slopes

from .conftest import history

FIVE = np.array([5.0])


def drifting(rate: float, waves: int, sample: float) -> History:
    """One of three cells grows against the others at this rate a year."""
    grown = np.exp(rate * np.arange(waves))
    return history(np.column_stack([grown, np.ones(waves), np.ones(waves)]).tolist(), sample=sample)


def made(past: History, towards: np.ndarray | None = None) -> ShareForecast:
    found = forecast_shares(past, FIVE, towards=towards)
    assert isinstance(found, ShareForecast), found
    return found


def test_a_short_and_noisy_past_borrows_the_slope_of_a_neighbour_who_drifts_alike():
    """Three waves of 1,000 people cannot tell 4 % a year from noise; the neighbour's twelve can."""
    few = drifting(0.04, 3, 1_000)
    there = drifting(0.04, 12, 100_000)
    towards = slopes(few.cells, [(there.cells, made(there))])
    alone, taught = made(few), made(few, towards)

    # Against the two others, so that the log share grows by two thirds of 4 %.
    assert towards is not None
    assert towards[0] == pytest.approx(0.04 * 2 / 3, rel=0.25)
    assert alone.cells.now.slope[0] < taught.cells.now.slope[0] < 0.03
    assert (taught.cells.motion.lean == 1).any()


def test_a_country_that_goes_the_other_way_is_not_drawn_along():
    own = drifting(-0.08, 8, 100_000)
    there = drifting(0.08, 12, 100_000)
    taught = made(own, slopes(own.cells, [(there.cells, made(there))]))

    assert taught.log_share == pytest.approx(made(own).log_share, abs=0.02)


def test_the_surer_of_two_neighbours_counts_more_and_unknown_cells_tell_nothing():
    sure, unsure = drifting(0.05, 12, 1_000_000), drifting(-0.05, 4, 500)
    both = [(sure.cells, made(sure)), (unsure.cells, made(unsure))]
    found = slopes([("0",), ("9",)], both)

    assert found is not None
    assert found[0] > 0.02
    assert found[1] == 0


def test_without_any_slope_elsewhere_there_is_nothing_to_be_drawn_to():
    there = history([[20, 0], [20, 0], [20, 0], [20, 0]])
    found = made(there)

    assert slopes([("0",)], []) is None
    assert slopes([("5",)], [(there.cells, found)]) is None
    gone = history([[20, 30, 5]] + [[20, 30, float("nan")]] * 3)
    totals = history([[55.0]] * 4)
    told = forecast_shares(gone, FIVE, totals=totals)
    assert isinstance(told, ShareForecast)
    assert slopes([("2",)], [(gone.cells, told)]) is None
