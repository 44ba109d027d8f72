"""Whatever the gaps and channels: caps hold, nobody is harmed, and what adds up adds up."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cauce.model.text import Text
from cauce.outlook.gaps import (
    STEPS,
    Area,
    Capability,
    Channel,
    Protected,
    World,
    allocate,
    caps,
    classify,
    post,
    totals,
    waterfall,
    where_more_helps,
)

T = Text("invented", "inventado")
AREAS = ("CRI", "GTM", "HND", "MEX")
POSTS = tuple(map(post, ("214", "222", "711")))
NUMBERS = st.one_of(st.integers(0, 60).map(float), st.just(float("nan")))
NEAR = 1e-2


def amounts(elements):
    return arrays(np.float64, (len(POSTS),), elements=elements)


@st.composite
def worlds(draw):
    chance = st.sampled_from([0.0, 0.5, 0.7])
    areas = tuple(
        Area(name, draw(amounts(NUMBERS)), draw(amounts(NUMBERS)), draw(amounts(chance)))
        for name in AREAS
    )
    ends = st.tuples(st.sampled_from(AREAS), st.sampled_from(AREAS)).filter(lambda e: e[0] != e[1])
    size = st.one_of(st.none(), st.integers(0, 50).map(float))
    scope = st.sampled_from([(), ("2",), ("711",)])
    kinds = draw(st.lists(st.tuples(ends, scope, size, size), max_size=6))
    channels = [Channel(f"C{n}", T, *pair, own, quota, uptake, T)
                for n, (pair, own, quota, uptake) in enumerate(kinds)]  # fmt: skip
    kept = draw(st.sampled_from([(), (Protected("HND", "22", T),)]))
    return World(POSTS, areas, caps(channels, 1), kept)


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_nobody_passes_beyond_surplus_gap_or_cap_or_where_it_harms(world):
    found = allocate(world)
    sums: dict[object, list[float]] = {}
    for one in found.passages:
        lane = one.lane
        people = 0.0 if np.isnan(one.people) else one.people
        assert people == 0 or one.mark == "OPEN"
        for key, limit in (
            (("from", lane.origin, lane.post), lane.surplus),
            (("to", lane.destination, lane.post), lane.need),
            (lane.place, lane.cap),
        ):
            own = sums.setdefault(key, [0.0, limit])
            own[0] += people
        if one.mark == "OPEN":
            origin = next(area for area in world.areas if area.id == lane.origin)
            assert origin.p_shortage[POSTS.index(lane.post)] <= 0.5
            assert not (world.protected and lane.origin == "HND" and lane.post == POSTS[1])
            assert one.least - NEAR <= one.people <= one.most + NEAR
    assert all(people <= limit + NEAR for people, limit in sums.values() if people > 0)


@settings(max_examples=25, deadline=None)
@given(worlds(), st.data())
def test_the_order_of_rows_changes_nothing_and_more_places_never_let_fewer_through(world, data):
    found = allocate(world)
    mixed = replace(
        world,
        areas=tuple(data.draw(st.permutations(world.areas))),
        caps=tuple(data.draw(st.permutations(world.caps))),
    )
    raised = replace(world, caps=tuple(replace(cap, people=cap.people + 7) for cap in world.caps))

    again = allocate(mixed)
    assert [one.lane for one in again.passages] == [one.lane for one in found.passages]
    np.testing.assert_array_equal(
        [one.people for one in again.passages], [one.people for one in found.passages]
    )
    assert allocate(raised).total >= found.total - NEAR


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_a_place_more_lets_through_what_solving_again_lets_through(world):
    found = allocate(world)
    for gain in where_more_helps(found):
        assert 0 <= gain.one <= 1 + NEAR
        assert gain.one <= gain.lifted + NEAR
        if gain.channel and gain.kind != "UNKNOWN":
            raised = tuple(replace(cap, people=cap.people + 1) if cap.channel == gain.channel
                           else cap for cap in world.caps)  # fmt: skip
            more = allocate(replace(world, caps=raised)).total - found.total
            assert abs(more - gain.one) <= NEAR


DRAWS = arrays(np.float64, (3, 4, 2), elements=st.one_of(st.integers(-50, 50).map(float),
                                                         st.just(float("nan"))))  # fmt: skip
COULD = arrays(np.float64, (3, 4, 2), elements=st.one_of(st.integers(0, 30).map(float),
                                                         st.just(float("nan"))))  # fmt: skip


@given(DRAWS, st.lists(COULD, min_size=5, max_size=5))
def test_the_waterfall_adds_up_exactly_in_every_draw(gap, could):
    given_steps = [Capability(step, people, np.array([0.0, 2.0]), T)
                   for step, people in zip(STEPS, could, strict=True)]  # fmt: skip

    found = waterfall(gap, given_steps)

    taken = sum(np.nan_to_num(step.people) for step in found.steps)
    there = np.isfinite(gap)
    np.testing.assert_array_equal((taken + found.remainder)[there], np.maximum(gap, 0)[there])
    assert (found.remainder[there] >= 0).all()


@given(DRAWS)
def test_a_post_has_one_class_and_totals_are_sums_of_positive_parts(relative):
    classes = classify(relative / 100)
    known = np.isfinite(relative).all(axis=0)
    sums = totals(relative)

    assert ((classes.code == "NOT_KNOWN") == ~known).all()
    assert not ((classes.shortage >= 0.8) & (classes.surplus >= 0.8)).any()
    np.testing.assert_allclose(sums.missing - sums.surplus, np.nansum(relative, axis=2), atol=1e-9)
