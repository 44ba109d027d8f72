"""The rules that cost nothing, by hand."""

import numpy as np
import pytest

from cauce.model.arrays import Floats
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.outlook.shares import (
    NAIVE,
    constant_share,
    damped_drift,
    drift,
    level_trend,
    log_trend,
    mean_share,
    no_change,
    shrunk_slope,
)

from .conftest import history

NAN = float("nan")
AHEAD = np.array([1.0, 2.0])


def values(method: Method, past: History) -> Floats:
    found = method(past, AHEAD)
    assert isinstance(found, Forecast), found
    return found.value


def test_no_change_says_the_last_number_again():
    assert values(no_change, history([[10, 90], [20, 80]])).tolist() == [[20, 80], [20, 80]]


def test_drift_goes_on_as_from_the_first_to_the_last():
    """10 to 40 in two waves is a doubling a wave."""
    assert values(drift, history([[10, 5], [30, 5], [40, 5]])) == pytest.approx(
        np.array([[80, 5], [160, 5]])
    )


def test_damped_drift_fades():
    """ln 2 a year, then .85 of it."""
    assert values(damped_drift, history([[10, 5], [20, 5]]))[:, 0] == pytest.approx(
        [40, 40 * 2**0.85]
    )


def test_the_mean_share_of_three_waves_of_a_total_that_drifts():
    """Shares 1/4, 1/2, 3/4: a half; the total doubles."""
    past = history([[10, 30], [40, 40], [120, 40]])

    assert values(mean_share, past) == pytest.approx(np.array([[160, 160], [320, 320]]))
    assert values(constant_share, past) == pytest.approx(np.array([[240, 80], [480, 160]]))


def test_the_level_trend_is_least_squares_on_ten_years():
    early = [[500.0, 1.0]] * 3
    line = [[10.0 + 2 * year, 1.0] for year in range(10)]

    assert values(level_trend, history(early + line))[:, 0] == pytest.approx([30, 32])


def test_a_level_that_falls_below_nobody_is_nobody():
    assert values(level_trend, history([[30, 9], [20, 9], [10, 9]]))[:, 0].tolist() == [0, 0]


def test_the_log_trend_is_least_squares_of_logarithms():
    assert values(log_trend, history([[10, 5], [20, 5], [40, 5]]))[:, 0] == pytest.approx([80, 160])


def test_a_shrunk_slope_stays_between_constant_shares_and_the_trend():
    past = history([[10, 90], [12, 88], [13, 87], [16, 84], [17, 83]])

    share = values(shrunk_slope, past)[0, 0] / values(shrunk_slope, past)[0].sum()

    assert (13 + 16 + 17) / 300 < share < 0.2
    assert values(shrunk_slope, history([[NAN, 90], [12, 88], [NAN, 87]]))[0, 1] > 0


def test_what_the_last_wave_lacks_goes_on_from_its_own_last():
    """20 a wave ago doubled each wave: 40 now, 80 next."""
    past = history([[10, 50], [20, 50], [NAN, 50]])

    assert values(drift, past)[:, 0] == pytest.approx([80, 160])


def test_what_three_waves_lack_is_not_forecast():
    past = history([[10, 50], [NAN, 50], [NAN, 50], [NAN, 50]])

    assert np.isnan(values(drift, past)[:, 0]).all()


def test_nobody_stays_nobody_and_has_no_spread():
    found = drift(history([[10, 50], [5, 50], [0, 50]]), AHEAD)

    assert isinstance(found, Forecast)
    assert found.value[:, 0].tolist() == [0, 0]
    assert found.variance[:, 0].tolist() == [0, 0]
    assert values(log_trend, history([[10, 50], [5, 50], [0, 50]]))[:, 0].tolist() == [0, 0]


def test_the_spread_is_that_of_a_walk_with_the_steps_seen():
    """ln 2 and 0 in two years: mean square (ln 2)² / 2 a year."""
    found = no_change(history([[10, 5], [20, 5], [20, 5]]), AHEAD)

    assert isinstance(found, Forecast)
    assert found.variance[:, 0] == pytest.approx(np.log(2) ** 2 / 2 * AHEAD)


def test_a_rule_looks_at_no_wave_of_another_classification():
    past = history([[90, 10], [20, 80], [20, 80]], standards=["88", "08", "08"])

    assert values(drift, past) == pytest.approx(np.array([[20, 80]] * 2))


@pytest.mark.parametrize("name", [name for name in NAIVE if name != "no_change"])
def test_one_wave_is_too_few_for_all_but_no_change(name: str):
    assert isinstance(NAIVE[name](history([[20.0, 80.0]]), AHEAD), NotProducible)


def test_rules_of_shares_need_a_cell_that_every_wave_has():
    past = history([[NAN, 30], [20, NAN], [20, 30]])

    assert isinstance(mean_share(past, AHEAD), NotProducible)
