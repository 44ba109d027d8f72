"""The wind field of a storm: a profile at every moment, and the strongest wind of each point.

Holland, G. J. (1980), An analytic model of the wind and pressure profiles in hurricanes, Monthly
Weather Review 108, 1212–1218, equation 5 (cyclostrophic: the Coriolis term is left out, which is
small within the radius of gales at these latitudes). The strongest wind of the best track is taken
for that of the profile, so nothing is converted between heights. Wind weakens over land as the
best track says and not by a rule of ours.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import lambertw

from cauce.model.arrays import Floats
from cauce.model.crisis import Grid, Track
from cauce.outlook.crisis.track import Moments, between, distance_km

GALE_MS = 34 * 0.514444
CHUNK = 1 << 21
"""Points times moments that are computed at once: 16 MB an array."""


@dataclass(frozen=True)
class WindRules:
    """The parameters of the field; the defaults are those of the sources below.

    `air` is the density of air in kg/m³ and `b_range` the range of the shape parameter in Holland
    (1980); `ambient_hpa` the pressure around the storm; `b_unknown` the shape where no pressure is
    known: the middle of that range. `motion` is the part of the storm's own speed that is added to
    the right of its path and taken away to the left on the northern half of the Earth: Lin and
    Chavas (2012), Journal of Geophysical Research 117, D09120. `rmax` are the two numbers of the
    radius of strongest wind, 46.4 exp(−0.0155 v + 0.0169 φ) km, where the track gives neither that
    radius nor the one of gales: Willoughby, Darling and Rahn (2006), Monthly Weather Review 134,
    1102–1120, equation 7a.
    """

    air: float = 1.15
    b_range: tuple[float, float] = (1.0, 2.5)
    b_unknown: float = 1.75
    ambient_hpa: float = 1010.0
    motion: float = 0.55
    rmax: tuple[float, float, float] = (46.4, -0.0155, 0.0169)
    rmax_range_km: tuple[float, float] = (8.0, 150.0)
    farthest_km: float = 600.0
    step_hours: float = 1.0


HOLLAND = WindRules()


def profile(r_km: Floats, vmax_ms: Floats, rmax_km: Floats, b: Floats) -> Floats:
    """Wind at a distance from the centre: vmax sqrt((R/r)^B exp(1 − (R/r)^B)), 0 at the centre.

    Source: Holland (1980), equation 5, with the strongest wind in place of the pressure drop.
    """
    with np.errstate(divide="ignore", over="ignore", under="ignore", invalid="ignore"):
        x = (rmax_km / r_km) ** b
        wind = vmax_ms * np.sqrt(x * np.exp(1 - x))
    return np.where(np.isfinite(wind), wind, 0.0)


def shape_b(vmax_ms: Floats, pressure_hpa: Floats, rules: WindRules = HOLLAND) -> Floats:
    """Holland's B = v² e ρ / Δp, within its range; the middle of it where no pressure is known."""
    drop = (rules.ambient_hpa - pressure_hpa) * 100
    with np.errstate(divide="ignore", invalid="ignore"):
        b = vmax_ms**2 * np.e * rules.air / drop
    known = np.isfinite(b) & (drop > 0)
    return np.where(known, np.clip(np.where(known, b, 0), *rules.b_range), rules.b_unknown)


def rmax_of_gales(gale_km: Floats, vmax_ms: Floats, b: Floats) -> Floats:
    """The radius of strongest wind at which the profile has 34 knots where the track says it has.

    With q = (34 kn / vmax)² and x = (R/r)^B the profile says x exp(1 − x) = q; of its two roots the
    one outside the strongest wind is x = −W₀(−q/e), so R = r x^(1/B). NaN where the storm has no
    gales or nobody says how far they reach.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        q = (GALE_MS / vmax_ms) ** 2
        some = (vmax_ms > GALE_MS) & (gale_km > 0)
        inner: Any = lambertw(np.where(some, -q / np.e, 0.0).astype(complex), 0)
        x = -np.real(inner)
        return np.where(some, gale_km * x ** (1 / b), np.nan)


def rmax_of(at: Moments, b: Floats, rules: WindRules = HOLLAND) -> Floats:
    """The radius of strongest wind: as the track says, else from its gales, else by the formula."""
    first, wind, lat = rules.rmax
    formula = first * np.exp(wind * at.wind_ms + lat * np.abs(at.lat))
    gales = rmax_of_gales(at.gale_km, at.wind_ms, b)
    found = np.where(
        np.isfinite(at.rmax_km), at.rmax_km, np.where(np.isfinite(gales), gales, formula)
    )
    return np.clip(found, *rules.rmax_range_km)


def strongest(track: Track, grid: Grid, rules: WindRules = HOLLAND) -> Floats:
    """The strongest wind at every point of the grid while the storm passed, m/s, shape (g,).

    Raises as `track.one_track` does.
    """
    at = between(track, rules.step_hours)
    b = shape_b(at.wind_ms, at.pressure_hpa, rules)
    rmax = rmax_of(at, b, rules)
    found: Floats = np.zeros(len(grid.lat))
    size = max(1, CHUNK // max(1, len(at.lat)))
    for start in range(0, len(grid.lat), size):
        part = slice(start, start + size)
        found[part] = _field(at, b, rmax, grid.lat[part], grid.lon[part], rules)
    return found


def _field(
    at: Moments, b: Floats, rmax: Floats, lat: Floats, lon: Floats, rules: WindRules
) -> Floats:
    """The strongest wind of some points over all moments.

    A point feels the moments at which the storm was near; the others are left out before anything
    costly is computed.
    """
    nearby = _near(at, lat, lon, rules.farthest_km)
    best: Floats = np.zeros(len(lat))
    for m in np.flatnonzero(nearby.any(axis=1)):
        here = np.flatnonzero(nearby[m])
        km, bearing = distance_km(at.lat[m], at.lon[m], lat[here], lon[here])
        ratio = profile(km, np.ones(1), rmax[m], b[m])
        # The strongest wind of the track has the motion in it already, at the right of the path.
        moved = min(rules.motion * at.speed_ms[m], at.wind_ms[m])
        side = np.sin(bearing - at.heading[m]) * (1 if at.lat[m] >= 0 else -1)
        wind = ratio * (at.wind_ms[m] - moved + moved * side)
        best[here] = np.maximum(best[here], np.where(km <= rules.farthest_km, wind, 0.0))
    return best


def _near(at: Moments, lat: Floats, lon: Floats, farthest_km: float) -> np.ndarray:
    """Which points lie in a box around each moment, shape (m, g)."""
    high = farthest_km / 111.0
    wide = high / np.maximum(0.1, np.cos(np.radians(np.abs(at.lat) + high)))
    apart = (lon[None, :] - at.lon[:, None] + 180) % 360 - 180
    return (np.abs(lat[None, :] - at.lat[:, None]) < high) & (np.abs(apart) < wide[:, None])
