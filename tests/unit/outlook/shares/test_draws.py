"""Draws agree with the forecast they are of, and chance belongs to a cell by its name."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.history import History
from cauce.outlook.shares import ShareForecast, draw_shares, forecast_shares

from .conftest import history

AHEAD = np.array([1.0, 3.0, 5.0])
PAST = history([[20, 30, 50], [21, 31, 48], [22, 29, 49], [23, 30, 47]], sample=2_000)
NAMES = ("a", "b", "c")


def made(past: History = PAST, totals: History | None = None) -> ShareForecast:
    found = forecast_shares(past, AHEAD, totals=totals)
    assert isinstance(found, ShareForecast)
    return found


def test_draws_have_the_middle_and_the_spread_of_the_forecast():
    found = made()
    drawn = draw_shares(found, NAMES, seed=7, draws=20_000)

    assert drawn.value.shape == (20_000, 3, 3)
    assert np.median(drawn.value, axis=0) == pytest.approx(found.forecast().value, rel=0.03)
    wide = np.log(drawn.total).var(axis=0)
    assert wide == pytest.approx(found.total.variance[:, 0], rel=0.05)


def test_every_draw_adds_up():
    drawn = draw_shares(made(), NAMES, seed=7, draws=50)

    assert drawn.share.sum(axis=2) == pytest.approx(1)
    assert drawn.value.sum(axis=2) == pytest.approx(drawn.total)


def test_more_draws_leave_the_first_as_they_were():
    few, many = (draw_shares(made(), NAMES, 7, draws).value for draws in (10, 30))

    assert many[:10] == pytest.approx(few)


def test_the_order_of_cells_changes_nothing():
    turned = replace(PAST, value=PAST.value[:, ::-1], se=PAST.se[:, ::-1], n=PAST.n[:, ::-1])

    one = draw_shares(made(), NAMES, 7, 20).value
    other = draw_shares(made(turned), NAMES[::-1], 7, 20).value

    assert other[:, :, ::-1] == pytest.approx(one)


def test_a_stretch_widens_the_spread_and_keeps_the_middle():
    plain = np.log(draw_shares(made(), NAMES, 7, 500).total)
    wide = np.log(draw_shares(made(), NAMES, 7, 500, np.array([[2.0], [1.0], [3.0]])).total)

    assert wide.std(axis=0) / plain.std(axis=0) == pytest.approx([2, 1, 3])


def test_what_cannot_be_forecast_is_drawn_as_missing_and_what_never_was_as_none():
    nan = float("nan")
    past = history([[20, 70, 10, 0], [20, 70, nan, 0], [20, 70, nan, 0], [20, 70, nan, 0]])

    drawn = draw_shares(made(past, history([[100.0]] * 4)), ("a", "b", "c", "d"), 7, 10)

    assert np.isnan(drawn.share[:, :, 2]).all()
    assert (drawn.share[:, :, 3] == 0).all()
    assert drawn.share[:, :, :2].sum(axis=2) == pytest.approx(0.9)


def test_cells_beside_a_total_are_drawn_without_closing_them():
    past = history([[20.0, 30.0]] * 4, complete=False)

    drawn = draw_shares(made(past, history([[100.0]] * 4)), ("a", "b"), 7, 10)

    assert np.ptp(drawn.share.sum(axis=2)) > 0


def test_a_country_has_one_chance_for_its_total_and_another_than_its_neighbours():
    sectors = forecast_shares(history([[60, 40]] * 4), AHEAD, totals=history([[100.0]] * 4))
    jobs = forecast_shares(history([[20, 30, 50]] * 4), AHEAD, totals=history([[100.0]] * 4))
    assert isinstance(sectors, ShareForecast)
    assert isinstance(jobs, ShareForecast)

    one = draw_shares(sectors, ("A", "B"), 7, 10, where="CRI").total
    other = draw_shares(jobs, NAMES, 7, 10, where="CRI").total

    assert other == pytest.approx(one)
    assert draw_shares(jobs, NAMES, 7, 10, where="PAN").total != pytest.approx(one)
