"""The order of one scenario: employment, openings, supply, gaps, channels; each if it can be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.dataflow import Dimension
from cauce.model.projected import NotProducible, Projected
from cauce.model.rule import rule
from cauce.model.shortage import PresentShortage
from cauce.model.text import Text
from cauce.outlook.gaps import Frame
from cauce.outlook.leaving import HELD as RATES_HELD
from cauce.outlook.leaving import THREE
from cauce.outlook.matrix import Staffing, own_mix
from cauce.outlook.people import ONCE
from cauce.outlook.proving import Champion, Shelf, scores
from cauce.pipeline.outlook.closing import Situation, frame_of, gap_flows, supposed_of_gaps
from cauce.pipeline.outlook.coming import lacking, supply_of, supposed
from cauce.pipeline.outlook.demand import Level, Margin, level, margin
from cauce.pipeline.outlook.flows import Table
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.leaving import Opened, openings_of
from cauce.pipeline.outlook.levers import Changed, levers_on, without_work
from cauce.pipeline.outlook.pack import OutlookPack, Told
from cauce.pipeline.outlook.parts import coming_table, leaving_table
from cauce.pipeline.outlook.population import Peopled
from cauce.pipeline.outlook.staffing import (
    EFFECTS,
    INDUSTRIES,
    NO_INDUSTRY,
    NOT_NEW,
    finer,
    staffing_of,
    taken_apart,
)
from cauce.pipeline.outlook.stock import Behind, people_behind
from cauce.pipeline.progress import Progress

LEVELS = {
    "occupation": Text("Sub-major groups", "Subgrupos principales"),
    "groups": Text("Major groups", "Grandes grupos"),
}


@dataclass
class Said:
    """What a scenario says: tables and flows, what it assumes, and what it cannot say."""

    tables: list[Table] = field(default_factory=list)
    assumptions: list[Text] = field(default_factory=list)
    lacking: list[NotProducible] = field(default_factory=list)
    flows: list[Projected] = field(default_factory=list)


def said(
    pack: OutlookPack,
    scenario: Told,
    read: dict[str, Read],
    present: tuple[PresentShortage, ...],
    frame: Frame,
    progress: Progress,
    people: Peopled | NotProducible | None = None,
) -> Said:
    """Everything the scenario says of the area, each table only where its inputs are there.

    Args:
        present: which occupations are short today, if anybody can tell.
        people: the population from the base year on, or why there is none.
    """
    found = Said()
    progress("Counting the people behind it")
    plain = people_behind(pack, read, people, np.ones(pack.horizon))
    progress("Forecasting occupations")
    fine = _level(pack, plain, read.get("occupation"), found)
    if fine is None:
        return found
    groups = _level(pack, plain, read.get("groups"), found)
    found.flows.append(_record((fine, groups), frame))
    if groups is None:
        found.tables.append(_employment("OCCUPATION", fine, fine, scenario, {}, {}))
        return found
    matrix = staffing_of(read.get("matrix"), read.get("industry"), groups.cells)
    sectors = () if isinstance(matrix, NotProducible) else matrix.sectors
    idle = without_work(read.get("people"), groups)
    changed = levers_on(pack, scenario, groups, sectors, idle)
    found.assumptions += changed.said
    same = bool((changed.participation == 1).all())
    behind = plain if same else people_behind(pack, read, people, changed.participation)
    found.tables += behind.tables
    found.assumptions += behind.said
    found.lacking += behind.lacking
    before = plain.sized(fine), plain.sized(groups)
    after = _with_work(changed, matrix, behind.sized(fine), behind.sized(groups), found)
    found.tables.append(_employment("OCCUPATION", before[0], after[0], scenario, {}, {}))
    progress("Telling openings, supply and gaps")
    more = _gaps(pack, changed, read, present, after[1], behind, frame, found)
    effects = _effects(pack, behind, read.get("industry"), matrix, after[1], changed.work, found)
    found.tables.append(_employment("GROUP", before[1], after[1], scenario, more, effects))
    return found


def _gaps(
    pack: OutlookPack,
    changed: Changed,
    read: dict[str, Read],
    present: tuple[PresentShortage, ...],
    level: Level,
    behind: Behind,
    frame: Frame,
    found: Said,
) -> dict[str, Floats]:
    """Openings and supply as draws, with gaps and channels as flows where both are there."""
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
    situation = Situation(pack, level, opened, supply, changed.seats, changed.quota, present)
    made = gap_flows(situation, frame_of(frame, pack))
    found.assumptions += supposed_of_gaps(situation)
    found.flows += [one for one in made if isinstance(one, Projected)]
    found.lacking += [one for one in made if isinstance(one, NotProducible)]
    return {**told, "PRJ_SUP_NB": supply.total}


def _level(pack: OutlookPack, plain: Behind, read: Read | None, found: Said) -> Level | None:
    read = plain.shares(read)
    if read is None:
        return None
    made = level(read, pack)
    if isinstance(made, NotProducible):
        found.lacking.append(made)
        return None
    found.assumptions += _published(LEVELS[read.wanted.name], made.proof.champions)
    found.assumptions += [one for one in made.said if one not in found.assumptions]
    return made


def _published(name: Text, champions: Sequence[Champion]) -> list[Text]:
    """Which method is published and why, once for the years ahead that it holds for."""
    said: dict[Text, list[int]] = {}
    for ahead, one in enumerate(champions, 1):
        said.setdefault(one.verdict, []).append(ahead)
    return [
        Text(
            f"{name.en}, {_years(ahead)} years ahead: {verdict.en}",
            f"{name.es}, a {_years(ahead)} años: {verdict.es}",
        )
        for verdict, ahead in said.items()
    ]


def _years(ahead: list[int]) -> str:
    return ", ".join(str(one) for one in ahead)


def _record(levels: tuple[Level | None, ...], frame: Frame) -> Projected:
    """How past forecasts did, beside the forecast: every method, and who is published."""
    found = [one for one in levels if one is not None]
    last = str(int(found[0].read.history.years[-1]))
    shelf = Shelf(
        f"{frame.id}_{frame.scenario.id}_SCORES",
        Text("How past forecasts did", "Cómo les fue a los pronósticos pasados"),
        frame.source,
        frame.areas[0],
        LEVELS,
        frame.indicators,
        last,
        frame.theme,
    )
    return scores([card for one in found for card in one.proof.scorecards], shelf)


def _with_work(
    changed: Changed,
    matrix: Staffing | NotProducible,
    fine: Level,
    groups: Level,
    found: Said,
) -> tuple[Level, Level]:
    """The levels with the work that the scenario adds; the very same where it adds none."""
    if isinstance(matrix, NotProducible):
        found.lacking.append(matrix)
        return fine, groups
    mixed = own_mix(matrix)
    found.assumptions += [] if mixed is None else [mixed]
    if not changed.work.any():
        return fine, groups
    found.assumptions.append(NOT_NEW)
    more: Floats = changed.work @ matrix.share
    below = finer(more, groups, fine, _above(fine.read.dimensions[0]))
    return _with(fine, below), _with(groups, more)


def _effects(
    pack: OutlookPack,
    behind: Behind,
    industry: Read | None,
    matrix: Staffing | NotProducible,
    groups: Level,
    work: Floats,
    found: Said,
) -> dict[str, Floats]:
    """Industry and staffing effect of each occupation, nothing where they cannot be told."""
    if industry is None:
        found.lacking.append(NotProducible(rule(EFFECTS), NO_INDUSTRY))
        return {}
    divided = behind.divided(margin(industry, pack))
    made = taken_apart(matrix, divided, groups, work)
    if isinstance(made, NotProducible):
        found.lacking.append(made)
        return {}
    told = divided.said if isinstance(divided, Margin) else ()
    found.assumptions += [one for one in (INDUSTRIES, *told) if one not in found.assumptions]
    return made


def _above(dimension: Dimension) -> dict[str, str]:
    return {code.id: code.parent for code in dimension.codes}


def _with(one: Level, more: Floats) -> Level:
    return replace(one, employed=one.employed + more[None])


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
        **({"PRJ_DIF_NB": after.employed - before.employed} if scenario.levers else {}),
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
