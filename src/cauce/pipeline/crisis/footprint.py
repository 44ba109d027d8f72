"""Where a hazard passed: storms and uploaded areas on one grid, and the parts of areas reached."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.crisis import Grid, Track
from cauce.model.errors import BadInput
from cauce.outlook.crisis import hit, share_of_land, share_of_people, strongest
from cauce.pipeline.progress import Progress, silent
from cauce.sources.crisis import (
    Declared,
    Outline,
    grid_over,
    people_on,
    reached_by,
    read_outlines,
    read_storms,
    storm,
)

SECOND = ("adm2", "admin2", "adm_2", "gid_2")


@dataclass(frozen=True)
class Footprint:
    """The grid with what reached it: low, central and high, shape (3, g) and by area (3, a).

    `wind` is the strongest of all storms at each point, 0 where none is declared.
    """

    grid: Grid
    outlines: tuple[Outline, ...]
    tracks: tuple[Track, ...]
    reached: Flags
    wind: Floats
    land: Floats
    people: Floats


def footprint_of(asked: Declared, progress: Progress = silent) -> Footprint:
    """The footprint of all storms and areas of a scenario together, each point counted once.

    Raises:
        OneFix: a storm of which one fix is known.
        BadInput: an area is of the second level; nothing was reached; a file is not what it
            should be.
    """
    progress("Reading areas")
    outlines = tuple(_coded(asked, read_outlines(asked.outlines.path, asked.code, asked.area_name)))
    grid = grid_over(outlines, asked.step)
    if asked.people is not None:
        grid = people_on(grid, asked.people.path)
    tracks = _tracks(asked)
    winds = [np.zeros(len(grid.lat))]
    for track in tracks:
        progress(f"Wind field of {track.name} over {len(grid.lat):,} points")
        winds.append(strongest(track, grid))
    wind: Floats = np.max(winds, axis=0)
    reached = hit(wind[None])
    for told in asked.reached:
        progress(f"Reading {told.path.name}")
        reached = reached | reached_by(grid, read_outlines(told.path))
    if not reached[2].any():
        raise BadInput(
            f"{asked.id}: the footprint lies outside every area of {asked.outlines.path.name}, or "
            "its winds stay below 34 knots there. Nobody is exposed: there is nothing to release."
        )
    land, people = share_of_land(grid, reached), share_of_people(grid, reached)
    return Footprint(grid, outlines, tracks, reached, wind, land, people)


def _tracks(asked: Declared) -> tuple[Track, ...]:
    read = {one.file.path: read_storms(one.file.path) for one in asked.storms}
    return tuple(storm(read[one.file.path], one.name, one.year) for one in asked.storms)


def _coded(asked: Declared, outlines: Sequence[Outline]) -> list[Outline]:
    """First-level areas with codes, those renamed under the name they have now."""
    fine = [one for one in outlines if one.parent or _second(one)]
    if fine:
        raise BadInput(
            f"{asked.outlines.path.name} has {len(fine)} areas below the first level. Figures of a "
            "crisis are told of first-level areas alone: a village would find its migrants named."
        )
    coded = [one for one in outlines if one.code]
    if not coded:
        raise BadInput(f"{asked.outlines.path.name}: no area has a code. Name it with areas.code.")
    return [
        Outline(asked.same_as.get(one.code, one.code), one.name, "", one.surface, one.properties)
        for one in coded
    ]


def _second(one: Outline) -> bool:
    level = str(one.properties.get("shapeType", "")).upper()
    keys = (key.lower() for key in one.properties)
    return level in ("ADM2", "ADM3") or any(key.startswith(SECOND) for key in keys)
