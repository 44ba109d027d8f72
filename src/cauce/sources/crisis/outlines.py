"""Outlines of areas: GeoJSON and TopoJSON, in degrees, as shapes whose names and codes we know.

GeoJSON: RFC 7946. TopoJSON: the specification of version 1.0, with its quantised arcs.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from cauce.model.errors import BadInput
from cauce.sources.crisis.texts import json_of

SURFACES = ("Polygon", "MultiPolygon")


@dataclass(frozen=True)
class Outline:
    """One area: its code and name as the file has them, what it is part of, and its surface."""

    code: str
    name: str
    parent: str
    surface: BaseGeometry
    properties: dict[str, Any]


def read_outlines(
    path: Path, code: str = "", name: str = "name", parent: str = "parent"
) -> tuple[Outline, ...]:
    """All areas of a file; surfaces that cross themselves are mended.

    Args:
        code: the property that holds the code; the `id` of the feature if "".

    Raises:
        BadInput: the file is neither GeoJSON nor TopoJSON, is not in degrees, or two areas have one
            code.
    """
    found = json_of(path)
    if found.get("type") == "Topology":
        features = _features(found, path.name)
    elif found.get("type") == "FeatureCollection" and isinstance(found.get("features"), list):
        features = found["features"]
    else:
        raise BadInput(f"{path.name} is neither a FeatureCollection of GeoJSON nor TopoJSON.")
    outlines = [_outline(f, at, path.name, (code, name, parent)) for at, f in enumerate(features)]
    if not outlines:
        raise BadInput(f"{path.name} has no area.")
    codes = [one.code for one in outlines if one.code]
    if twice := sorted({one for one in codes if codes.count(one) > 1}):
        raise BadInput(f"{path.name} has two areas of the code {', '.join(twice)}.")
    return tuple(outlines)


def _outline(feature: Any, at: int, file: str, keys: tuple[str, str, str]) -> Outline:
    try:
        told = feature.get("properties") or {}
        surface = shape(feature["geometry"])
    except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise BadInput(f"{file}, area {at + 1}: it has no outline that can be read.") from error
    if surface.geom_type not in SURFACES or surface.is_empty:
        raise BadInput(f"{file}, area {at + 1}: it is no surface but {surface.geom_type}.")
    west, south, east, north = surface.bounds
    if not (-180.01 <= west <= east <= 360 and -90.01 <= south <= north <= 90.01):
        raise BadInput(
            f"{file}, area {at + 1}: its corners are no degrees of longitude and latitude."
        )
    code, name, parent = keys
    own = told.get(code) if code else feature.get("id")
    return Outline(
        code="" if own is None else str(own),
        name=str(told.get(name) or own or ""),
        parent=str(told.get(parent) or ""),
        surface=surface if surface.is_valid else shapely.make_valid(surface),
        properties=told,
    )


def _features(topology: dict[str, Any], file: str) -> list[dict[str, Any]]:
    """The areas of a topology as features of GeoJSON."""
    try:
        arcs = _arcs(topology)
        collections = topology["objects"].values()
        members = [one for each in collections for one in each.get("geometries", [each])]
        return [
            {
                "id": one.get("id"),
                "properties": one.get("properties"),
                "geometry": {"type": one["type"], "coordinates": _rings(one["arcs"], arcs)},
            }
            for one in members
            if one.get("type") in SURFACES
        ]
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise BadInput(f"{file} is no TopoJSON that can be read.") from error


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs in degrees: quantised ones are sums of steps."""
    transform = topology.get("transform")
    if transform is None:
        return [[(float(x), float(y)) for x, y, *_ in arc] for arc in topology["arcs"]]
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        found.append(points)
    return found


def _rings(told: list[Any], arcs: list[list[tuple[float, float]]]) -> list[Any]:
    """Arcs joined to rings, to the depth of the geometry; ~i is arc i from its end."""
    if told and isinstance(told[0], int):
        ring: list[tuple[float, float]] = []
        for at in told:
            arc = arcs[at] if at >= 0 else arcs[~at][::-1]
            ring += arc[1:] if ring else arc
        return ring
    return [_rings(one, arcs) for one in told]


def rings_of(
    surface: BaseGeometry, tolerance: float = 0.02, places: int = 2
) -> tuple[tuple[float, ...], ...]:
    """The outer rings of a surface, simplified for a picture: lon, lat, lon, lat … of each."""
    drawn = surface.simplify(tolerance)
    parts = [one for one in getattr(drawn, "geoms", [drawn]) if one.geom_type == "Polygon"]
    largest = sorted(parts, key=lambda one: -one.area)[:12]
    return tuple(
        tuple(round(float(n), places) for point in one.exterior.coords for n in point[:2])
        for one in largest
    )
