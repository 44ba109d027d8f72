"""Everything Cauce knows of a corridor, put together as one value for the page and the paper."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from cauce.model.difference import Differences
from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.hiring import costs, hiring
from cauce.portal.corridor.jobs import jobs
from cauce.portal.corridor.mobility import mobility
from cauce.portal.corridor.money import money, money_tile
from cauce.portal.corridor.needs import needs
from cauce.portal.corridor.pay import pay, pay_tile
from cauce.portal.corridor.people import people, people_tile
from cauce.portal.corridor.records import channels, slots
from cauce.portal.corridor.survey import surveys
from cauce.portal.corridor.visas import visas, visas_tile
from cauce.portal.corridor.work import work, work_tiles
from cauce.portal.origins import Table, Tables, by_sex, imported
from cauce.portal.registers.library import Library
from cauce.portal.words import Words
from cauce.publish.brief.told import LABELS, Basis, Brief, Missing, Section
from cauce.store import Snapshot

MOST_TILES = 6


def told_corridor(snapshot: Snapshot, ends: Ends, words: Words, on: date | None = None) -> Brief:
    """The corridor in a language: what is known, what is not, and what would fill it.

    Licences are told as of a day; that of the last publication if none is named.
    """
    every = Tables(snapshot)
    tables = tuple(imported(every, ends.destination, ends.origin))
    library = Library(snapshot.shelves, words)
    found = surveys(every, ends)

    def compared(table: Table) -> Differences:
        return snapshot.differences(table.flow.id)

    ahead = needs(snapshot, ends, words)
    pieces = (
        people(tables, by_sex(every, ends.destination), bool(found), ends, words),
        work(found, compared, ends, words),
        jobs(found, compared, ends, words),
        pay(every, found, compared, ends, words),
        visas(tables, library, ends, words),
        money(tables, ends, words),
        channels(library, ends, words),
        mobility(every, library, ends, words),
        hiring(library, ends, words, on or _last_day(snapshot)),
        costs(every, ends, words),
        *((ahead,) if ahead else slots(every, library, ends, words)),
    )
    tiles = (
        people_tile(tables, ends, words),
        *work_tiles(found, words),
        pay_tile(every, ends, words),
        visas_tile(tables, library, ends, words),
        money_tile(tables, ends, words),
    )
    sections = tuple(
        replace(each, bases=joined(each.bases)) for each in pieces if isinstance(each, Section)
    )
    missing = tuple(each for each in pieces if isinstance(each, Missing))
    return Brief(
        language=words.language,
        origin=ends.origin,
        destination=ends.destination,
        title=ends.arrow,
        lead=words("c_lead", known=len(sections), all=len(pieces), **ends.names),
        path=f"/{words.language}/corridors/{ends.code}",
        state=words(
            "c_state",
            generation=snapshot.generation,
            day=words.iso_day(snapshot.catalog.at) if snapshot.catalog.at else "",
        ),
        invented=any(t.flow.source.invented for s in found for t in s.tables),
        tiles=tuple(each for each in tiles if each is not None)[:MOST_TILES],
        sections=sections,
        missing=missing,
        labels={key: words(key) for key in LABELS},
    )


def _last_day(snapshot: Snapshot) -> date:
    at = snapshot.catalog.at
    return datetime.fromisoformat(at).date() if at else datetime.now(UTC).date()


def joined(bases: Sequence[Basis]) -> tuple[Basis, ...]:
    """Several tables of one source, vintage and period as one line, linked to the first."""
    found: dict[tuple[str, ...], Basis] = {}
    for each in bases:
        of = each.source, each.period, each.vintage, each.published, each.licence
        first = found.get(of)
        name = each.name if first is None else f"{first.name}; {each.name}"
        found[of] = replace(each if first is None else first, name=name)
    return tuple(found.values())
