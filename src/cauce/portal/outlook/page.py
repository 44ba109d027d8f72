"""The pages of the outlook: the areas, one area, what it rests on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cauce.model.crisis import Crisis
from cauce.portal.links import Link, address, table_path
from cauce.portal.origins import Table
from cauce.portal.outlook.bringing import Brings, brings
from cauce.portal.outlook.choosing import LEVELS, Choice, Runs, asked, base, choices, invented
from cauce.portal.outlook.closing import (
    Agreement,
    Square,
    Through,
    agreements,
    square,
    through,
)
from cauce.portal.outlook.first import Side, answer, reasons, side_by_side
from cauce.portal.outlook.grounds import GROUNDS, Grounds, grounds_of
from cauce.portal.outlook.record import Record, records
from cauce.portal.outlook.rows import Row, codes, row
from cauce.portal.outlook.shelf import Run
from cauce.portal.outlook.studies import Beside
from cauce.portal.outlook.supply import People, people
from cauce.portal.outlook.together import Drawn, drawn
from cauce.portal.pages import Invented
from cauce.portal.words import Words

SHOWN = ("PRJ_EMP_NB", "PRJ_DIF_NB", "PRJ_OPN_NB", "PRJ_SUP_NB", "PRJ_GAP_NB")


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
        invented="all" if invented(run) else "",
        area=Link(name, address(path, {"scenario": asked(run.scenario.id)})),
        choices=choices(runs, run, f"{path}/{GROUNDS}", words),
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
            Link(words.of(run.scenario.name), address(path, {"scenario": asked(name)}))
            for name, run in runs.items()
        )
        told = words("o_until", first=base(first), last=first.years[-1])
        areas.append((Link(words.of(first.area.name), path), scenarios, told))
    unreal = [invented(next(iter(runs.values()))) for runs in found.values()]
    mixed: Invented = "all" if unreal and all(unreal) else "some" if any(unreal) else ""
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
        invented="all" if invented(run) else "",
        area=Link(words.of(run.area.name), path),
        scenario=words.of(run.scenario.name),
        base=base(run),
        horizon=year,
        choices=choices(runs, run, path, words),
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


def _columns(run: Run, table: Table, words: Words) -> tuple[tuple[str, str], ...]:
    """The indicators that stand in a row of the page of an area."""
    gaps = run.table("GAPS")
    held = (*table.flow.indicators, *(gaps.flow.indicators if gaps else ()))
    names = {one.id: words.of(one.name) for one in held}
    names |= {"PRJ_GAP_NB": words("o_gap_head")} if gaps else {}
    # A scenario tells what it changes in the place of supply: six numbers in a row are too many.
    left_out = "PRJ_SUP_NB" if "PRJ_DIF_NB" in names else ""
    return tuple((name, names[name]) for name in SHOWN if name in names and name != left_out)
