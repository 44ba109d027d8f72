"""A post is an occupation at a skill level, and an aggregate is none."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.gaps import Post, matched, post


@pytest.mark.parametrize(
    ("occupation", "skill"),
    [("1", "L3T4"), ("11", "L4"), ("1412", "L3"), ("214", "L4"), ("3", "L3"), ("711", "L2"),
     ("93", "L1"), ("0", "AF"), ("01", "L4"), ("02", "L2"), ("0310", "L1")],
)  # fmt: skip
def test_isco_gives_each_occupation_its_skill_level(occupation, skill):
    assert post(occupation) == Post(occupation, skill)


@pytest.mark.parametrize("occupation", ["_T", "", "X", "21411"])
def test_a_total_has_no_skill_level_and_fills_no_gap(occupation):
    with pytest.raises(BadInput, match="no occupation of ISCO-08"):
        post(occupation)


def test_63500_people_without_an_occupation_fill_no_engineers_post():
    """Of one group nobody knows what it can do, one is of drivers, and of engineers none is."""
    people = np.array([[[63500.0, 200.0, 50.0]]])

    found = matched(people, [None, post("834"), post("611")], [post("214"), post("834")])

    assert np.isnan(found.people[0, 0, 0])
    assert found.people[0, 0, 1] == 200
    assert found.unmatched[0, 0] == 63550


def test_groups_of_one_post_are_added():
    people = np.array([[[3.0, 4.0]]])

    assert matched(people, [post("21"), post("21")], [post("21")]).people[0, 0, 0] == 7


def test_people_need_a_post_each_and_a_post_is_asked_about_once():
    people = np.zeros((1, 1, 2))
    with pytest.raises(BadInput, match="2 groups of people have 1 posts"):
        matched(people, [None], [post("21")])
    with pytest.raises(BadInput, match="1 posts are asked about twice"):
        matched(people, [None, None], [post("21"), post("21")])
