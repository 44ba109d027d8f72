"""The map of a crisis, drawn on the server: areas by how much was reached, paths of storms."""

from math import cos, radians
from xml.sax.saxutils import escape, quoteattr

from cauce.model.crisis import Crisis, Reached

WIDTH = 640.0
BOUNDS = (0.001, 0.25, 0.5, 0.75)
"""From which central part of its land an area has the next colour; 0 is paper."""


def drawn(crisis: Crisis, names: dict[str, str], title: str) -> str:
    """The map as SVG, "" where no area has an outline. The table beside it says the same."""
    points = [ring for area in crisis.areas for ring in area.rings]
    if not points:
        return ""
    lons = [x for ring in points for x in ring[::2]]
    lats = [y for ring in points for y in ring[1::2]]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, 1e-6)
    height = max((north - south) * scale, 40.0)

    def at(lon: float, lat: float) -> str:
        return f"{(lon - west) * squeeze * scale:.0f} {(north - lat) * scale:.0f}"

    def path(ring: tuple[float, ...]) -> str:
        return "M" + "L".join(at(x, y) for x, y in zip(ring[::2], ring[1::2], strict=True))

    areas = "".join(
        f'<path class="{_shade(one)}" d="{"".join(path(ring) + "z" for ring in one.rings)}">'
        f"<title>{escape(names.get(one.area, one.area))}</title></path>"
        for one in crisis.areas
    )
    storms = "".join(f'<path class="track" d="{path(one)}"/>' for one in crisis.paths)
    return (
        f'<svg class="hazard" viewBox="-2 -2 {WIDTH + 4:.0f} {height + 4:.0f}" role="img" '
        f"aria-label={quoteattr(title)}>{areas}{storms}</svg>"
    )


def _shade(one: Reached) -> str:
    central, high = one.land[1], one.land[2]
    step = sum(central >= bound for bound in BOUNDS)
    return f"h{step}" if step or not high > 0 else "h0 grazed"
