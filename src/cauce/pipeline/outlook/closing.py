"""Gaps, their classes, who could close them, and what channels let through: rows of dataflows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import Code, Codelist
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


def gap_flows(found: Situation, frame: Frame) -> tuple[Projected | NotProducible, ...]:
    """The gap table, the waterfall, and, where there are channels, what they let through."""
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
    if not found.pack.channels:
        return (*tables, waterfall_table([(gaps, first, pay)], frame), *unknown_steps(first))
    found_in = region(
        [Home(gaps, nearer)],
        _channels(found),
        others=[[_origin(one, gaps, year / horizon) for one in found.pack.origins]
                for year in range(1, horizon + 1)],
        times=found.quota,
    )  # fmt: skip
    [fall], passing, year = found_in.falls, found_in.years[-1], gaps.base_year + horizon
    return (
        *tables,
        waterfall_table([(gaps, fall, pay)], frame),
        *unknown_steps(fall),
        channels_table(passing, year, frame),
        agreements_table(where_more_helps(passing), year, frame),
    )


def frame_of(found: Frame, pack: OutlookPack) -> Frame:
    """The frame with the lists that are this outlook's own: its channels and where they begin."""
    lists: Mapping[str, Codelist] = {
        **found.lists,
        LIST.id: LIST,
        "CL_OUTLOOK_CHANNEL": Codelist(
            "CL_OUTLOOK_CHANNEL",
            Text("Channels of the outlook", "Cauces de las perspectivas"),
            tuple(Code(one.id, one.name) for one in pack.channels),
        ),
        "CL_COUNTRY": Codelist(
            "CL_COUNTRY",
            Text("Country", "País"),
            (*(Code(one.id, one.name) for one in pack.origins), *found.areas),
        ),
    }
    return Frame(
        found.id, found.areas, found.scenario, found.source, lists, found.indicators, found.theme,
        found.isco,
    )  # fmt: skip


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


def supposed_of_gaps(found: Situation) -> tuple[Text, ...]:
    """What classes, steps and channels rest on, each with whose word it is."""
    at = [i for i, cell in enumerate(found.level.cells) if cell.isdigit()]
    said = (*said_of_gaps(_threshold(found.pack)), *said_of_capability(_nearer(found, at)))
    return (*said, *said_of_channels(_channels(found), ())) if found.pack.channels else said


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


def _channels(found: Situation) -> tuple[Channel, ...]:
    return tuple(
        Channel(one.id, one.name, one.origin, found.pack.area, one.occupations,
                one.quota, one.uptake, one.source, one.lead)
        for one in found.pack.channels
    )  # fmt: skip


def _origin(one: Origin, gaps: Gaps, part: float) -> Area:
    """An origin without an outlook of its own: whom it can spare, by what somebody says.

    Args:
        part: of the time until the horizon that has passed; people are spared evenly over it.
    """
    spare = part * np.array([one.spare.get(p.occupation, np.nan) for p in gaps.posts])
    # Whether it is short itself nobody may guess: not stated is not known, and nobody is taken.
    short = np.array([one.short.get(p.occupation, np.nan) for p in gaps.posts])
    return Area(one.id, spare, np.zeros(len(gaps.posts)), np.where(np.isnan(spare), np.nan, short))
