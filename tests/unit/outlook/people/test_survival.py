"""A life table of closed form, and what no death rates are."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import survival, yearly_death
from cauce.outlook.people.survival import years_lived


def rates(m: float, intervals: int = 6) -> np.ndarray:
    return np.full((2, intervals), m)


def test_where_rates_are_the_same_at_all_ages_a_life_table_is_a_geometric_series():
    """q = 5m / (1 + 2.5m) in every band, so each ratio is 1 − q, and the open band's, too."""
    m = 0.02
    alive = 1 - 5 * m / (1 + 2.5 * m)
    found = survival(rates(m, 8))
    assert found[:, 2:-1] == pytest.approx(alive, rel=1e-12)
    assert found[:, -1] == pytest.approx(alive, rel=1e-12)
    assert (found[:, 0] > found[:, 2]).all()


def test_nobody_dies_where_the_rates_are_0_below_the_open_age():
    never = rates(0.0)
    never[:, -1] = 0.1
    assert years_lived(never)[:, :-1] == pytest.approx(5)
    assert years_lived(never)[:, -1] == pytest.approx(10)
    assert yearly_death(never)[:, :-1] == pytest.approx(0)


def test_infants_die_early_in_their_year_less_so_where_many_die():
    """West model: at m(0) = 0.01 those who die have lived 0.081 years (girls), 0.07184 (boys)."""
    few = rates(0.0)
    few[:, -1], few[:, 0] = 0.1, 0.01
    many = few.copy()
    many[:, 0] = 0.2
    q_girls, q_boys = 0.01 / (1 + 0.919 * 0.01), 0.01 / (1 + 0.92816 * 0.01)
    assert years_lived(few)[0, 0] == pytest.approx(1 - 0.919 * q_girls + 4 * (1 - q_girls))
    assert years_lived(few)[1, 0] == pytest.approx(1 - 0.92816 * q_boys + 4 * (1 - q_boys))
    q = 0.2 / (1 + 0.65 * 0.2)
    assert years_lived(many)[0, 0] == pytest.approx(1 - 0.65 * q + 4 * (1 - q))


def test_the_chance_to_die_within_a_year_of_the_first_band_is_of_infants_and_children():
    found = rates(0.01)
    found[:, 0] = 0.05
    chance = yearly_death(found)
    assert chance.shape == (2, 5)
    assert (chance[:, 0] > chance[:, 1]).all()
    assert chance[:, 1:] == pytest.approx(1 - np.exp(-0.01))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.zeros((1, 6)), "needed for both sexes"),
        (rates(-0.1), "below 0"),
        (rates(np.nan), "12 are missing"),
        (rates(0.0), "open band, so it has no end"),
        (rates(3.0), "more people would die"),
    ],
)
def test_what_is_no_life_table_is_refused(wrong, message):
    with pytest.raises(BadInput, match=message):
        survival(wrong)
