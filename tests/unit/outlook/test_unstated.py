"""Those who did not say are spread if they are few in every wave, and told apart if not."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.outlook.unstated import spread_unstated

NAN = float("nan")


def history(value: list[list[float]], codes: str = "12X") -> History:
    numbers = np.array(value)
    return History(
        ("OCU",),
        tuple((code,) for code in codes),
        np.arange(2010.0, 2010 + len(value)),
        numbers,
        numbers / 10,
        np.full(numbers.shape, 30, np.int32),
        ("08",) * len(value),
    )


def test_few_are_spread_in_proportion_and_everybody_is_kept():
    """4 of 100: the others grow by 100/96, and their errors with them."""
    found = spread_unstated(history([[72.0, 24.0, 4.0], [50.0, 50.0, 0.0]]), "X")

    assert found.history.cells == (("1",), ("2",))
    assert found.history.value == pytest.approx(np.array([[75, 25], [50, 50]]))
    assert found.history.se[0] == pytest.approx([7.5, 2.5])
    assert "at most 4.0% of a wave" in found.said.en


def test_from_five_percent_on_they_stay_apart_in_every_wave():
    past = history([[72.0, 24.0, 4.0], [70.0, 25.0, 5.0]])

    found = spread_unstated(past, "X")

    assert found.history is past
    assert "up to 5.0% of a wave" in found.said.en
    assert "5.0 % de una ronda" in found.said.es


def test_where_their_share_is_not_known_they_stay_apart():
    withheld = history([[72.0, NAN, 4.0]])
    partly = replace(history([[72.0, 24.0, 4.0]]), complete=False)

    for past in (withheld, partly):
        found = spread_unstated(past, "X")
        assert found.history is past
        assert "share is not known" in found.said.en


def test_a_published_total_tells_their_share_where_another_cell_is_withheld():
    """4 of 100 did not say, and one of the others is withheld: it stays so."""
    found = spread_unstated(history([[72.0, NAN, 4.0]]), "X", totals=np.array([100.0]))

    assert found.history.cells == (("1",), ("2",))
    assert found.history.value[0, 0] == pytest.approx(75)
    assert np.isnan(found.history.value[0, 1])


def test_a_wave_without_any_number_asks_nothing():
    found = spread_unstated(history([[NAN, NAN, NAN], [72.0, 24.0, 4.0]]), "X")

    assert len(found.history.cells) == 2
    assert np.isnan(found.history.value[0]).all()


def test_where_everybody_said_nothing_changes():
    past = history([[72.0, 24.0, 4.0]], "123")

    assert spread_unstated(past, "X").history is past


def test_only_one_dimension_at_a_time_is_spread():
    past = replace(history([[1.0, 2.0, 3.0]]), dimensions=("OCU", "SEX"))

    with pytest.raises(BadInput, match="one dimension"):
        spread_unstated(past, "X")
