"""The list of crises and the page of one: each one object for its template."""

from collections.abc import Iterable
from dataclasses import dataclass

from cauce.model.crisis import SLOW, Crisis
from cauce.portal.crisis.answer import answer
from cauce.portal.crisis.grids import (
    Grid,
    areas_of,
    losses_of,
    migrants_of,
    months_of,
    names_of,
    pressure_of,
    rebuilding_of,
    sectors_of,
    workers_of,
)
from cauce.portal.crisis.map import drawn
from cauce.portal.crisis.numbers import Numbers, Range
from cauce.portal.links import Link, table_path
from cauce.portal.pages import Invented
from cauce.portal.words import Words

MOST_LINES = 40


@dataclass(frozen=True)
class Line:
    """A crisis in the list."""

    link: Link
    country: str
    hazard: str
    month: str
    invented: bool


@dataclass(frozen=True)
class CrisesPage:
    """What templates/crisis/crises.html is given, and nothing else."""

    title: str
    invented: Invented
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Tile:
    """One of the figures a reader sees first."""

    name: str
    range: Range
    note: str


@dataclass(frozen=True)
class Call:
    """A nationality, how many of its people are exposed, and whom to call."""

    nationality: str
    range: Range
    office: str
    contact: str
    known: bool


@dataclass(frozen=True)
class Trained:
    """A training that reached the country."""

    name: str
    href: str
    people: str
    said: str


@dataclass(frozen=True)
class BesideLine:
    """A figure of another producer, and where it is from."""

    what: str
    theirs: str
    source: str


@dataclass(frozen=True)
class CrisisPage:
    """What templates/crisis/crisis.html is given, and nothing else."""

    title: str
    invented: Invented
    about: str
    facts: str
    answer: str
    restriction: str
    tiles: tuple[Tile, ...]
    picture: str
    thresholds: str
    areas: Grid
    sectors: Grid | None
    months: Grid | None
    losses: Grid | None
    pressure: Grid | None
    rebuilding: Grid | None
    calls: tuple[Call, ...]
    calls_said: str
    calls_note: str
    trained: tuple[Trained, ...]
    trained_said: str
    beside: tuple[BesideLine, ...]
    displaced: Range
    missing: tuple[tuple[str, str], ...]
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]
    tables: tuple[Link, ...]


def crises_page(found: Iterable[Crisis], words: Words) -> CrisesPage:
    listed = tuple(_line(one, words) for one in found)
    some = any(one.invented for one in listed)
    every = bool(listed) and all(one.invented for one in listed)
    return CrisesPage(
        title=words("crisis_title"),
        invented="all" if every else "some" if some else "",
        lines=listed,
    )


def _line(one: Crisis, words: Words) -> Line:
    return Line(
        link=Link(words.of(one.name), f"/{words.language}/crises/{one.id}"),
        country=words.of(one.country_name),
        hazard=words.of(one.hazard_name),
        month=_month(one, words),
        invented=one.invented,
    )


def _month(one: Crisis, words: Words) -> str:
    return f"{words.month(int(one.month[5:]))} {one.month[:4]}"


def crisis_page(numbers: Numbers) -> CrisisPage:
    one, words = numbers.crisis, numbers.words
    area, sector, group = (numbers.own("WORKERS", at) for at in range(3))
    calls = _calls(numbers)
    return CrisisPage(
        title=words.of(one.name),
        invented="all" if one.invented else "",
        about=words.of(one.about),
        facts=" · ".join(
            (words.of(one.country_name), words.of(one.hazard_name), _month(one, words))
        ),
        answer=answer(numbers, sum(bool(call.known) for call in calls), len(calls)),
        restriction=words.of(one.restriction),
        tiles=_tiles(numbers, group),
        picture=drawn(one, names_of(numbers), words("crisis_map", name=words.of(one.name))),
        thresholds=" ".join(
            (*((words("crisis_map_line"),) if one.paths else ()), words.of(one.thresholds))
        ),
        areas=areas_of(numbers, area, group),
        sectors=sectors_of(numbers, sector, group) if sector else None,
        months=months_of(numbers, sector, group) if sector else None,
        losses=losses_of(numbers),
        pressure=pressure_of(numbers),
        rebuilding=rebuilding_of(numbers),
        calls=calls,
        calls_said=words.of(one.offices_said),
        calls_note=words("crisis_residents") if "RESIDENTS" in numbers.tables else "",
        trained=_trained(one, words),
        trained_said=words.of(one.capacities_said),
        beside=tuple(
            BesideLine(words.of(b.what), words.number(b.theirs, 0), words.of(b.source))
            for b in one.beside
        ),
        displaced=numbers.range("DISPLACED", "CRS_DISPLACED"),
        missing=tuple((words.of(what), words.of(because)) for what, because in one.missing),
        assumptions=tuple(words.of(each) for each in one.assumptions),
        sources=tuple(words.of(each) for each in one.sources),
        tables=tuple(
            Link(words.of(numbers.tables[part].dataflow.name), table_path(words.language, flow))
            for part, flow in one.flows.items()
            if part in numbers.tables
        ),
    )


def _tiles(numbers: Numbers, group: str) -> tuple[Tile, ...]:
    """Exposed, affected, migrants, displaced: three concepts, and people who are in several."""
    words = numbers.words
    if numbers.crisis.hazard in SLOW:
        return ()
    migrants = migrants_of(numbers, group)
    among = (
        workers_of(numbers, "CRS_EXPOSED", **migrants)
        if migrants
        else Range("", "", words("crisis_not_produced"), None)
    )
    return (
        Tile(
            words("crisis_exposed"), workers_of(numbers, "CRS_EXPOSED"), words("crisis_exposed_is")
        ),
        Tile(words("crisis_migrants"), among, words("crisis_migrants_is")),
        Tile(
            words("crisis_affected"),
            workers_of(numbers, "CRS_AFFECTED"),
            words("crisis_affected_is"),
        ),
        Tile(
            words("crisis_displaced"),
            numbers.range("DISPLACED", "CRS_DISPLACED"),
            words("crisis_displaced_is"),
        ),
    )


def _calls(numbers: Numbers) -> tuple[Call, ...]:
    """Nationalities with their people, and the office the directory names; unknown is said."""
    words = numbers.words
    part = "NATIONALITIES" if "NATIONALITIES" in numbers.tables else "RESIDENTS"
    what = "CRS_EXPOSED" if part == "NATIONALITIES" else "CRS_RESIDENTS"
    dimension = numbers.own(part, 0)
    offices = {one.nationality: one for one in numbers.crisis.offices}
    found = []
    for code, name in numbers.codes(part, dimension) if dimension else []:
        office = offices.get(code)
        found.append(
            Call(
                name,
                numbers.range(part, what, **{dimension: code}),
                words("crisis_no_office") if office is None else words.of(office.office),
                "" if office is None else office.contact,
                office is not None,
            )
        )
    return tuple(sorted(found, key=lambda one: -(one.range.raw or 0)))[:15]


def _trained(one: Crisis, words: Words) -> tuple[Trained, ...]:
    return tuple(
        Trained(
            name=words.of(each.name),
            href=f"/{words.language}/registers/{each.register}/{each.key}" if each.register else "",
            people=words("crisis_people", count=each.people)
            if each.people >= 0
            else words("crisis_people_unknown"),
            said=words.of(each.said),
        )
        for each in one.capacities
    )
