"""The page of one occupation of an outlook."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.portal.links import Link, address
from cauce.portal.origins import Table
from cauce.portal.outlook.blend import Together, together
from cauce.portal.outlook.bringing import Brings, brings
from cauce.portal.outlook.changing import Change, changing
from cauce.portal.outlook.choosing import LEVELS, Choice, Runs, asked, base, choices, invented
from cauce.portal.outlook.closing import Fall, Through, fall, through
from cauce.portal.outlook.fan import Fan, fan
from cauce.portal.outlook.first import answer_of, reasons
from cauce.portal.outlook.grounds import Grounds, grounds_of
from cauce.portal.outlook.record import Record, records
from cauce.portal.outlook.rows import Cell, Row, codes, own_dimension, row
from cauce.portal.outlook.shelf import Run
from cauce.portal.outlook.supply import Made, made
from cauce.portal.pages import Invented
from cauce.portal.words import Words

LEVEL_OF = {"GROUP": "GROUPS", "OCCUPATION": "OCCUPATION"}
"""The level of the scorecard of each table."""
THREE = ("PRJ_EXP_NB", "PRJ_OPN_NB", "PRJ_GRO_NB")


@dataclass(frozen=True)
class OccupationPage:
    """What templates/outlook/occupation.html is given, and nothing else."""

    title: str
    invented: Invented
    area: Link
    scenario: str
    base: str
    horizon: str
    choices: tuple[Choice, ...]
    answer: str
    brings: Brings | None
    whys: Mapping[str, int]
    fan: Fan | None
    row: Row
    three: tuple[tuple[str, str, str], ...]
    years: tuple[str, ...]
    lines: tuple[tuple[str, str, tuple[Cell | None, ...]], ...]
    finer: tuple[Row, ...]
    blend: Together | None
    made: Made | None
    fall: Fall | None
    through: tuple[Through, ...]
    changing: tuple[Change, ...] | None
    records: tuple[Record, ...]
    grounds: Grounds


def occupation_page(runs: Runs, run: Run, code: str, words: Words) -> OccupationPage | None:
    """What a scenario says of one occupation; None if it says nothing of such a one."""
    found_in = ((name, t) for name in LEVELS if (t := run.table(name)) and _has(t, code))
    name, table = next(found_in, ("", None))
    if table is None:
        return None
    own = next(one for one in codes(table) if one.id == code)
    found = row(run, table, own, run.years[-1], words)
    path = f"/{words.language}/outlook/{run.area.id}"
    yearly = [row(run, table, own, year, words).cells for year in run.years]
    lines = tuple(
        (one.id, words.of(one.name), tuple(cells.get(one.id) for cells in yearly))
        for one in table.flow.indicators
    )
    falls, passing = fall(run, code, run.years[-1], words), through(run, words, code)
    added = brings(run, words, code)
    parts = made(run, found, run.years[-1], words)
    shown = (
        *(one.people for one in ((*parts.openings, *parts.supply) if parts else ())),
        *(cell for _, _, cells in lines for cell in cells),
        *(added.cells if added else ()),
        *(step.people for step in (falls.steps if falls else ())),
        *(cell for one in passing for cell in (one.spare, one.people)),
    )
    return OccupationPage(
        title=words("o_occupation", occupation=found.name, area=words.of(run.area.name)),
        invented="all" if invented(run) else "",
        area=Link(words.of(run.area.name), address(path, {"scenario": asked(run.scenario.id)})),
        scenario=words.of(run.scenario.name),
        base=base(run),
        horizon=run.years[-1],
        choices=choices(runs, run, f"{path}/{code}", words),
        answer=answer_of(found, base(run), run.years[-1], words),
        brings=added,
        whys=reasons(shown),
        fan=fan(run, table, own_dimension(table), code, words),
        row=found,
        three=_three(table, words),
        years=run.years,
        lines=lines,
        finer=_finer(run, code, words),
        blend=together(run, code, words),
        made=parts,
        fall=falls,
        through=passing,
        changing=changing(run, code, words),
        records=records(run, words, (LEVEL_OF[name],)),
        grounds=grounds_of(run, words),
    )


def _finer(run: Run, code: str, words: Words) -> tuple[Row, ...]:
    """The occupations within a group; none within one of the finest."""
    table = run.table(LEVELS[-1])
    if table is None:
        return ()
    within = (one for one in codes(table) if one.id.startswith(code) and one.id != code)
    return tuple(row(run, table, one, run.years[-1], words) for one in within)


def _has(table: Table, code: str) -> bool:
    return any(one.id == code for one in codes(table))


def _three(table: Table, words: Words) -> tuple[tuple[str, str, str], ...]:
    """The three numbers that are not to be confused, each with what it is."""
    held = {one.id: one for one in table.flow.indicators}
    return tuple(
        (name, words.of(held[name].name), words.of(held[name].definition))
        for name in THREE
        if name in held
    )
