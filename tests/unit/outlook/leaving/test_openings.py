"""Net growth, openings for newcomers and gross openings are three numbers."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.rule import rule_in
from cauce.outlook.leaving import (
    INPUTS,
    NEEDS,
    gross_openings,
    net_growth,
    openings,
    openings_for_newcomers,
    openings_not_producible,
    transfers,
)

BASE = np.array([100.0, 100.0])
FORECAST = np.array([[[110.0, 60.0]]])
REPLACED = np.array([[[20.0, 30.0]]])
MOVING = np.array([[[40.0, 50.0]]])


def test_the_three_numbers_by_hand():
    """Growth 10 and −40; with 20 and 30 to replace 30 and none; with transfers 70 and 50."""
    found = openings(BASE, FORECAST, REPLACED, MOVING)
    assert found.net_growth.tolist() == [[[10, -40]]]
    assert found.for_newcomers.tolist() == [[[30, 0]]]
    assert found.gross.tolist() == [[[70, 50]]]
    assert found.indicative is False
    assert net_growth(BASE, FORECAST).tolist() == found.net_growth.tolist()


def test_where_transfers_are_not_known_gross_openings_are_not_and_the_others_are():
    found = openings(BASE, FORECAST, REPLACED, MOVING * np.nan, indicative=True)
    assert np.isnan(found.gross).all()
    assert found.for_newcomers.tolist() == [[[30, 0]]]
    assert found.indicative


def test_the_cohort_net_method_counts_transfers_already_so_none_are_added():
    with pytest.raises(BadInput, match="among the replaced already"):
        openings(BASE, FORECAST, REPLACED, MOVING, indicative=True)


def test_transfers_are_shares_of_each_years_workers():
    assert transfers(np.array([0.1]), np.array([[[100.0], [200.0]]])).tolist() == [[[10], [30]]]
    with pytest.raises(BadInput, match="changing occupation: 1 numbers"):
        transfers(np.array([1.5]), np.array([[[100.0]]]))


def test_people_below_0_and_other_shapes_are_refused():
    with pytest.raises(BadInput, match="to be replaced"):
        openings_for_newcomers(FORECAST, -REPLACED)
    with pytest.raises(BadInput, match="not of the same draws"):
        openings_for_newcomers(FORECAST, REPLACED[:, :, :1])
    with pytest.raises(BadInput, match="Openings for newcomers"):
        gross_openings(-REPLACED, MOVING)
    with pytest.raises(BadInput, match="base year"):
        net_growth(-BASE, FORECAST)


def test_what_is_not_produced_names_what_it_waits_for():
    lacking = openings_not_producible({"employment"})
    found = {rule_in(each.output, "en"): each.because for each in lacking}
    assert "net growth" not in found
    assert "who changed occupation within a year" in found["gross openings"].en
    assert "quiénes cambiaron de ocupación" in found["gross openings"].es
    needs = {rule_in(output, "en"): asked for output, asked in NEEDS.items()}
    assert "transfers" not in needs["openings for newcomers"]
    assert {name for asked in NEEDS.values() for name in asked} == set(INPUTS)
