"""Wind: by hand at the points where the answer is known, and where it is refused."""

import numpy as np
import pytest

from cauce.model.crisis import Grid, Track
from cauce.model.errors import BadInput
from cauce.outlook.crisis import OneFix, between, profile, strongest
from cauce.outlook.crisis.wind import GALE_MS, rmax_of_gales, shape_b

NAN = float("nan")


def track(lat, lon, wind=50.0, hours=None, gale=NAN, rmax=NAN, pressure=960.0) -> Track:
    size = len(lat)
    every = np.ones(size)
    return Track(
        name="Test",
        starts="2020-11-01T00:00:00",
        hours=np.arange(size) * 6.0 if hours is None else np.array(hours),
        lat=np.array(lat, dtype=float),
        lon=np.array(lon, dtype=float),
        wind_ms=wind * every,
        pressure_hpa=pressure * every,
        gale_km=gale * every,
        rmax_km=rmax * every,
    )


def points(lat, lon) -> Grid:
    size = len(lat)
    return Grid(
        ("A",), np.array(lat), np.array(lon), np.ones(size), np.zeros(size, np.int32), np.ones(size)
    )


def test_the_wind_is_strongest_at_its_radius_and_none_in_the_eye():
    wind = profile(np.array([0.0, 30.0, 60.0]), np.array(50.0), np.array(30.0), np.array(1.5))

    assert wind[0] == 0
    assert wind[1] == pytest.approx(50)
    assert wind[2] < 50


def test_the_shape_comes_from_wind_and_pressure_by_hand():
    """50² e 1.15 / 5,000 Pa = 1.563; without a pressure 1.75, and never outside 1 to 2.5."""
    shape = shape_b(np.array([50.0, 50.0, 10.0, 90.0]), np.array([960.0, NAN, 960.0, 1000.0]))

    assert shape[0] == pytest.approx(50**2 * np.e * 1.15 / 5000)
    assert shape[1:].tolist() == [1.75, 1.0, 2.5]


def test_the_radius_is_the_one_at_which_gales_reach_as_far_as_the_track_says():
    b, wind = np.array([1.4]), np.array([55.0])
    radius = rmax_of_gales(np.array([200.0]), wind, b)

    assert profile(np.array([200.0]), wind, radius, b)[0] == pytest.approx(GALE_MS)
    assert radius[0] < 200


def test_a_storm_without_gales_tells_no_radius():
    assert np.isnan(rmax_of_gales(np.array([200.0, 0.0]), np.array([15.0, 50.0]), np.ones(2))).all()


def test_the_right_of_the_path_has_the_stronger_wind_on_the_north_of_the_earth():
    """Westwards: its right is north. On the south of the Earth it is the other side."""
    north = strongest(track([15, 15], [-80, -81], rmax=30), points([15.27, 14.73], [-80.5, -80.5]))
    south = strongest(
        track([-15, -15], [-80, -81], rmax=30), points([-14.73, -15.27], [-80.5, -80.5])
    )

    assert north[0] > north[1]
    assert south[0] < south[1]
    assert max(north) == pytest.approx(50, abs=0.5)


def test_a_point_far_away_feels_nothing():
    assert strongest(track([15, 15], [-80, -81]), points([40.0], [-80.0])).tolist() == [0]


def test_the_formula_stands_in_where_the_track_tells_no_radius():
    """46.4 exp(-0.0155 50 + 0.0169 15) = 27.5 km: the wind at 27.5 km is nearly the strongest."""
    near = strongest(track([15, 15], [-80, -80.01]), points([15.2475], [-80.0]))

    assert near[0] == pytest.approx(50, abs=0.6)


def test_a_track_across_the_date_line_does_not_go_round_the_earth():
    at = between(track([15, 15], [179.5, -179.5]), 1.0)

    assert float(at.speed_ms.max()) < 10


def test_one_fix_has_no_footprint():
    with pytest.raises(OneFix, match="has 1 fix: no path and no speed"):
        strongest(track([15], [-80]), points([15.0], [-80.0]))


def test_fixes_out_of_order_and_places_beyond_the_earth_are_refused():
    with pytest.raises(BadInput, match="not in order of time"):
        between(track([15, 15], [-80, -81], hours=[0.0, 0.0]), 1.0)
    with pytest.raises(BadInput, match="1 fixes of Test have no latitude"):
        between(track([15, 95], [-80, -81]), 1.0)
