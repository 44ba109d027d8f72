"""What holds of every sample of firms."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.estimate.firms import RESPONDED, allocate, draw, strata_of, weigh

STAFF = st.lists(st.integers(1, 400), min_size=4, max_size=40)


@settings(max_examples=60, deadline=None)
@given(STAFF, st.integers(0, 2**31), st.floats(0.1, 10))
def test_weights_bring_registered_staff_back_exactly(staff, seed, aged):
    people = np.array(staff, dtype=float)
    chance = np.random.default_rng(seed)
    regions = chance.choice(["A", "B"], len(people)).tolist()
    strata = strata_of(people, ["F"] * len(people), regions, 100)
    firms = int(chance.integers(allocate(strata, len(people)).fewest, len(people) + 1))
    drawn = allocate(strata, firms).drawn
    taken = draw([f"{at}" for at in range(len(people))], strata.of, drawn, seed)
    registered = strata.staff * aged

    found = weigh(
        strata.of[taken],
        strata.population,
        people[taken],
        np.full(int(taken.sum()), RESPONDED),
        registered,
        strata.labels,
    )

    assert drawn.sum() == firms
    assert (drawn <= strata.population).all()
    assert (drawn[strata.take_all] == strata.population[strata.take_all]).all()
    reached = np.bincount(strata.of[taken], found.weight * people[taken], len(registered))
    np.testing.assert_allclose(reached, registered, rtol=1e-12)
    assert (found.weight >= 0).all()
