"""Points that stand for the land of some areas, their people, and what an outline reaches."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely

from cauce.model.arrays import Flags, Floats
from cauce.model.crisis import Grid
from cauce.model.errors import BadInput
from cauce.sources.crisis.outlines import Outline
from cauce.sources.crisis.texts import text_of

DEGREE_KM = 111.195
MOST_POINTS = 2_000_000
LEVELS = ("low", "central", "high")


def grid_over(outlines: Sequence[Outline], step: float) -> Grid:
    """Points `step` degrees apart over some areas, each with the land it stands for.

    An area that is smaller than a step, such as an island, gets one point within it.

    Raises:
        BadInput: there would be too many points.
    """
    west, south, east, north = shapely.total_bounds([one.surface for one in outlines])
    wide, high = int((east - west) / step) + 2, int((north - south) / step) + 2
    if wide * high > MOST_POINTS:
        raise BadInput(
            f"A step of {step:g} degrees makes {wide * high:,} points. Take a wider one."
        )
    lon, lat = np.meshgrid(
        west + step * (np.arange(wide) + 0.5), south + step * (np.arange(high) + 0.5)
    )
    lon, lat = lon.ravel(), lat.ravel()
    area = np.full(len(lon), -1, dtype=np.int32)
    for at, one in enumerate(outlines):
        area[shapely.contains_xy(one.surface, lon, lat) & (area < 0)] = at
    inside = area >= 0
    lon, lat, area = lon[inside], lat[inside], area[inside]
    for at in sorted(set(range(len(outlines))) - set(area.tolist())):
        point = outlines[at].surface.representative_point()
        lon, lat = np.append(lon, point.x), np.append(lat, point.y)
        area = np.append(area, np.int32(at))
    return Grid(
        areas=tuple(one.code for one in outlines),
        lat=lat,
        lon=lon,
        km2=(DEGREE_KM * step) ** 2 * np.cos(np.radians(lat)),
        area=area.astype(np.int32),
        people=np.full(len(lat), np.nan),
    )


def people_on(grid: Grid, path: Path) -> Grid:
    """The same grid with the people of a file of points: lon, lat, people.

    Everybody is counted at the nearest point of the grid, if that is no farther than two steps;
    a point of the grid nobody is near has none.

    Raises:
        BadInput: the file lacks a column, a number is negative or none, or nobody is near the grid.
    """
    lon, lat, people = _points(path)
    tree = shapely.STRtree(shapely.points(grid.lon, grid.lat))
    near = 2 * float(np.sqrt(np.median(grid.km2))) / DEGREE_KM
    at = tree.query_nearest(shapely.points(lon, lat), max_distance=near, all_matches=False)
    if not at.shape[1]:
        raise BadInput(f"{path.name}: none of its points is near one of the areas.")
    counted = np.bincount(at[1], people[at[0]], len(grid.lat)).astype(np.float64)
    return Grid(grid.areas, grid.lat, grid.lon, grid.km2, grid.area, counted)


def _points(path: Path) -> tuple[Floats, Floats, Floats]:
    lines = text_of(path).splitlines()
    head = [one.strip().lower() for one in lines[0].split(",")] if lines else []
    if missing := [one for one in ("lon", "lat", "people") if one not in head]:
        raise BadInput(f"{path.name} has no column {', '.join(missing)}.")
    columns = [head.index(one) for one in ("lon", "lat", "people")]
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            told = [float(line.split(",")[at]) for at in columns]
        except (ValueError, IndexError) as error:
            raise BadInput(f"{path.name}, line {number}: it has no three numbers.") from error
        if not told[2] >= 0:
            raise BadInput(f"{path.name}, line {number}: a number of people is negative or none.")
        rows.append(told)
    lon, lat, people = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return lon, lat, people


def reached_by(grid: Grid, outlines: Sequence[Outline]) -> Flags:
    """Which points lie in an uploaded footprint: surely, probably, perhaps; shape (3, g).

    A surface with the property `level` low is reached even in the low case, so it counts in all
    three; one of level high in the high case alone. A surface without a level counts in all three.

    Raises:
        BadInput: a level is none of low, central and high.
    """
    found: Flags = np.zeros((3, len(grid.lat)), dtype=np.bool_)
    for one in outlines:
        level = str(one.properties.get("level", "low"))
        if level not in LEVELS:
            raise BadInput(
                f"The level {level[:20]!r} of a footprint is none of low, central, high."
            )
        found[LEVELS.index(level) :] |= shapely.contains_xy(one.surface, grid.lon, grid.lat)
    return found
