"""Channels from surplus to gap; tests/spec/outlook/gaps shows them case by case."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from cauce.model.errors import BadInput, MethodFailed
from cauce.model.text import Text
from cauce.outlook.gaps import (
    Area,
    Channel,
    World,
    allocate,
    area,
    arrivals,
    caps,
    classify,
    gap,
    post,
    programme,
    where_more_helps,
)

T = Text("invented", "inventado")
ENGINEERS, DRIVERS = post("214"), post("834")


def place(id, surplus, need, p=0.0):
    return Area(id, np.array([surplus]), np.array([need]), np.array([p]))


def channel(id, origin, destination, quota):
    return Channel(id, T, origin, destination, (), quota, None, T)


def world(areas, *channels):
    return World((ENGINEERS,), tuple(areas), caps(channels, 1))


GTM, HND, MEX = place("GTM", 100.0, 0.0), place("HND", 50.0, 0.0), place("MEX", 0.0, 90.0)


def test_an_area_spares_the_20th_percentile_of_its_surplus_and_lacks_the_middle_of_what_is_left():
    """Surplus 0, 10, 20, 30, 40, 50 in six draws: the 20th percentile is 10."""
    draws = -10.0 * np.arange(6)[:, None, None]
    found = gap(np.zeros((6, 1, 1)), -draws, np.full(1, 100.0))

    own = area("HND", found, np.array([1.0, 2, 3, 4, 5, 6])[:, None, None],
               classify(found.relative), 1)  # fmt: skip

    assert (own.surplus[0], own.need[0], own.p_shortage[0]) == (10, 3.5, 0)
    assert [end[0] for end in own.needs] == [1.5, 5.5]


def test_the_range_says_what_another_division_would_give():
    """90 are missing, Guatemala could send 80 and Honduras 50: neither is sure of more than 40."""
    found = allocate(world([GTM, HND, MEX], channel("A", "GTM", "MEX", 80.0),
                           channel("B", "HND", "MEX", 50.0)))  # fmt: skip
    [a, b] = [one for one in found.passages if one.mark == "OPEN"]

    assert found.total == pytest.approx(90, abs=1e-3)
    assert (a.least, a.most) == pytest.approx((40, 80), abs=1e-3)
    assert (b.least, b.most) == pytest.approx((10, 50), abs=1e-3)
    assert a.people / 80 == pytest.approx(b.people / 50, abs=1e-4)


def test_the_total_has_the_interval_of_what_is_needed():
    """20 to 150 are missing, 90 in the middle; Guatemala has 100 and the quota is 80."""
    unsure = replace(MEX, needs=(np.array([20.0]), np.array([150.0])))

    found = allocate(world([GTM, unsure], channel("A", "GTM", "MEX", 80.0)))
    never = allocate(world([GTM, replace(unsure, needs=(np.zeros(1), np.array([150.0])))],
                           channel("A", "GTM", "MEX", 80.0)))  # fmt: skip

    assert (found.low, found.total, found.high) == (20, 80, 80)
    assert never.low == 0


def test_what_a_new_agreement_would_do_is_found_by_solving_again():
    """Guatemala has no channel: a place there lets one more through, and all of them 90 - 20."""
    gains = where_more_helps(allocate(world([GTM, HND, MEX], channel("B", "HND", "MEX", 20.0))))

    assert [(one.origin, one.channel, one.kind) for one in gains] == [
        ("GTM", "", "NO_CHANNEL"), ("HND", "B", "QUOTA"),
    ]  # fmt: skip
    assert [one.one for one in gains] == pytest.approx([1, 1], abs=1e-3)
    assert [one.lifted for one in gains] == pytest.approx([70, 30], abs=1e-3)


def test_two_caps_that_bind_together_help_nobody_by_one_place_and_no_price_says_otherwise():
    """Both caps are reached, and nobody is missing any more: a place more is worth nothing."""
    found = allocate(world([GTM, HND, MEX], channel("A", "GTM", "MEX", 60.0),
                           channel("B", "HND", "MEX", 30.0)))  # fmt: skip

    assert found.total == 90
    assert where_more_helps(found) == ()


def test_a_chain_of_channels_is_solved_as_one():
    """With a Honduran more in Mexico a Costa Rican goes to Panama instead."""
    areas = [place("HND", 10.0, 0.0), place("CRI", 10.0, 0.0), place("MEX", 0.0, 10.0),
             place("PAN", 0.0, 10.0)]  # fmt: skip
    channels = [channel("HM", "HND", "MEX", 2.0), channel("CM", "CRI", "MEX", 8.0),
                channel("CP", "CRI", "PAN", 9.0)]  # fmt: skip
    found = allocate(world(areas, *channels))

    assert found.total == pytest.approx(12, abs=1e-3)
    assert {one.channel: round(one.one, 2) for one in where_more_helps(found) if one.channel} == {
        "HM": 1.0
    }


def test_an_unknown_quota_lets_nobody_through_and_what_it_could_matter_is_told():
    found = allocate(world([GTM, HND, MEX], channel("A", "GTM", "MEX", None)))
    [first, *_] = where_more_helps(found)

    assert (found.total, found.unknown) == (0, 1)
    assert (first.kind, round(first.lifted)) == ("UNKNOWN", 90)


def test_arrivals_are_known_where_a_channel_is_open_or_all_are_closed():
    some = allocate(world([GTM, HND, MEX], channel("A", "GTM", "MEX", None),
                          channel("B", "HND", "MEX", 20.0)))  # fmt: skip
    unknown = allocate(world([GTM, MEX], channel("A", "GTM", "MEX", None)))
    none = allocate(world([GTM, MEX]))

    assert arrivals(some, "MEX", [ENGINEERS])[0] == pytest.approx(20)
    assert np.isnan(arrivals(unknown, "MEX", [ENGINEERS])[0])
    assert arrivals(none, "MEX", [ENGINEERS])[0] == 0


def test_where_nobody_can_tell_whether_the_origin_is_short_nobody_is_taken():
    found = allocate(world([place("GTM", 100.0, 0.0, float("nan")), MEX],
                           channel("A", "GTM", "MEX", 20.0)))  # fmt: skip

    assert [one.mark for one in found.passages if one.lane.origin == "GTM"] == ["SURPLUS_UNKNOWN"]


def test_a_channel_to_nowhere_and_an_area_or_post_that_stands_twice_are_refused():
    with pytest.raises(BadInput, match="not given: A"):
        allocate(world([GTM], channel("A", "GTM", "MEX", 1.0)))
    with pytest.raises(BadInput, match="stands twice"):
        allocate(world([GTM, GTM]))
    with pytest.raises(BadInput, match="stands twice"):
        allocate(World((DRIVERS, DRIVERS), (), ()))


def test_a_solver_that_does_not_finish_is_no_answer(monkeypatch):
    failed = SimpleNamespace(x=None, message="out of time")
    monkeypatch.setattr(programme, "linprog", lambda *_, **__: failed)

    with pytest.raises(MethodFailed, match="out of time"):
        allocate(world([GTM, MEX], channel("A", "GTM", "MEX", 20.0)))
