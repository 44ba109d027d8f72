"""Who has to be replaced, by hand and by cause."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.leaving import at_start, leaving, replacement

EMPLOYED = np.array([[[100.0, 0.0], [300.0, 50.0]]])
DEATHS = np.array([[0.0, 0.1]])
EXITS = np.array([[[0.1, 0.5], [0.2, 0.2]]])
AWAY = np.array([[0.05, 0.0]])


def test_rates_by_cause_by_hand():
    """Deaths 0.1 × 300 of 400; exits 0.1 × 100 and 0.9 × 0.2 × 300; emigration 0.05 × 100."""
    found = leaving(EMPLOYED, DEATHS, EXITS, AWAY)
    assert found.deaths == pytest.approx([30 / 400, 0.1])
    assert found.exits == pytest.approx([64 / 400, 0.18])
    assert found.emigration == pytest.approx([5 / 400, 0])
    assert found.total == pytest.approx([99 / 400, 0.28])


def test_exits_may_be_draws_and_emigration_of_each_occupation():
    drawn = np.stack([EXITS, EXITS / 2])
    found = leaving(EMPLOYED, DEATHS, drawn, np.zeros_like(EXITS))
    assert found.exits.shape == found.deaths.shape == found.total.shape == (2, 2)
    assert found.exits[1] == pytest.approx(found.exits[0] / 2)


def test_where_nobody_works_a_chance_nobody_knows_says_nothing():
    exits = EXITS.copy()
    exits[0, 0, 1] = np.nan
    assert leaving(EMPLOYED, DEATHS, exits, AWAY).total[1] == pytest.approx(0.28)
    nobody = leaving(EMPLOYED * 0, DEATHS, EXITS, AWAY)
    assert np.isnan(nobody.total).all()


def test_a_withheld_cell_withholds_the_rates_of_its_occupation_alone():
    employed = EMPLOYED.copy()
    employed[0, 0, 0] = np.nan
    found = leaving(employed, DEATHS, EXITS, AWAY).total
    assert np.isnan(found).tolist() == [True, False]


def test_each_years_workers_leave_and_are_added_up():
    """10 % of 100, of 120 and of 150: 10, 22, 37."""
    start = at_start(np.array([100.0]), np.array([[[120.0], [150.0], [999.0]]]))
    assert start.tolist() == [[[100], [120], [150]]]
    assert replacement(np.array([0.1]), start).tolist() == [[[10], [22], [37]]]
    with pytest.raises(BadInput, match="not of the same draws"):
        replacement(np.array([0.1, 0.2]), start)
    with pytest.raises(BadInput, match="rate of leaving"):
        replacement(np.array([1.1]), start)


@pytest.mark.parametrize(
    ("employed", "deaths", "exits", "away", "message"),
    [
        (-EMPLOYED, DEATHS, EXITS, AWAY, "below 0"),
        (EMPLOYED, DEATHS * 20, EXITS, AWAY, "Deaths within a year"),
        (EMPLOYED, DEATHS[:, :1], EXITS, AWAY, "not of the same sexes"),
        (EMPLOYED, DEATHS, EXITS * 2, AWAY, "in 1 cells more people leave"),
    ],
)
def test_chances_that_cannot_be_are_refused(employed, deaths, exits, away, message):
    with pytest.raises(BadInput, match=message):
        leaving(employed, deaths, exits, away)
