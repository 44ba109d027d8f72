"""All areas together, year by year: what is left at home, what channels bring, and who remains."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.gaps.allocation import (
    Allocation,
    Area,
    World,
    allocate,
    area,
    arrivals,
)
from cauce.outlook.gaps.capability import Capability, first_year
from cauce.outlook.gaps.channels import Channel, caps
from cauce.outlook.gaps.harm import Protected
from cauce.outlook.gaps.said import Gaps
from cauce.outlook.gaps.waterfall import Waterfall, waterfall

FROM_CHANNELS = Text(
    "The most that existing channels could let through from the cautious surplus of other areas.",
    "Lo máximo que los cauces existentes podrían dejar pasar del excedente prudente de otras "
    "áreas.",
)


@dataclass(frozen=True)
class Home:
    """An area's gaps, and the steps nearer home than channels: all but the last."""

    gaps: Gaps
    capabilities: tuple[Capability, ...]


@dataclass(frozen=True)
class Region:
    """The waterfall of each area in the order asked, and the allocation of each year ahead."""

    falls: tuple[Waterfall, ...]
    years: tuple[Allocation, ...]


def region(
    homes: Sequence[Home],
    channels: Sequence[Channel],
    protected: Sequence[Protected] = (),
    others: Sequence[Sequence[Area]] = (),
    times: Floats | None = None,
    to: str = "",
) -> Region:
    """Each area's waterfall with what channels could bring of the others' surplus.

    Years are allocated one by one, with caps added up from the base year. An area whose gaps are
    not known gives and takes nobody, and its passages say so.

    Args:
        others: areas without gaps of their own, in each year ahead: what somebody says they spare.
        times: what a scenario multiplies quotas by in each year, shape (h,).
        to: the area whose scenario it is: only channels to it are multiplied; all if "".

    Raises:
        BadInput: the areas have not the same posts, draws and years, or one has a step of channels
            already; what `allocate` and `waterfall` refuse.
        MethodFailed: the solver did not finish.

    Source: domain page outlook, section 4.8.
    """
    _check(homes)
    posts = homes[0].gaps.posts
    left = [waterfall(one.gaps.gap.people, one.capabilities).remainder for one in homes]
    years = []
    for year in range(1, left[0].shape[1] + 1):
        areas = tuple(
            area(home.gaps.area, home.gaps.gap, rest, home.gaps.classes, year)
            for home, rest in zip(homes, left, strict=True)
        )
        areas += tuple(others[year - 1]) if others else ()
        limits = caps(_in_force(channels, times, year, to), year)
        years.append(allocate(World(posts, areas, limits, tuple(protected))))
    return Region(tuple(_fall(home, years) for home in homes), tuple(years))


def _in_force(
    channels: Sequence[Channel], times: Floats | None, year: int, to: str
) -> Sequence[Channel]:
    """Channels with the mean quota of the years that they are open until this one."""
    if times is None:
        return channels
    return [
        replace(one, quota=one.quota * float(times[one.lead : year].mean()))
        if one.quota is not None and year > one.lead and to in ("", one.destination)
        else one
        for one in channels
    ]


def _fall(home: Home, years: Sequence[Allocation]) -> Waterfall:
    people = home.gaps.gap.people
    coming = np.array([arrivals(one, home.gaps.area, home.gaps.posts) for one in years])
    could = np.broadcast_to(coming, people.shape)
    channels = Capability("CHANNELS", could, first_year(could), FROM_CHANNELS)
    return waterfall(people, (*home.capabilities, channels))


def _check(homes: Sequence[Home]) -> None:
    if not homes:
        raise BadInput("No area is given: nobody could come from anywhere.")
    if len({(one.gaps.posts, one.gaps.gap.people.shape) for one in homes}) > 1:
        raise BadInput("The areas have not the same posts, draws and years: ask the same of all.")
    if any(step.step == "CHANNELS" for one in homes for step in one.capabilities):
        raise BadInput("What channels bring is worked out here: leave the step out.")
