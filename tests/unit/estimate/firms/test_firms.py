import numpy as np
import pytest

from cauce.estimate.firms import (
    OUT,
    REFUSED,
    RESPONDED,
    allocate,
    draw,
    expected,
    presence_profile,
    strata_of,
    weigh,
)
from cauce.model.errors import BadInput, MethodFailed

STAFF = np.array([150.0, 40, 30, 3, 2, 1, 8])
ACTIVITY = ["F", "F", "F", "F", "F", "C", "C"]
REGION = ["CAP", "CAP", "INT", "CAP", "CAP", "INT", "INT"]


@pytest.fixture
def strata():
    return strata_of(STAFF, ACTIVITY, REGION, 100)


def test_the_largest_form_one_stratum_an_activity_and_all_are_taken(strata):
    assert strata.labels[:2] == ("ALL|F", "S1|C|INT")
    assert strata.take_all.tolist() == [True] + [False] * 5
    assert strata.staff.sum() == STAFF.sum()
    assert strata.population.tolist() == [1, 1, 1, 1, 2, 1]


@pytest.mark.parametrize("wrong", [np.nan, -1.0, np.inf])
def test_staff_that_cannot_be_is_counted_and_refused(wrong):
    with pytest.raises(BadInput, match="1 of 2 firms in the frame"):
        strata_of(np.array([5.0, wrong]), ["F", "F"], ["A", "A"], 100)


def test_a_frame_without_firms_is_refused():
    with pytest.raises(BadInput, match="no firms"):
        strata_of(np.array([]), [], [], 100)


def test_as_many_firms_as_there_are_means_all_of_them(strata):
    assert allocate(strata, 99).drawn.tolist() == strata.population.tolist()


def test_too_few_firms_name_how_many_it_takes(strata):
    with pytest.raises(BadInput, match="make 6 in all"):
        allocate(strata, 5, minimum=1)


@pytest.mark.parametrize(("minimum", "power"), [(0, None), (2, 1.5), (2, -0.1)])
def test_an_allocation_nobody_can_mean_is_refused(strata, minimum, power):
    with pytest.raises(BadInput):
        allocate(strata, 7, minimum, power)


def test_the_same_seed_draws_the_same_firms_whatever_their_order():
    ids = [f"f{at}" for at in range(50)]
    stratum = np.array([at % 2 for at in range(50)])
    once = draw(ids, stratum, np.array([5, 7]), 3)
    back = draw(ids[::-1], stratum[::-1], np.array([5, 7]), 3)
    other = draw(ids, stratum, np.array([5, 7]), 4)

    assert once.tolist() == back[::-1].tolist()
    assert once.tolist() != other.tolist()
    assert np.bincount(stratum[once]).tolist() == [5, 7]


def test_a_census_that_all_answer_has_no_error(strata):
    found = expected(strata, strata.population, 1.0, presence_profile(3))

    assert found.total == 0
    assert found.shown == 3
    assert found.respondents == 7


@pytest.mark.parametrize("response", [0.0, 1.2, np.nan])
def test_a_response_that_is_no_share_is_refused(strata, response):
    with pytest.raises(BadInput, match="write a share"):
        expected(strata, strata.population, response, presence_profile(3))


@pytest.mark.parametrize("presence", [[0.0], [1.1], []])
def test_a_presence_that_is_no_share_is_refused(strata, presence):
    with pytest.raises(BadInput, match="share of firms"):
        expected(strata, strata.population, 1.0, np.array(presence))


def test_a_negative_spread_and_a_frame_of_nobody_are_refused(strata):
    with pytest.raises(BadInput, match="spread"):
        expected(strata, strata.population, 1.0, presence_profile(3), -1.0)
    empty = strata_of(np.zeros(2), ["F", "F"], ["A", "A"], 100)
    with pytest.raises(BadInput, match="Nobody works"):
        expected(empty, empty.population, 1.0, presence_profile(3))


def weighed(fate, staff=(10.0, 20.0, 5.0), registered=(90.0, 50.0), population=(4, 3)):
    stratum = np.array([0, 0, 1])
    numbers = np.array(staff), np.array(fate), np.array(registered)
    return weigh(stratum, np.array(population), *numbers, ("A", "B"))


def test_registered_staff_is_met_in_every_stratum():
    found = weighed([RESPONDED, RESPONDED, RESPONDED])

    assert (found.weight * [10, 20, 5]).tolist() == pytest.approx([30, 60, 50])
    assert found.lonely.tolist() == [False, True]


def test_a_stratum_whose_firms_all_refused_is_named():
    with pytest.raises(MethodFailed, match=r"1 stratum \(A\) .* refused"):
        weighed([REFUSED, REFUSED, RESPONDED])


def test_one_closed_firm_does_not_speak_for_those_who_refused():
    with pytest.raises(MethodFailed, match="refused"):
        weighed([OUT, REFUSED, RESPONDED])


def test_a_stratum_that_is_closed_altogether_has_weights():
    assert weighed([OUT, OUT, RESPONDED]).weight[0] > 0


def test_registered_staff_that_cannot_be_is_refused():
    with pytest.raises(BadInput, match="a weight would be"):
        weighed([RESPONDED] * 3, registered=(-1.0, 50.0))


def test_more_firms_drawn_than_there_are_is_refused():
    with pytest.raises(BadInput, match="than the frame has"):
        weighed([RESPONDED] * 3, population=(1, 3))


def test_a_stratum_nobody_was_drawn_in_is_named():
    with pytest.raises(MethodFailed, match="No firm was drawn"):
        weigh(
            np.array([0]),
            np.array([2, 9]),
            np.array([3.0]),
            np.array([RESPONDED]),
            np.array([9.0, 9.0]),
            ("A", "B"),
        )


def test_answers_without_registered_staff_cannot_stand_for_others():
    with pytest.raises(MethodFailed, match="no registered staff"):
        weighed([RESPONDED] * 3, staff=(0.0, 0.0, 5.0))


def test_a_stratum_of_nobody_keeps_its_weights():
    found = weighed([RESPONDED] * 3, staff=(0.0, 0.0, 5.0), registered=(0.0, 50.0))
    assert found.weight[:2].tolist() == [2, 2]


def test_a_long_list_of_strata_is_cut():
    many = 10
    with pytest.raises(MethodFailed, match=r"10 strata .* and 2 more"):
        weigh(
            np.arange(many),
            np.full(many, 2),
            np.ones(many),
            np.full(many, REFUSED),
            np.ones(many),
            [f"S{at}" for at in range(many)],
        )
