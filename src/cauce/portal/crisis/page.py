"""The list of crises and the page of one: each one object for its template."""

from collections.abc import Iterable
from dataclasses import dataclass

from cauce.model.crisis import SLOW, Crisis
from cauce.portal.crisis.answer import answer
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
class Grid:
    """A table: its caption, heads, and rows that begin with their name."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Range, ...]], ...]
    note: str = ""


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
        picture=drawn(one, _names(numbers), words("crisis_map", name=words.of(one.name))),
        thresholds=" ".join(
            (*((words("crisis_map_line"),) if one.paths else ()), words.of(one.thresholds))
        ),
        areas=_areas(numbers, area, group),
        sectors=_sectors(numbers, sector, group) if sector else None,
        months=_months(numbers, sector, group) if sector else None,
        losses=_losses(numbers),
        pressure=_pressure(numbers),
        rebuilding=_rebuilding(numbers),
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


def _event(numbers: Numbers) -> str:
    """The code of the month it came in."""
    return f"M{numbers.crisis.month[5:]}"


def _migrants(numbers: Numbers, group: str) -> dict[str, str]:
    """The code of migrants in the dimension of origin: the last of two."""
    codes = numbers.codes("WORKERS", group)
    return {group: codes[-1][0]} if len(codes) == 2 else {}


def _workers(numbers: Numbers, what: str, **codes: str) -> Range:
    return numbers.range("WORKERS", what, MONTH=_event(numbers), **codes)


def _tiles(numbers: Numbers, group: str) -> tuple[Tile, ...]:
    """Exposed, affected, migrants, displaced: three concepts, and people who are in several."""
    words = numbers.words
    if numbers.crisis.hazard in SLOW:
        return ()
    migrants = _migrants(numbers, group)
    among = (
        _workers(numbers, "CRS_EXPOSED", **migrants)
        if migrants
        else Range("", "", words("crisis_not_produced"), None)
    )
    return (
        Tile(words("crisis_exposed"), _workers(numbers, "CRS_EXPOSED"), words("crisis_exposed_is")),
        Tile(words("crisis_migrants"), among, words("crisis_migrants_is")),
        Tile(
            words("crisis_affected"), _workers(numbers, "CRS_AFFECTED"), words("crisis_affected_is")
        ),
        Tile(
            words("crisis_displaced"),
            numbers.range("DISPLACED", "CRS_DISPLACED"),
            words("crisis_displaced_is"),
        ),
    )


def _names(numbers: Numbers) -> dict[str, str]:
    area = numbers.own("LAND", 0)
    return dict(numbers.codes("LAND", area))


def _areas(numbers: Numbers, area: str, group: str) -> Grid:
    """Each area that was reached: its land, workers exposed, migrants among them."""
    words, land = numbers.words, numbers.own("LAND", 0)
    names = _names(numbers)
    reached = sorted(
        (one for one in numbers.crisis.areas if one.land[2] > 0),
        key=lambda one: (-one.land[1], -one.land[2]),
    )
    migrants = _migrants(numbers, group)
    rows = []
    for one in reached[:MOST_LINES]:
        cells = [numbers.range("LAND", "CRS_LAND", **{land: one.area})]
        if area:
            cells.append(_workers(numbers, "CRS_EXPOSED", **{area: one.area}))
        if area and migrants:
            cells.append(_workers(numbers, "CRS_EXPOSED", **{area: one.area}, **migrants))
        rows.append((names.get(one.area, words.of(one.name)), tuple(cells)))
    heads = [words("crisis_land")]
    heads += [words("crisis_exposed")] if area else []
    heads += [words("crisis_migrants")] if area and migrants else []
    untouched = len(numbers.crisis.areas) - len(reached)
    note = words("crisis_untouched", count=untouched) if untouched else ""
    return Grid(words("crisis_where"), tuple(heads), tuple(rows), note)


def _sectors(numbers: Numbers, sector: str, group: str) -> Grid:
    words, migrants = numbers.words, _migrants(numbers, group)
    rows = []
    for code, name in numbers.codes("WORKERS", sector):
        cells = [_workers(numbers, "CRS_EXPOSED", **{sector: code})]
        if migrants:
            cells.append(_workers(numbers, "CRS_EXPOSED", **{sector: code}, **migrants))
        cells.append(_workers(numbers, "CRS_AFFECTED", **{sector: code}))
        rows.append((name, tuple(cells)))
    heads = [words("crisis_exposed"), words("crisis_affected")]
    if migrants:
        heads.insert(1, words("crisis_migrants"))
    return Grid(words("crisis_in_what"), tuple(heads), tuple(rows))


def _months(numbers: Numbers, sector: str, group: str) -> Grid | None:
    """Had it come in another month: the sector whose presence differs most, all and migrants."""
    words, migrants = numbers.words, _migrants(numbers, group)
    months = numbers.codes("WORKERS", "MONTH")
    best: tuple[float, str, str] | None = None
    for code, name in numbers.codes("WORKERS", sector):
        raw = [
            numbers.range("WORKERS", "CRS_EXPOSED", MONTH=m, **{sector: code}, **migrants).raw
            for m, _ in months
        ]
        known = [one for one in raw if one is not None]
        if len(known) > 1 and min(known) > 0:
            spread = max(known) / min(known)
            if spread > 1.01 and (best is None or spread > best[0]):
                best = spread, code, name
    if best is None:
        return None
    rows = []
    for month, name in months:
        of = {"MONTH": month, sector: best[1]}
        cells = [numbers.range("WORKERS", "CRS_EXPOSED", **of)]
        if migrants:
            cells.append(numbers.range("WORKERS", "CRS_EXPOSED", **of, **migrants))
        rows.append((name, tuple(cells)))
    heads = (words("crisis_exposed"), *((words("crisis_migrants"),) if migrants else ()))
    times = words.number(best[0], 0)
    key = "crisis_months_migrants" if migrants else "crisis_months"
    return Grid(words(key, sector=best[2], times=times), heads, tuple(rows))


def _losses(numbers: Numbers) -> Grid | None:
    words = numbers.words
    periods = numbers.codes("LOSSES", "TIME_PERIOD")
    if not periods:
        return None
    rows = tuple(
        (
            f"{words.month(int(period[5:]))} {period[:4]}",
            tuple(
                numbers.range("LOSSES", what, TIME_PERIOD=period)
                for what in ("CRS_STOPPED", "CRS_DAYS", "CRS_INCOME")
            ),
        )
        for period, _ in periods
    )
    heads = words("crisis_stopped"), words("crisis_days"), words("crisis_income")
    return Grid(words("crisis_losses"), heads, rows)


def _pressure(numbers: Numbers) -> Grid | None:
    """Classes by area and month, in words; of a hazard of slow onset alone."""
    words, area = numbers.words, numbers.own("PRESSURE", 0)
    months = numbers.codes("PRESSURE", "MONTH")
    if not area or not months:
        return None
    rows = tuple(
        (name, tuple(_class(numbers, {area: code, "MONTH": month}) for month, _ in months))
        for code, name in numbers.codes("PRESSURE", area)
    )
    heads = tuple(name[:3] for _, name in months)
    return Grid(words("crisis_pressure"), heads, rows, words("crisis_pressure_note"))


def _class(numbers: Numbers, codes: dict[str, str]) -> Range:
    found = numbers.range("PRESSURE", "CRS_PRESSURE", **codes)
    if found.raw is None:
        return found
    return Range(numbers.words(f"pressure_{int(found.raw)}"), "", "", found.raw)


def _rebuilding(numbers: Numbers) -> Grid | None:
    words = numbers.words
    years = numbers.codes("REBUILDING", "TIME_PERIOD")
    if not years:
        return None
    rows = tuple(
        (name, (numbers.range("REBUILDING", "CRS_REBUILD", TIME_PERIOD=code),))
        for code, name in years
    )
    caption, note = words("crisis_rebuilding"), words("crisis_rebuilding_note")
    return Grid(caption, (words("crisis_rebuild_workers"),), rows, note)


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
