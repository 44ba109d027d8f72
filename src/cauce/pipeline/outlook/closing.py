"""Gaps, their classes, who could close them, and what channels let through: rows of dataflows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible, Projected
from cauce.model.shortage import PresentShortage
from cauce.model.text import Text
from cauce.outlook.gaps import (
    Area,
    Capability,
    Channel,
    Frame,
    Gaps,
    Home,
    Protected,
    Region,
    Threshold,
    agreements_table,
    channels_table,
    classify,
    gap,
    gap_table,
    now_and_ahead,
    now_and_ahead_table,
    pay_flags,
    post,
    region,
    said_of_capability,
    said_of_channels,
    said_of_gaps,
    unknown_steps,
    waterfall,
    waterfall_table,
    where_more_helps,
)
from cauce.outlook.gaps.capability import Step
from cauce.outlook.people import Supply
from cauce.pipeline.outlook.changes import LIST, changes
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.exits import Assumed
from cauce.pipeline.outlook.leaving import Opened
from cauce.pipeline.outlook.pack import Origin, OutlookPack
from cauce.pipeline.outlook.regional import ways_of
from cauce.pipeline.outlook.spread import by_cell

YEARS_LEAD = "lead"
STATED: Mapping[Step, str] = {
    "CONDITIONS": "conditions",
    "RECOGNITION": "recognition",
    "RETURN": "more_returns",
}
"""The assumption that says how many people a step could bring until the horizon."""


@dataclass(frozen=True)
class Situation:
    """What the gaps of one scenario are made of."""

    pack: OutlookPack
    level: Level
    opened: Opened
    supply: Supply
    seats: Floats
    quota: Floats
    present: tuple[PresentShortage, ...] = ()

    @property
    def area(self) -> Code:
        return self.level.read.flow.dimensions[1].codes[0]


def gap_flows(
    found: Situation, frame: Frame, others: Sequence[Situation] = ()
) -> tuple[Projected | NotProducible, ...]:
    """The gap table, the waterfall, and, where there are channels, what they let through.

    Args:
        others: the other countries of its region, as their own baselines have them.
    """
    gaps, at = _gaps(found)
    nearer = _nearer(found, at)
    first = waterfall(gaps.gap.people, nearer)
    horizon = gaps.gap.people.shape[1]
    tables: list[Projected | NotProducible] = [
        gap_table([gaps], frame),
        changes(found.pack, gaps, found.opened, found.supply, at, found.level.base[at], frame),
    ]
    if found.present:
        views = now_and_ahead(gaps.posts, found.present, gaps.classes, horizon)
        tables.append(now_and_ahead_table(views, gaps, horizon, frame))
    pay = pay_flags(np.full(len(gaps.posts), np.nan))
    if not _ways([found, *others]):
        return (*tables, waterfall_table([(gaps, first, pay)], frame), *unknown_steps(first))
    met = meeting([found, *others])
    fall, passing, year = met.falls[0], met.years[-1], gaps.base_year + horizon
    own = [one for one in where_more_helps(passing) if one.destination == gaps.area]
    return (
        *tables,
        waterfall_table([(gaps, fall, pay)], frame),
        *unknown_steps(fall),
        channels_table(passing, year, frame, gaps.area if others else ""),
        agreements_table(own, year, frame),
    )


def region_flows(found: Sequence[Situation], frame: Frame) -> tuple[Projected | NotProducible, ...]:
    """What channels let through between all countries of a region, and where one more would help.

    Raises:
        BadInput: the countries do not start in the same year, or have not the same occupations.
    """
    passing = meeting(found).years[-1]
    year = int(found[0].level.read.history.years[-1]) + found[0].pack.horizon
    gains = where_more_helps(passing)
    return channels_table(passing, year, frame), agreements_table(gains, year, frame)


def supposed_of_region(found: Sequence[Situation]) -> tuple[Text, ...]:
    """What the allocation of a region rests on beyond what its countries' outlooks say."""
    named = [one.source for each in found for one in each.pack.origins]
    return (*said_of_channels(_ways(found), _protected(found)), *dict.fromkeys(named), UNDER)


UNDER = Text(
    "What each country misses and could spare is as its own baseline has it, which says what that "
    "rests on.",
    "Lo que a cada país le falta y aquello de lo que podría prescindir son los de su propia línea "
    "base, que dice en qué se apoyan.",
)


def meeting(found: Sequence[Situation]) -> Region:
    """The countries and those they name, year by year: whom each could spare, and who could pass.

    The quotas of channels to the first country are as its scenario has them.

    Raises:
        BadInput: the countries do not start in the same year, or have not the same occupations.
    """
    homes = [_gaps(one) for one in found]
    if len({gaps.base_year for gaps, _ in homes}) > 1:
        told = ", ".join(f"{gaps.area} {gaps.base_year}" for gaps, _ in homes)
        raise BadInput(f"The outlooks of a region start in one year; these do not: {told}.")
    first, horizon = homes[0][0], homes[0][0].gap.people.shape[1]
    there = {gaps.area for gaps, _ in homes}
    named = {one.id: one for each in found for one in each.pack.origins if one.id not in there}
    return region(
        [Home(gaps, _nearer(one, at)) for one, (gaps, at) in zip(found, homes, strict=True)],
        _ways(found),
        _protected(found),
        others=[[_origin(one, first, year / horizon) for one in named.values()]
                for year in range(1, horizon + 1)],
        times=found[0].quota,
        to=first.area,
    )  # fmt: skip


def _protected(found: Sequence[Situation]) -> tuple[Protected, ...]:
    return found[0].pack.region.protected if found[0].pack.region and len(found) > 1 else ()


