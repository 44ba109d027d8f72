"""The pages of the outlook: the areas, one area, one occupation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cauce.model.crisis import Crisis
from cauce.model.scenario import BASELINE
from cauce.portal.links import Link, address, table_path
from cauce.portal.origins import Table
from cauce.portal.outlook.blend import Together, together
from cauce.portal.outlook.bringing import Brings, brings
from cauce.portal.outlook.changing import Change, changing
from cauce.portal.outlook.closing import (
    Agreement,
    Fall,
    Square,
    Through,
    agreements,
    fall,
    square,
    through,
)
from cauce.portal.outlook.fan import Fan, fan
from cauce.portal.outlook.first import Side, answer, answer_of, reasons, side_by_side
from cauce.portal.outlook.grounds import GROUNDS, Grounds, grounds_of
from cauce.portal.outlook.record import Record, records
from cauce.portal.outlook.rows import Cell, Row, codes, own_dimension, row
from cauce.portal.outlook.shelf import Run
from cauce.portal.outlook.studies import Beside
from cauce.portal.outlook.supply import Made, People, made, people
from cauce.portal.outlook.together import Drawn, drawn
from cauce.portal.pages import Invented
from cauce.portal.words import Words

Runs = Mapping[str, Run]
LEVELS = ("GROUP", "OCCUPATION")
"""The tables of occupations, the wider ones first: they say the most."""
LEVEL_OF = {"GROUP": "GROUPS", "OCCUPATION": "OCCUPATION"}
"""The level of the scorecard of each table."""
SHOWN = ("PRJ_EMP_NB", "PRJ_DIF_NB", "PRJ_OPN_NB", "PRJ_SUP_NB", "PRJ_GAP_NB")
THREE = ("PRJ_EXP_NB", "PRJ_OPN_NB", "PRJ_GRO_NB")


@dataclass(frozen=True)
class Choice:
    """A scenario that may be looked at; `here` says it is the one that is."""

    link: Link
    about: str
    here: bool


@dataclass(frozen=True)
class IndexPage:
    """What templates/outlook/index.html is given, and nothing else."""

    title: str
    invented: Invented
    areas: tuple[tuple[Link, tuple[Link, ...], str], ...]
    shocks: tuple[Link, ...]
    regions: tuple[Link, ...]
    studies: Beside | None = None


@dataclass(frozen=True)
class AreaPage:
    """What templates/outlook/area.html is given, and nothing else."""

    title: str
    invented: Invented
    area: Link
    scenario: str
    base: str
    horizon: str
    choices: tuple[Choice, ...]
    answer: str
    side: Side | None
    brings: Brings | None
    whys: Mapping[str, int]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    finer: bool
    through: tuple[Through, ...]
    closed: int
    channels: str
    drawn: Drawn | None
    regions: tuple[Link, ...]
    people: People | None
    agreements: tuple[Agreement, ...]
    square: Square | None
    records: tuple[Record, ...]
    grounds: Grounds
    studies: Beside | None = None


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


@dataclass(frozen=True)
class GroundsPage:
    """What templates/outlook/grounds.html is given, and nothing else."""

    title: str
    invented: Invented
    area: Link
    choices: tuple[Choice, ...]
    grounds: Grounds


def grounds_page(runs: Runs, run: Run, words: Words) -> GroundsPage:
    """What a scenario of an area assumes, lacks and starts from."""
    name = words.of(run.area.name)
    path = f"/{words.language}/outlook/{run.area.id}"
    return GroundsPage(
        title=words("o_grounds_of", area=name),
        invented="all" if _invented(run) else "",
        area=Link(name, address(path, {"scenario": _asked(run.scenario.id)})),
        choices=_choices(runs, run, f"{path}/{GROUNDS}", words),
        grounds=grounds_of(run, words),
    )


def listed_paths(found: Mapping[str, Runs]) -> Iterator[str]:
    """The pages of the outlook without the language: the list, areas, occupations."""
    yield "/outlook"
    for area, runs in found.items():
        yield from (f"/outlook/{area}", f"/outlook/{area}/{GROUNDS}")
        first = next(iter(runs.values()))
        for name in LEVELS:
            if table := first.table(name):
                yield from (f"/outlook/{area}/{code.id}" for code in codes(table))


def index_page(
    found: Mapping[str, Runs], shocks: Iterable[Crisis], together: Iterable[Run], words: Words
) -> IndexPage:
    """The areas with an outlook, each with its scenarios; regions, and the crises that are told."""
    areas = []
    for area, runs in found.items():
        first = next(iter(runs.values()))
        path = f"/{words.language}/outlook/{area}"
        scenarios = tuple(
            Link(words.of(run.scenario.name), address(path, {"scenario": _asked(name)}))
            for name, run in runs.items()
        )
        told = words("o_until", first=_base(first), last=first.years[-1])
        areas.append((Link(words.of(first.area.name), path), scenarios, told))
    invented = [_invented(next(iter(runs.values()))) for runs in found.values()]
    mixed: Invented = "all" if invented and all(invented) else "some" if any(invented) else ""
    named = (Link(words.of(one.name), f"/{words.language}/crises/{one.id}") for one in shocks)
    regions = (
        Link(words.of(one.area.name), f"/{words.language}/outlook/{one.area.id}")
        for one in together
    )
    return IndexPage(words("outlook"), mixed, tuple(areas), tuple(named), tuple(regions))


def area_page(runs: Runs, run: Run, words: Words, regions: tuple[Link, ...] = ()) -> AreaPage:
    """What a scenario says of all occupations of an area, and the regions it belongs to."""
    tables = [table for name in LEVELS if (table := run.table(name))]
    year = run.years[-1]
    path = f"/{words.language}/outlook/{run.area.id}"
    every = through(run, words)
    passing = tuple(one for one in every if one.people.raw)
    new = agreements(run, words)
    columns = _columns(run, tables[0], words) if tables else ()
    rows = (
        tuple(row(run, tables[0], each, year, words) for each in codes(tables[0])) if tables else ()
    )
    added = brings(run, words)
    return AreaPage(
        title=words("o_of", area=words.of(run.area.name)),
        invented="all" if _invented(run) else "",
        area=Link(words.of(run.area.name), path),
        scenario=words.of(run.scenario.name),
        base=_base(run),
        horizon=year,
        choices=_choices(runs, run, path, words),
        answer=answer(rows, year, words),
        side=side_by_side(rows, year, words),
        brings=added,
        whys=reasons(one.cells.get(name) for one in rows for name, _ in columns),
        columns=columns,
        rows=rows,
        finer=len(tables) > 1,
        through=passing,
        closed=len(every) - len(passing),
        channels=table_path(words.language, run.manifests["CHANNELS"].dataflow.id) if every else "",
        drawn=drawn(passing, new, words),
        regions=regions,
        people=people(run, year, words),
        agreements=new,
        square=square(run, words),
        records=records(run, words),
        grounds=grounds_of(run, words),
    )


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
        invented="all" if _invented(run) else "",
        area=Link(words.of(run.area.name), address(path, {"scenario": _asked(run.scenario.id)})),
        scenario=words.of(run.scenario.name),
        base=_base(run),
        horizon=run.years[-1],
        choices=_choices(runs, run, f"{path}/{code}", words),
        answer=answer_of(found, _base(run), run.years[-1], words),
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


def _columns(run: Run, table: Table, words: Words) -> tuple[tuple[str, str], ...]:
    """The indicators that stand in a row of the page of an area."""
    gaps = run.table("GAPS")
    held = (*table.flow.indicators, *(gaps.flow.indicators if gaps else ()))
    names = {one.id: words.of(one.name) for one in held}
    names |= {"PRJ_GAP_NB": words("o_gap_head")} if gaps else {}
    # A scenario tells what it changes in the place of supply: six numbers in a row are too many.
    left_out = "PRJ_SUP_NB" if "PRJ_DIF_NB" in names else ""
    return tuple((name, names[name]) for name in SHOWN if name in names and name != left_out)


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


def _asked(scenario: str) -> str:
    return "" if scenario == BASELINE else scenario


def _base(run: Run) -> str:
    return str(int(run.years[0]) - 1)


def _invented(run: Run) -> bool:
    return run.one.dataflow.source.invented


def _choices(runs: Runs, run: Run, path: str, words: Words) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            Link(words.of(one.scenario.name), address(path, {"scenario": _asked(name)})),
            "",
            name == run.scenario.id,
        )
        for name, one in runs.items()
    )
