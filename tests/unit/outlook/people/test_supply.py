"""A supply is its components, each kept apart, and nobody stands in two of them."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import component, set_aside, supply

ONE = np.ones((1, 2, 3))


def test_components_are_added_and_kept_apart_and_what_is_missing_is_named():
    found = supply(
        [component("graduates", np.full((4, 2, 3), 2.0)), component("net_transfers", -ONE)]
    )
    assert found.total.tolist() == np.ones((4, 2, 3)).tolist()
    assert [each.people.shape for each in found.components] == [(4, 2, 3)] * 2
    assert found.missing == ("idle", "returnees", "migrants_below")


def test_a_sum_with_something_unknown_is_unknown_and_what_is_known_stands_beside_it():
    unknown = ONE.copy()
    unknown[0, :, 1] = np.nan
    found = supply([component("graduates", ONE), component("returnees", unknown)])
    assert np.isnan(found.total[0, 0]).tolist() == [False, True, False]
    assert found.components[0].people.tolist() == ONE.tolist()


def test_the_unemployed_and_graduates_who_are_among_them_are_not_both_counted():
    both = component("graduates", ONE, ("studying", "unemployed"))
    with pytest.raises(BadInput, match="graduates and idle both count people who were unemployed"):
        supply([both, component("idle", ONE)])


def test_migrants_below_their_qualification_are_not_counted_as_transfers_again():
    moving = component("net_transfers", ONE, ("employed_elsewhere", "employed_below"))
    with pytest.raises(BadInput, match="people who were employed_below"):
        supply([component("migrants_below", ONE), moving])


def test_who_a_step_of_the_waterfall_offers_is_set_aside_from_the_supply():
    whole = supply([component("graduates", ONE), component("migrants_below", 3 * ONE)])
    rest, step = set_aside(whole, ["migrants_below", "returnees"])
    assert rest.total.tolist() == ONE.tolist()
    assert [each.kind for each in step] == ["migrants_below"]
    assert "migrants_below" in rest.missing
    with pytest.raises(BadInput, match="no component"):
        set_aside(whole, ["graduates", "migrants_below"])


def test_one_component_stands_once():
    with pytest.raises(BadInput, match="idle and idle both count"):
        supply([component("idle", ONE), component("idle", ONE)])


@pytest.mark.parametrize(
    ("components", "message"),
    [
        ([], "no component"),
        ([component("idle", -ONE)], "idle has numbers below 0"),
        ([component("idle", ONE), component("graduates", ONE[:, :1])], "not of the same draws"),
        (
            [component("idle", np.ones((2, 2, 3))), component("graduates", np.ones((3, 2, 3)))],
            r"idle \(2, 2, 3\), graduates \(3, 2, 3\)",
        ),
    ],
)
def test_components_that_are_none_or_do_not_fit_are_refused(components, message):
    with pytest.raises(BadInput, match=message):
        supply(components)
