"""How many people existing channels could let through at most, from surplus to gap, fairly split.

One linear programme for all posts that share a channel's places; one for each post otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.outlook.gaps.channels import Cap
from cauce.outlook.gaps.classes import Classes
from cauce.outlook.gaps.gap import Gap
from cauce.outlook.gaps.harm import MOST_SHORT, Protected, protects
from cauce.outlook.gaps.posts import Post
from cauce.outlook.gaps.programme import Lane, caps_of, fair, most
from cauce.outlook.gaps.published import HIGH, LOW, MIDDLE

CAUTIOUS = 20
"""The percentile of its surplus that an origin can spare. Source: domain page outlook, 4.8."""

Mark = Literal[
    "OPEN", "PROTECTED", "ORIGIN_SHORT", "SURPLUS_UNKNOWN", "NEED_UNKNOWN", "NO_SURPLUS",
    "NO_NEED", "NO_CHANNEL", "CAP_UNKNOWN", "NOT_YET", "QUOTA_ZERO", "UPTAKE_ZERO",
]  # fmt: skip
"""Why nobody comes through; the first that applies. Quota 0, no channel, unknown: three things."""
UNKNOWN: tuple[Mark, ...] = ("SURPLUS_UNKNOWN", "NEED_UNKNOWN", "CAP_UNKNOWN")
RAISABLE: tuple[Mark, ...] = ("NO_CHANNEL", "CAP_UNKNOWN", "NOT_YET", "QUOTA_ZERO", "UPTAKE_ZERO")
"""Marks of passages that a higher cap would open."""


@dataclass(frozen=True)
class Area:
    """What an area can spare and what it lacks at one moment, (o,), NaN where unknown.

    `needs` are the ends of the interval of `need`; None where it has none.
    """

    id: str
    surplus: Floats
    need: Floats
    p_shortage: Floats
    needs: tuple[Floats, Floats] | None = None


def area(id: str, gap: Gap, remainder: Floats, classes: Classes, year: int) -> Area:  # noqa: A002
    """An area some years ahead: its surplus cautiously, its need as the middle of the draws.

    Args:
        remainder: who is left of the gap after every step nearer home, (d, h, o).
        year: years ahead, from 1.

    Source: domain page outlook, section 4.8: 20th percentile of the surplus, residual gap.
    """
    surplus = np.percentile(np.maximum(-gap.people[:, year - 1], 0.0), CAUTIOUS, axis=0)
    low, need, high = np.percentile(remainder[:, year - 1], (LOW, MIDDLE, HIGH), axis=0)
    return Area(id, surplus, need, classes.shortage[year - 1], (low, high))


@dataclass(frozen=True)
class Passage:
    """One post on one channel: how many could come through, and why not more.

    `people` is a fair share, `least` and `most` what it could be in another division that lets as
    many through in all; NaN where a side or the cap is not known.
    """

    lane: Lane
    mark: Mark
    people: float
    least: float
    most: float


@dataclass(frozen=True)
class Allocation:
    """All passages, sorted, and the most people in all: an upper bound, not a forecast.

    `low` and `high` are the same with what is needed at the ends of its interval.
    `unknown` counts passages whose cap, surplus or need is not known: nobody stands in for them.
    """

    passages: tuple[Passage, ...]
    total: float
    unknown: int
    low: float
    high: float


@dataclass(frozen=True)
class World:
    """Whatever an allocation depends on: posts, areas in the order of their posts, caps, harm."""

    posts: tuple[Post, ...]
    areas: tuple[Area, ...]
    caps: tuple[Cap, ...]
    protected: tuple[Protected, ...] = ()


def allocate(world: World) -> Allocation:
    """The most people that could pass from surplus to gap through channels that exist.

    Where several divisions let the same number through, each passage gets the most even part of
    what it could take by itself (max-min fair), so no order of rows or names decides. Pairs of
    areas without a channel for a post have a passage of their own, marked so.

    Raises:
        BadInput: an area or a post stands twice, or a channel leads to an area that is not there.
        MethodFailed: the solver did not finish.

    Source: domain page outlook, section 4.8; the fair division after Bertsekas & Gallager (1992),
    Data Networks, 2nd edition, section 6.5.2.
    """
    _check(world)
    asked = _asked(world)
    passing = tuple(lane for lane, mark in asked if mark == "OPEN")
    people, lowest, highest = fair(passing)
    at = {lane: number for number, lane in enumerate(passing)}

    def passage(lane: Lane, mark: Mark) -> Passage:
        found = at.get(lane)
        if found is not None:
            return Passage(
                lane, mark, float(people[found]), float(lowest[found]), float(highest[found])
            )
        nobody = np.nan if mark in UNKNOWN else 0.0
        return Passage(lane, mark, nobody, nobody, nobody)

    passages = tuple(passage(lane, mark) for lane, mark in asked)
    unknown = sum(one.mark in UNKNOWN for one in passages)
    total = float(people.sum())
    low, high = (_most(_needing(world, end)) for end in (0, 1))
    return Allocation(passages, total, unknown, min(low, total), max(high, total))


def _needing(world: World, end: int) -> World:
    """The world with what is needed at one end of its interval."""
    areas = (one if one.needs is None else replace(one, need=one.needs[end]) for one in world.areas)
    return replace(world, areas=tuple(areas))


def _most(world: World) -> float:
    lanes = [lane for lane, mark in _asked(world) if mark == "OPEN"]
    return most(lanes, caps_of(lanes)) if lanes else 0.0


def arrivals(found: Allocation, destination: str, posts: Sequence[Post]) -> Floats:
    """How many people could come to an area, by post, (o,): what regular channels could do.

    NaN where no channel is open and one might be: its cap, or the other side, is not known.

    Source: domain page outlook, section 4.8.
    """
    coming = [one for one in found.passages if one.lane.destination == destination]

    def number(post: Post) -> float:
        own = [one for one in coming if one.lane.post == post]
        known = [one.people for one in own if one.mark not in UNKNOWN]
        is_open = any(one.mark == "OPEN" for one in own)
        return sum(known) if is_open or len(known) == len(own) else np.nan

    return np.array([number(post) for post in posts])


def _asked(world: World) -> list[tuple[Lane, Mark]]:
    """Every pair of areas and post, through each channel open to it or through none."""
    found = []
    for origin in world.areas:
        for destination in world.areas:
            if origin.id != destination.id:
                found += _between(world, origin, destination)
    return sorted(found, key=lambda one: one[0])


def _between(world: World, origin: Area, destination: Area) -> list[tuple[Lane, Mark]]:
    ends = (origin.id, destination.id)
    between = [cap for cap in world.caps if (cap.origin, cap.destination) == ends]
    none = Cap("", *ends, (), "NO_CHANNEL", 0.0)
    found = []
    for at, post in enumerate(world.posts):
        surplus, need = float(origin.surplus[at]), float(destination.need[at])
        harm = _harm(world, origin, at)
        for cap in [one for one in between if one.open_to(post.occupation)] or [none]:
            lane = Lane(*ends, post, cap.channel, cap.kind, cap.people, surplus, need)
            found.append((lane, harm or _mark(lane)))
    return found


def _harm(world: World, origin: Area, at: int) -> Mark | None:
    """Why nobody is taken from there; where its shortage cannot be judged, nobody is either."""
    if protects(world.protected, origin.id, world.posts[at].occupation):
        return "PROTECTED"
    if np.isnan(origin.p_shortage[at]):
        return "SURPLUS_UNKNOWN"
    return "ORIGIN_SHORT" if origin.p_shortage[at] > MOST_SHORT else None


def _mark(lane: Lane) -> Mark:
    reasons: tuple[tuple[bool, Mark], ...] = (
        (bool(np.isnan(lane.surplus)), "SURPLUS_UNKNOWN"),
        (bool(np.isnan(lane.need)), "NEED_UNKNOWN"),
        (lane.surplus <= 0, "NO_SURPLUS"),
        (lane.need <= 0, "NO_NEED"),
        (lane.kind == "NO_CHANNEL", "NO_CHANNEL"),
        (lane.kind == "UNKNOWN", "CAP_UNKNOWN"),
        (lane.kind == "NOT_YET", "NOT_YET"),
        (lane.cap <= 0, "QUOTA_ZERO" if lane.kind == "QUOTA" else "UPTAKE_ZERO"),
    )
    return next((mark for applies, mark in reasons if applies), "OPEN")


def _check(world: World) -> None:
    known = {one.id for one in world.areas}
    if len(known) < len(world.areas) or len(set(world.posts)) < len(world.posts):
        raise BadInput("An area or a post stands twice in what is to be allocated.")
    lost = sorted({cap.channel for cap in world.caps if not {cap.origin, cap.destination} <= known})
    if lost:
        raise BadInput(
            f"These channels lead from or to an area whose gaps are not given: {', '.join(lost)}. "
            "Give its gaps, or leave the channels out."
        )
