"""The path of a storm: its fixes, and where it was between them."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.crisis import Track
from cauce.model.errors import BadInput, MethodFailed

EARTH_KM = 6371.0088
"""Mean radius. Source: IUGG 1980, as in Moritz (2000), Geodetic Reference System 1980."""


class OneFix(MethodFailed):
    """A storm of which one fix is known: it has no path, and so no footprint."""


@dataclass(frozen=True)
class Moments:
    """Where a storm was, moment by moment, shape (m,); `speed_ms` and `heading` of the whole storm.

    `heading` is in radians, clockwise from north.
    """

    lat: Floats
    lon: Floats
    wind_ms: Floats
    pressure_hpa: Floats
    gale_km: Floats
    rmax_km: Floats
    speed_ms: Floats
    heading: Floats


def one_track(track: Track) -> Track:
    """The same track, checked.

    Raises:
        OneFix: it has fewer than two fixes.
        BadInput: the fixes are not in order of time, or a place is none on Earth.
    """
    if len(track.hours) < 2:
        raise OneFix(
            f"{track.name} has {len(track.hours)} fix: no path and no speed can be told from it, "
            "so there is no footprint. Give two fixes or more, or its area as an outline."
        )
    if not bool((np.diff(track.hours) > 0).all()):
        raise BadInput(f"The fixes of {track.name} are not in order of time, or one stands twice.")
    on_earth = (np.abs(track.lat) <= 90) & (np.abs(track.lon) <= 360)
    if not bool(on_earth.all()):
        count = int((~on_earth).sum())
        raise BadInput(f"{count} fixes of {track.name} have no latitude or longitude on Earth.")
    return track


def between(track: Track, step_hours: float) -> Moments:
    """The storm at steps between its fixes, linear in time; what is not known at a fix stays NaN.

    Raises as `one_track` does.
    """
    one_track(track)
    hours = _steps(track.hours, step_hours)
    lon = np.degrees(np.unwrap(np.radians(track.lon)))
    lat, lon = np.interp(hours, track.hours, track.lat), np.interp(hours, track.hours, lon)
    speed, heading = _motion(hours, lat, lon)
    return Moments(
        lat=lat,
        lon=lon,
        wind_ms=np.interp(hours, track.hours, track.wind_ms),
        pressure_hpa=np.interp(hours, track.hours, track.pressure_hpa),
        gale_km=np.interp(hours, track.hours, track.gale_km),
        rmax_km=np.interp(hours, track.hours, track.rmax_km),
        speed_ms=speed,
        heading=heading,
    )


def _steps(hours: Floats, step: float) -> Floats:
    """Moments `step` apart, and every fix."""
    regular = np.arange(hours[0], hours[-1], step)
    return np.union1d(regular, hours)


def _motion(hours: Floats, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Speed in m/s and heading of each moment, towards the next one; the last keeps its own."""
    km, heading = distance_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    speed = km / np.diff(hours) / 3.6
    return np.append(speed, speed[-1]), np.append(heading, heading[-1])


def distance_km(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats) -> tuple[Floats, Floats]:
    """Distance along the great circle, and the bearing at the start, clockwise from north.

    Source: haversine formula, Sinnott (1984), Sky and Telescope 68, 159.
    """
    a, b = np.radians(lat), np.radians(to_lat)
    d = np.radians(to_lon - lon)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(d / 2) ** 2
    bearing = np.arctan2(
        np.sin(d) * np.cos(b), np.cos(a) * np.sin(b) - np.sin(a) * np.cos(b) * np.cos(d)
    )
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1))), bearing