def _ways(found: Sequence[Situation]) -> tuple[Channel, ...]:
    """The channels of all countries, and of the region if they are together in it."""
    ways = [way for one in found for way in ways_of(one.pack)]
    region = found[0].pack.region
    ways += region.channels if region and len(found) > 1 else ()
    return tuple(
        Channel(one.id, one.name, one.origin, one.destination, one.occupations,
                one.quota, one.uptake, one.source, one.lead)
        for one in ways
    )  # fmt: skip


def frame_of(found: Frame, situations: Sequence[Situation]) -> Frame:
    """The frame with the lists that are these outlooks' own: channels and where they begin."""
    codes = {
        code.id: code
        for one in situations
        for code in (*(Code(each.id, each.name) for each in one.pack.origins), one.area)
    }
    # A country that has an outlook has a name of its own, whoever calls it a neighbour.
    codes |= {one.area.id: one.area for one in situations}
    lists: Mapping[str, Codelist] = {
        **found.lists,
        LIST.id: LIST,
        "CL_OUTLOOK_CHANNEL": Codelist(
            "CL_OUTLOOK_CHANNEL",
            Text("Channels of the outlook", "Cauces de las perspectivas"),
            tuple(Code(one.id, one.name) for one in _ways(situations)),
        ),
        "CL_COUNTRY": Codelist("CL_COUNTRY", Text("Country", "País"), tuple(codes.values())),
    }
    return replace(found, lists=lists)


def _gaps(found: Situation) -> tuple[Gaps, list[int]]:
    """The gaps of all occupations of ISCO, and where they stand among the cells."""
    at = [i for i, cell in enumerate(found.level.cells) if cell.isdigit()]
    base = found.level.base[at]
    gaps = gap(found.opened.openings.for_newcomers[:, :, at], found.supply.total[:, :, at], base)
    return Gaps(
        found.pack.area,
        tuple(post(found.level.cells[i]) for i in at),
        int(found.level.read.history.years[-1]),
        gaps,
        classify(gaps.relative, _threshold(found.pack)),
        found.level.cv[at],
    ), at


def _threshold(pack: OutlookPack) -> Threshold:
    return Threshold(pack.margin, float(pack.horizon), pack.sure)


def supposed_of_gaps(found: Situation, others: Sequence[Situation] = ()) -> tuple[Text, ...]:
    """What classes, steps and channels rest on, each with whose word it is."""
    at = [i for i, cell in enumerate(found.level.cells) if cell.isdigit()]
    said = (*said_of_gaps(_threshold(found.pack)), *said_of_capability(_nearer(found, at)))
    all_of = (found, *others)
    ways = [one for one in _ways(all_of) if found.pack.area in (one.origin, one.destination)]
    return (*said, *said_of_channels(ways, _protected(all_of))) if ways else said


def _nearer(found: Situation, at: list[int]) -> tuple[Capability, ...]:
    """What can be done before anybody is called from abroad, as far as somebody stands for it."""
    shape = found.opened.openings.for_newcomers[:, :, at].shape
    cells = tuple(found.level.cells[i] for i in at)
    steps = [_training(found, at, shape)]
    for step, name in STATED.items():
        steps.append(_stated(found, step, name, cells, shape))
    return tuple(one for one in steps if one is not None)


def _stated(
    found: Situation, step: Step, name: str, cells: tuple[str, ...], shape: tuple[int, ...]
) -> Capability | None:
    """People that somebody says a step could bring until the horizon, evenly after its lead."""
    assumed = found.pack.assumptions
    people = by_cell(assumed, name, cells)
    if people is None:
        return None
    first, horizon = _lead(assumed, step), shape[1]
    if first is None:
        return None
    lead = np.full(len(cells), first)
    year = np.arange(1, horizon + 1)[:, None]
    part = np.clip((year - first + 1) / max(horizon - first + 1, 1), 0.0, 1.0)
    return Capability(step, np.broadcast_to(people * part, shape), lead, assumed[name].source)


def _training(found: Situation, at: list[int], shape: tuple[int, ...]) -> Capability | None:
    assumed = found.pack.assumptions
    if "seats" not in assumed or "completion" not in assumed:
        return None
    lead = _lead(assumed, "TRAINING")
    if lead is None:
        return None
    cells = tuple(found.level.cells[i] for i in at)
    seats, years = found.seats[:, at] * assumed["completion"].values.get("", np.nan), int(lead)
    stated = by_cell(assumed, "seats", cells)
    opened = seats.any(axis=0) if stated is None else np.isfinite(stated) | seats.any(axis=0)
    brought = np.zeros(shape[1:])
    brought[years:] = np.cumsum(seats, axis=0)[: max(shape[1] - years, 0)]
    # Seats that nobody states for an occupation are not known to be none.
    people = np.broadcast_to(np.where(opened, brought, np.nan), shape)
    return Capability("TRAINING", people, np.full(len(at), lead), assumed["seats"].source)


def _lead(assumed: Assumed, step: str) -> float | None:
    """Years before a step brings anybody; None if nobody says: then the step is not known."""
    values = assumed[YEARS_LEAD].values if YEARS_LEAD in assumed else {}
    return values.get(step)


def _origin(one: Origin, gaps: Gaps, part: float) -> Area:
    """An origin without an outlook of its own: whom it can spare, by what somebody says.

    Args:
        part: of the time until the horizon that has passed; people are spared evenly over it.
    """
    spare = part * np.array([one.spare.get(p.occupation, np.nan) for p in gaps.posts])
    # Whether it is short itself nobody may guess: not stated is not known, and nobody is taken.
    short = np.array([one.short.get(p.occupation, np.nan) for p in gaps.posts])
    return Area(one.id, spare, np.zeros(len(gaps.posts)), np.where(np.isnan(spare), np.nan, short))
