"""Laws of a crisis: whatever the storm and whoever works there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cauce.model.crisis import Grid
from cauce.outlook.crisis import Workforce, exposed, hit, profile, share_of_land, triangular

WINDS = st.floats(0, 90)


@given(st.floats(18, 90), st.floats(8, 100), st.floats(1, 2.5), st.floats(1.001, 20))
def test_wind_falls_with_distance_beyond_its_radius(vmax, rmax, b, times):
    near, far = profile(
        np.array([rmax * times, rmax * times * 1.01]), *map(np.array, (vmax, rmax, b))
    )

    assert far < near <= vmax * (1 + 1e-12)


@given(st.lists(st.tuples(WINDS, WINDS), min_size=1, max_size=30))
def test_two_storms_together_reach_no_more_than_both_and_no_less_than_each(winds):
    both = np.array(winds).T
    size = both.shape[1]
    ones, nothing = np.ones(size), np.zeros(size)
    grid = Grid(("A",), nothing, nothing, ones, np.zeros(size, np.int32), ones)
    union, one, other = (share_of_land(grid, hit(w)) for w in (both, both[:1], both[1:]))

    assert (union <= one + other + 1e-12).all()
    assert (union >= np.maximum(one, other) - 1e-12).all()
    assert (np.diff(union, axis=0) >= 0).all(), "a lower threshold reaches more"


@given(
    st.lists(st.floats(0, 1e6), min_size=1, max_size=8),
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
    st.integers(0, 99),
)
def test_nobody_is_exposed_twice(workers, parts, seed):
    size = len(workers)
    work = Workforce(
        np.zeros(size, np.int32), ("A",) * size, ("_T",) * size, np.array(workers), np.zeros(size)
    )
    share = np.repeat(np.sort(parts)[:, None], size, axis=1)
    found = exposed(work, share, np.ones((12, size)), seed, 20)

    assert (found >= 0).all()
    assert (found <= np.array(workers) * (1 + 1e-9)).all()


@given(st.lists(st.floats(0, 1e5), min_size=3, max_size=3), st.floats(0, 0.999))
def test_a_draw_lies_within_its_triangle(ends, uniform):
    low, central, high = (np.array(one) for one in sorted(ends))
    found = float(triangular(low, central, high, np.array(uniform)))

    assert low - 1e-6 <= found <= high + 1e-6
