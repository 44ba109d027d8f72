"""What the filter says of histories whose future is known, or should not be."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.forecast import Forecast
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.outlook.shares import ShareForecast, filtered, forecast_shares
from cauce.outlook.shares.assumptions import assumptions
from cauce.outlook.shares.forecast import reach
from cauce.outlook.shares.settings import SETTINGS, Settings

from .conftest import history

NAN = float("nan")
AHEAD = np.array([1.0, 3.0, 5.0])


def made(past: History, totals: History | None = None) -> ShareForecast:
    found = forecast_shares(past, AHEAD, SETTINGS, totals)
    assert isinstance(found, ShareForecast), found
    return found


def growing(rate: float, waves: int, sample: float = 1e6) -> History:
    """One of three equal cells grows against the others at this rate."""
    grown = np.exp(rate * np.arange(waves))
    return history(np.column_stack([grown, np.ones(waves), np.ones(waves)]).tolist(), sample=sample)


def test_a_constant_history_forecasts_itself():
    found = made(history([[20.0, 30.0, 50.0]] * 5)).forecast()

    assert found.value == pytest.approx(np.tile([20.0, 30.0, 50.0], (3, 1)))
    assert (np.diff(found.variance, axis=0) > 0).all()


def test_a_trend_goes_on_and_fades():
    """4 % a year for a dozen waves: five years on, it grew by Σ .85ʲ⁻¹ = 3.71 years' worth."""
    found = made(growing(0.04, 12))

    lead = np.diff(found.log_share[:, [1, 0]], axis=1)[:, 0] - 0.04 * 11
    assert lead == pytest.approx(0.04 * reach(AHEAD, 0.85), rel=0.02)
    assert reach(AHEAD, 0.85)[2] == pytest.approx(1 + 0.85 + 0.85**2 + 0.85**3 + 0.85**4)
    assert reach(AHEAD, 1.0).tolist() == AHEAD.tolist()


def test_a_trend_that_noise_explains_is_hardly_one():
    found = made(history([[20, 80], [21, 79], [19, 81], [22, 78], [21, 79]], sample=400))

    assert np.abs(found.cells.now.slope[0]) < np.abs(found.cells.alone.slope[0]) / 5


def test_three_waves_with_holes_of_five_years_count_their_years():
    """The same changes in five years as in one: levels wander less a year."""
    values = [[20.0, 80.0], [24.0, 76.0], [21.0, 79.0]]
    near = made(history(values, years=[2013, 2014, 2015])).cells.motion
    far = made(history(values, years=[2005, 2010, 2015])).cells.motion

    assert far.weight @ far.q < near.weight @ near.q / 2


def test_a_new_classification_breaks_the_level_and_not_the_trend():
    """All of the last wave, and nothing of the jump of a half before it, is in the level."""
    past = growing(0.04, 9)
    jumped = past.value * np.where(np.arange(9) < 8, [[1.5], [1.0], [1.0]], 1.0).T
    broken = replace(past, value=jumped, standards=("88",) * 8 + ("08",))

    found, whole = made(broken), made(past)

    assert found.cells.now.level == pytest.approx(whole.cells.now.level, abs=0.01)
    assert found.cells.now.slope[0] == pytest.approx(whole.cells.now.slope[0], rel=0.5)
    assert (found.cells.now.level_variance > whole.cells.now.level_variance).all()


def test_a_series_that_goes_back_to_its_old_classification_uses_its_old_waves():
    values = [[20.0, 80.0], [20.0, 80.0], [40.0, 60.0], [20.0, 80.0]]
    back = made(history(values, standards=["88", "88", "08", "88"]))
    alone = made(history([values[0], values[1], values[3]], years=[2010, 2011, 2013]))

    assert back.cells.now.level == pytest.approx(alone.cells.now.level, abs=1e-9)


def test_waves_of_which_no_two_share_a_classification_teach_nothing():
    past = history([[20.0, 80.0]] * 3, standards=["68", "88", "08"])

    said = forecast_shares(past, AHEAD)

    assert isinstance(said, NotProducible)
    assert "two waves of one classification" in said.because.en


def test_a_region_that_vanished_is_not_forecast_and_leaves_its_share():
    """With a published total, the others keep the nine tenths that they hold."""
    past = history([[20, 70, 10], [20, 70, NAN], [20, 70, NAN], [20, 70, NAN]])
    total = history([[100.0]] * 4)

    found = made(past, total)

    assert found.gone.tolist() == [False, False, True]
    assert np.isnan(found.forecast().value[:, 2]).all()
    assert found.target == pytest.approx(0.9)
    assert found.forecast().value[0, :2] == pytest.approx([20, 70])


def test_a_region_that_appears_is_forecast_from_what_there_is():
    found = made(history([[20, 80, NAN], [20, 80, NAN], [20, 80, NAN], [20, 80, 10]]))

    assert found.forecast().value[0] == pytest.approx([20, 80, 10])
    assert found.variance[0, 2] > 2 * found.variance[0, 0]


def test_a_cell_not_seen_since_the_classification_changed_has_no_level():
    past = history([[20, 75, 5], [20, 75, 5], [20, 75, NAN]], standards=["88", "88", "08"])

    assert made(past, history([[100.0]] * 3)).gone.tolist() == [False, False, True]


def test_nobody_ever_stays_nobody():
    found = made(history([[20.0, 80.0, 0.0]] * 4)).forecast()

    assert found.value[:, 2].tolist() == [0, 0, 0]
    assert found.variance[:, 2].tolist() == [0, 0, 0]
    assert found.value[0, :2] == pytest.approx([20, 80])


def test_cells_that_do_not_add_up_are_forecast_beside_a_total_and_not_closed():
    past = history([[20.0, 30.0]] * 4, complete=False)

    found = made(past, history([[100.0]] * 4))

    assert not found.closed
    assert np.exp(found.log_share).sum(axis=1) == pytest.approx(0.5)


def test_the_total_moves_along_its_own_damped_drift():
    past = growing(0.0, 10)
    risen = replace(past, value=past.value * 1.03 ** np.arange(10)[:, None])

    found = made(risen).forecast().value.sum(axis=1) / risen.value[-1].sum()

    assert 1.01 < found[0] < 1.03
    assert found[2] > found[0]


def test_the_filter_is_a_method_among_others():
    assert isinstance(filtered(growing(0.0, 4), AHEAD), Forecast)
    assert isinstance(filtered(growing(0.0, 2), AHEAD), NotProducible)


@pytest.mark.parametrize("wrong", [[], [0.0, 1.0], [2.0, 1.0]])
def test_horizons_ascend_from_above_zero(wrong: list[float]):
    with pytest.raises(BadInput, match="above 0 and ascending"):
        forecast_shares(growing(0.0, 4), np.array(wrong))


def test_what_is_assumed_is_said_in_both_languages():
    said = assumptions(Settings(leave_out=(2020, 2021)))

    assert "85 %" in said[0].en
    assert said[-1].es == "Nada se aprende de las rondas de 2020, 2021."
    assert len(assumptions(SETTINGS)) == len(said) - 1
