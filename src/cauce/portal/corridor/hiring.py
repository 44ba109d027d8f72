"""Who recruits for a corridor, with their licences on a day; and what being recruited cost."""

from collections.abc import Iterator
from datetime import date

from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.records import bases_of, records_of
from cauce.portal.links import address, table_path
from cauce.portal.origins import AREA, INDICATOR, ORIGIN, Table, Tables
from cauce.portal.recruiters.finding import (
    LICENCES,
    RECRUITERS,
    SANCTIONS,
    Recruiter,
    head,
    recruiters,
)
from cauce.portal.recruiters.page import card, sanctions_told
from cauce.portal.recruiters.standing import standing
from cauce.portal.registers.library import Library, is_held
from cauce.portal.words import Words
from cauce.publish.brief.told import Basis, Item, Missing, Section

COSTS = ("SDG1071", "RCI_SEASONAL", "RCI_OTHER")
"""The series of recruitment costs, each under its own name: the beginning of its indicators."""


def hiring(library: Library, ends: Ends, words: Words, on: date) -> Section | Missing:
    """Recruiters that name the corridor, the licensed ones first, and adjudicated sanctions."""
    found = _of_corridor(library, ends)
    if not found:
        needs = words("c_recruiters_needs", **ends.names)
        return Missing("recruiters", words("c_recruiters"), needs)
    ordered = sorted(found, key=lambda each: (not _licensed(each, on), each.names[0]))
    count = sum(_licensed(each, on) for each in found)
    lead = words("c_recruiters_lead", count=len(found), licensed=count, day=words.day(on))
    shelves = [e.shelf for e in library.editions if e.shelf.id in (RECRUITERS, LICENCES, SANCTIONS)]
    return Section(
        id="recruiters",
        title=words("c_recruiters"),
        lead=f"{lead} {words('recruiters_warning')}",
        items=tuple(_item(library, each, on) for each in ordered),
        bases=tuple(bases_of(library, shelves)),
    )


def _of_corridor(library: Library, ends: Ends) -> list[Recruiter]:
    """Those that name it; what turned out to be another is told once."""
    named = {record.key for _, record in records_of(library, (RECRUITERS,), ends)}
    if not named:
        return []
    held = {r.key: r for r in library.records(RECRUITERS) if is_held(r)}
    heads = {head(key, held) for key in named & held.keys()}
    return [each for key, each in recruiters(library).items() if key in heads]


def _licensed(recruiter: Recruiter, on: date) -> bool:
    return any(standing(licence, on).state == "LIC" for licence in recruiter.licences)


def _item(library: Library, recruiter: Recruiter, on: date) -> Item:
    words, shown = library.words, card(library, recruiter, on)
    told = [line.said for line in shown.licences] or [words("recruiters_none")]
    return Item(
        shown.name, " · ".join((*told, *sanctions_told(library, recruiter, on))), shown.href
    )


def costs(tables: Tables, ends: Ends, words: Words) -> Section | Missing:
    """Months of earnings that workers of the corridor paid to be recruited, series by series."""
    found = [each for table in _tables(tables, ends) for each in _figures(table, ends, words)]
    if not found:
        needs = words("c_costs_needs", **ends.names)
        return Missing("costs", words("c_costs"), needs)
    return Section(
        id="costs",
        title=words("c_costs"),
        lead=words("c_costs_lead"),
        items=tuple(item for item, _ in found),
        bases=tuple(dict.fromkeys(basis for _, basis in found)),
    )


def _tables(tables: Tables, ends: Ends) -> Iterator[Table]:
    """Tables of costs of one end that tell the other apart: a country's whole is no corridor."""
    for manifest in tables.manifests:
        flow = manifest.dataflow
        areas = {code.id for code in flow.dimensions[1].codes}
        own = {d.id for d in flow.dimensions}
        cost = any(each.id.startswith(COSTS) for each in flow.indicators)
        origins = ends.origin in areas and "DESTINATION" in own
        if cost and (origins or (ends.destination in areas and ORIGIN in own)):
            yield tables.table(manifest)


def _figures(table: Table, ends: Ends, words: Words) -> Iterator[tuple[Item, Basis]]:
    area = ends.origin if table.has(AREA, ends.origin) else ends.destination
    both = {ORIGIN: ends.origin, "DESTINATION": ends.destination, AREA: area}
    wanted = {name: code for name, code in both.items() if name in table.codes}
    for row in table.latest(wanted):
        told, period = table.figure(row, words), table.period(row)
        number = f"{told.value} {told.unit}" if told.value else told.why
        said = " · ".join(filter(None, (number, told.interval, period)))
        asked = {INDICATOR: table.indicator(row).id}
        href = address(table_path(words.language, table.flow.id), asked)
        yield Item(words.of(table.indicator(row).name), said, href), table.basis(period, words)
