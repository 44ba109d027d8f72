"""From gaps to channels and back: the last step of the waterfall is what others can spare."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.gaps import Area, Capability, Channel, Home, region

T = Text("invented", "inventado")
QUOTA = Channel("SEASONAL", T, "HND", "MEX", (), 30.0, None, T)


def of_two_years(engineers, drivers):
    return [[[engineers, drivers], [2 * engineers, 2 * drivers]]] * 4


def test_what_channels_bring_is_the_last_step_and_grows_with_the_years(gaps):
    """Mexico lacks 100 and 200 engineers and trains 50; Honduras has 80 and 160 too many."""
    trained = Capability("TRAINING", np.full((4, 2, 2), 50.0), np.zeros(2), T)
    mexico = Home(gaps(of_two_years(100, -10)), (trained,))
    honduras = Home(gaps(of_two_years(-80, 5), area="HND"), ())

    found = region([mexico, honduras], [QUOTA])

    channels = found.falls[0].steps[-1]
    assert channels.people[0, :, 0] == pytest.approx([30, 60], abs=1e-3)
    assert channels.lead[0] == 1
    assert found.falls[0].remainder[0, :, 0] == pytest.approx([20, 90], abs=1e-3)
    # Honduras lacks drivers, and nobody has a channel to it: that is known, and it is 0.
    assert found.falls[1].steps[-1].people[0, :, 1].tolist() == [0, 0]
    assert [round(year.total) for year in found.years] == [30, 60]


def test_others_spare_what_they_say_and_a_scenario_raises_quotas_year_by_year(gaps):
    """30 a year, doubled in the second: 30, then 90; the other can spare no more than 70."""
    mexico = Home(gaps(of_two_years(100, -10)), ())
    nobody = np.zeros(2)
    spare = [[Area("HND", np.array([people, 0.0]), nobody, nobody)] for people in (35.0, 70.0)]

    found = region([mexico], [QUOTA], others=spare, times=np.array([1.0, 2.0]))
    later = region([mexico], [replace(QUOTA, lead=1)], others=spare, times=np.array([5.0, 2.0]))

    assert found.falls[0].steps[-1].people[0, :, 0] == pytest.approx([30, 70], abs=1e-3)
    assert later.falls[0].steps[-1].people[0, :, 0] == pytest.approx([0, 60], abs=1e-3)


def test_an_area_whose_gaps_are_not_known_gives_and_takes_nobody(gaps):
    mexico = Home(gaps(of_two_years(100, -10)), ())
    honduras = Home(gaps(of_two_years(np.nan, np.nan), area="HND"), ())

    found = region([mexico, honduras], [QUOTA])

    assert np.isnan(found.falls[0].steps[-1].people[0, :, 0]).all()
    assert found.years[0].total == 0


def test_areas_that_do_not_ask_the_same_are_refused(gaps):
    mexico = Home(gaps(of_two_years(100, -10)), ())
    other = Home(replace(mexico.gaps, posts=mexico.gaps.posts[::-1]), ())
    channels = Capability("CHANNELS", np.zeros((4, 2, 2)), np.zeros(2), T)

    with pytest.raises(BadInput, match="same posts"):
        region([mexico, other], [])
    with pytest.raises(BadInput, match="No area"):
        region([], [])
    with pytest.raises(BadInput, match="leave the step out"):
        region([replace(mexico, capabilities=(channels,))], [])


def test_a_scenario_of_one_country_leaves_the_quotas_of_channels_to_others(gaps):
    """Mexico doubles its quotas; what leads to Honduras stays at 30 a year."""
    mexico = Home(gaps(of_two_years(-100, -10)), ())
    honduras = Home(gaps(of_two_years(80, 5), area="HND"), ())
    back = replace(QUOTA, origin="MEX", destination="HND")

    found = region([mexico, honduras], [back], times=np.array([2.0, 2.0]), to="MEX")
    own = region([mexico, honduras], [back], times=np.array([2.0, 2.0]), to="HND")

    assert [round(year.total) for year in found.years] == [30, 60]
    assert [round(year.total) for year in own.years] == [60, 120]
