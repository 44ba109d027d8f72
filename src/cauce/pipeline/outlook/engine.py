"""The order of one scenario: employment, openings, supply, gaps, channels; each if it can be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible, Projected
from cauce.model.rule import rule
from cauce.model.shortage import PresentShortage
from cauce.model.text import Text
from cauce.outlook.gaps import Frame
from cauce.outlook.leaving import HELD as RATES_HELD
from cauce.outlook.leaving import THREE
from cauce.outlook.matrix import Staffing, own_mix
from cauce.outlook.people import ONCE
from cauce.pipeline.outlook.adding import Added, Ground, added, with_added
from cauce.pipeline.outlook.agreeing import agreed, shown
from cauce.pipeline.outlook.bringing import brought
from cauce.pipeline.outlook.closing import Situation, frame_of, gap_flows, supposed_of_gaps
from cauce.pipeline.outlook.coming import lacking, supply_of, supposed
from cauce.pipeline.outlook.demand import Level, Margin
from cauce.pipeline.outlook.flows import Table
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.leaving import Opened, openings_of
from cauce.pipeline.outlook.levers import ON_INDUSTRY, Changed, levers_on, without_work
from cauce.pipeline.outlook.pack import OutlookPack, Told
from cauce.pipeline.outlook.parts import coming_table, leaving_table
from cauce.pipeline.outlook.pooling import ALONE, Pooled
from cauce.pipeline.outlook.recording import published_level, record
from cauce.pipeline.outlook.sayings import Said
from cauce.pipeline.outlook.staffing import (
    INDUSTRIES,
    divided_by,
    spanned,
    staffing_of,
    steady,
    taken_apart,
)
from cauce.pipeline.outlook.stock import Behind, people_behind
from cauce.pipeline.progress import Progress

NO_GROUPS = Text(
    "What a scenario changes is told by major group, and no table of major groups is published.",
    "Lo que cambia un escenario se dice por gran grupo, y no hay una tabla de grandes grupos.",
)


def said(
    pack: OutlookPack,
    scenario: Told,
    read: dict[str, Read],
    present: tuple[PresentShortage, ...],
    frame: Frame,
    progress: Progress,
    pooled: Pooled = ALONE,
) -> Said:
    """What the scenario says of the area before gaps, each table only where its inputs are there.

    Args:
        present: which occupations are short today, if anybody can tell.
        pooled: the same tables of other countries of the region, by what they are.
    """
    found = Said()
    progress("Counting the people behind it")
    plain = people_behind(pack, read, np.ones(pack.horizon))
    progress("Forecasting occupations")
    fine = published_level(pack, plain, read.get("occupation"), found, pooled)
    if fine is None:
        return found
    rule_of = steady(
        read.get("matrix"), plain.shares(read.get("industry")), plain.shares(read.get("groups"))
    )
    groups = published_level(pack, plain, read.get("groups"), found, pooled, rule_of)
    found.flows.append(record((fine, groups), frame))
    if groups is None:
        if scenario.changes:
            found.lacking.append(NotProducible(rule(scenario.name), NO_GROUPS))
            return found
        found.tables.append(_employment("OCCUPATION", fine, fine, scenario, {}, {}))
        return found
    fine, moved = agreed(fine, groups)
    found.assumptions += [] if moved is None else [moved]
    others = pooled.get("matrix", ())
    matrix = staffing_of(read.get("matrix"), read.get("industry"), groups.cells, others)
    sectors = () if isinstance(matrix, NotProducible) else matrix.sectors
    idle = without_work(read.get("people"), groups)
    changed = levers_on(pack, scenario, groups, sectors, idle)
    found.assumptions += changed.said
    behind = _behind(pack, read, changed, plain, found)
    divided = behind.divided(divided_by(read.get("industry"), pack))
    causes = _added(scenario, changed, matrix, divided, Levels(pack, fine, groups, idle), found)
    if causes is None:
        return found
    after = (
        with_added(behind.resized(fine, plain), [one.fine for one in causes.causes]),
        with_added(behind.resized(groups, plain), [one.groups for one in causes.causes]),
    )
    found.groups = after[1]
    whole = _adding_up(after[0], shown(*after))
    found.tables.append(_employment("OCCUPATION", fine, after[0], scenario, {}, whole))
    if causes.causes:
        found.tables.append(brought(causes, groups))
    progress("Telling openings and supply")
    more = _gaps(pack, changed, read, present, after[1], behind, found)
    effects = _effects(matrix, divided, after[1], causes, found)
    found.tables.append(_employment("GROUP", groups, after[1], scenario, more, effects))
    return found


@dataclass(frozen=True)
class Levels:
    """Both levels of an area, of what pack, and how many people are without work."""

    pack: OutlookPack
    fine: Level
    groups: Level
    idle: float | None


def _added(
    scenario: Told,
    changed: Changed,
    matrix: Staffing | NotProducible,
    divided: Margin | NotProducible,
    of: Levels,
    found: Said,
) -> Added | None:
    """What the scenario adds to the baseline; None where a cause of it cannot be told."""
    if isinstance(matrix, NotProducible):
        found.lacking.append(matrix)
        asks = scenario.projects or any(one.kind in ON_INDUSTRY for one in scenario.levers)
        return None if asks else Added()
    mixed = own_mix(matrix)
    found.assumptions += [] if mixed is None else [mixed]
    made = added(scenario, changed, Ground(of.pack, of.fine, of.groups, matrix, divided), of.idle)
    if isinstance(made, NotProducible):
        found.lacking.append(made)
        return None
    found.assumptions += made.said
    return made


def _behind(
    pack: OutlookPack, read: dict[str, Read], changed: Changed, plain: Behind, found: Said
) -> Behind:
    """The people behind the scenario, with all that is said of them."""
    same = bool((changed.participation == 1).all())
    behind = plain if same else people_behind(pack, read, changed.participation)
    found.tables += behind.tables
    found.assumptions += behind.said
    found.lacking += behind.lacking
    return behind


def _gaps(
    pack: OutlookPack,
    changed: Changed,
    read: dict[str, Read],
    present: tuple[PresentShortage, ...],
    level: Level,
    behind: Behind,
    found: Said,
) -> dict[str, Floats]:
    """Openings and supply as draws, and what gaps are made of where both are there."""
    found.assumptions += [one.told for one in pack.assumptions.values()]
    opened = openings_of(level, read, pack.assumptions, changed.exits, behind, pack.seed)
    if not isinstance(opened, Opened):
        found.lacking += opened
        return {}
    openings = opened.openings
    found.assumptions += [THREE, RATES_HELD, *opened.said]
    found.lacking += opened.lacking
    found.tables.append(leaving_table(level, opened))
    told = {
        "PRJ_REP_NB": openings.replaced,
        "PRJ_OPN_NB": openings.for_newcomers,
        "PRJ_TRF_NB": openings.transfers,
        "PRJ_GRO_NB": openings.gross,
    }
    supply = supply_of(level, read, pack.assumptions, changed.scale, pack.seed)
    if isinstance(supply, NotProducible):
        found.lacking.append(supply)
        return told
    found.lacking += lacking(supply)
    found.assumptions += [ONCE, *supposed(supply, read)]
    found.tables.append(coming_table(level, supply))
    found.situation = Situation(
        pack, level, opened, supply, changed.seats, changed.quota, present
    )  # fmt: skip
    return {**told, "PRJ_SUP_NB": supply.total}


def close_gaps(found: Said, frame: Frame, others: Sequence[Situation]) -> None:
    """Add gaps and channels, where what they are made of is there.

    Args:
        others: the other countries of the region, as their own baselines have them.
    """
    situation = found.situation
    if situation is None:
        return
    made = gap_flows(situation, frame_of(frame, [situation, *others]), others)
    found.assumptions += supposed_of_gaps(situation, others)
    found.flows += [one for one in made if isinstance(one, Projected)]
    found.lacking += [one for one in made if isinstance(one, NotProducible)]


def _effects(
    matrix: Staffing | NotProducible,
    divided: Margin | NotProducible,
    groups: Level,
    causes: Added,
    found: Said,
) -> dict[str, Floats]:
    """Industry and staffing effect of each occupation, nothing where they cannot be told."""
    made = taken_apart(matrix, divided, groups, causes.work())
    if isinstance(made, NotProducible):
        found.lacking.append(made)
        return {}
    told = divided.said if isinstance(divided, Margin) else ()
    found.assumptions += [one for one in (INDUSTRIES, *told) if one not in found.assumptions]
    return made


def _adding_up(fine: Level, value: Floats) -> dict[str, Floats]:
    """What is published of the finer level, with the ends of its draws, (3, h, c) by indicator."""
    people = spanned(value, fine.employed)
    return {"PRJ_EMP_NB": people, "PRJ_EXP_NB": people - fine.base}


def _employment(
    name: str,
    before: Level,
    after: Level,
    scenario: Told,
    more: dict[str, Floats],
    spans: dict[str, Floats],
) -> Table:
    draws = {
        "PRJ_EMP_NB": after.employed,
        "PRJ_EXP_NB": after.employed - after.base,
        **({"PRJ_DIF_NB": after.employed - before.employed} if scenario.changes else {}),
        **more,
    }
    return Table(
        id=name,
        name=Text("Employment expected by occupation", "Ocupación esperada según ocupación")
        if name == "OCCUPATION"
        else Text("Outlook of occupation groups", "Perspectivas de los grupos de ocupaciones"),
        dimensions=after.read.dimensions,
        cells=tuple((cell,) for cell in after.cells),
        draws=draws,
        cv=after.cv,
        spans=spans,
    )
