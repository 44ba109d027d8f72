"""What holds of a forecast of shares whatever the history."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cauce.model.arrays import Floats
from cauce.model.history import History
from cauce.outlook.shares import NAIVE, ShareForecast, draw_shares, forecast_shares

AHEAD = np.array([1.0, 2.5, 5.0])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Three to nine waves of two to six cells, some withheld, in one or two classifications."""
    waves, cells = draw(st.integers(3, 9)), draw(st.integers(2, 6))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    value = np.exp(rng.normal(3, 1, cells) + rng.normal(0, 0.1, (waves, cells)))
    hidden = rng.random((waves, cells)) < draw(st.sampled_from([0.0, 0.2]))
    hidden[:, :1] = False
    value[:, 0] += value[:, 1:].sum(axis=1)
    value[hidden] = np.nan
    years = 2000 + np.cumsum(rng.integers(1, 6, waves)).astype(float)
    broken = draw(st.sampled_from([0, 1]))
    return History(
        ("OCU",), tuple((f"c{one}",) for one in range(cells)), years, value, 0.05 * value,
        np.where(hidden, -1, 400).astype(np.int32), ("88",) * broken + ("08",) * (waves - broken),
    )  # fmt: skip


def made(past: History) -> ShareForecast:
    found = forecast_shares(past, AHEAD)
    assume(isinstance(found, ShareForecast))
    assert isinstance(found, ShareForecast)
    return found


def turned(past: History, order: Floats) -> History:
    return replace(
        past, cells=tuple(past.cells[one] for one in order), value=past.value[:, order],
        se=past.se[:, order], n=past.n[:, order],
    )  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(histories())
def test_shares_of_what_makes_up_the_whole_add_up(past: History) -> None:
    found = made(past)

    assert np.exp(found.log_share[:, found.whole]).sum(axis=1) == pytest.approx(found.target)
    known = ~found.gone
    assert (np.diff(found.variance[:, known], axis=0) > 0).all()


@settings(max_examples=15, deadline=None)
@given(histories(), st.integers(0, 100))
def test_the_order_of_cells_does_not_matter(past: History, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(past.cells))

    one, other = made(past).forecast(), made(turned(past, order)).forecast()

    assert other.value == pytest.approx(one.value[:, order], nan_ok=True)
    assert other.variance == pytest.approx(one.variance[:, order], nan_ok=True)


@settings(max_examples=15, deadline=None)
@given(histories(), st.floats(0.01, 1000))
def test_shares_do_not_care_about_the_unit(past: History, factor: float) -> None:
    scaled = replace(past, value=past.value * factor, se=past.se * factor)

    assert made(scaled).log_share == pytest.approx(made(past).log_share, nan_ok=True)


@settings(max_examples=15, deadline=None)
@given(histories())
def test_a_constant_history_forecasts_itself_by_every_method(past: History) -> None:
    first = np.where(np.isfinite(past.value[-1]), past.value[-1], 1.0)
    constant = replace(
        past, value=np.tile(first, (len(past.years), 1)), se=np.full(past.se.shape, 0.1),
        standards=("08",) * len(past.years),
    )  # fmt: skip
    expected = pytest.approx(np.tile(first, (3, 1)))

    assert made(constant).forecast().value == expected
    for name, method in NAIVE.items():
        assert method(constant, AHEAD).value == expected, name  # type: ignore[union-attr]  # three waves and more


@settings(max_examples=10, deadline=None)
@given(histories(), st.integers(1, 20))
def test_more_draws_change_none_of_the_first(past: History, few: int) -> None:
    found, names = made(past), tuple(one[0] for one in past.cells)

    some = draw_shares(found, names, 7, few).value
    more = draw_shares(found, names, 7, 2 * few).value

    assert more[:few] == pytest.approx(some, nan_ok=True)
