"""What the public registers hold of a corridor, and the pieces that later registers will fill."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.model.record import Absent
from cauce.model.shelf import PublicRecord, Shelf
from cauce.portal.corridor.ends import Ends, criterion_of
from cauce.portal.links import address, table_path
from cauce.portal.origins import AREA, INDICATOR, ORIGIN, Tables
from cauce.portal.registers.library import Library, code_name, shown
from cauce.portal.registers.search import held
from cauce.portal.registers.told import Teller
from cauce.portal.titles import title_then
from cauce.portal.words import Words
from cauce.publish.brief.told import Basis, Item, Missing, Section

CHANNELS = ("mechanisms", "quotas", "mechanism_funnel", "regularization_initiatives", "agreements")
"""Registers of what lets people through, in this order."""
TOLD = ("kind", "status", "ceiling", "value", "unit", "period_from", "period_to", "signed_on")
"""Fields that tell a record of them apart, in this order; a unit belongs to the number before."""


@dataclass(frozen=True)
class Slot:
    """A piece that registers or indicators fill once they are there."""

    id: str
    registers: tuple[str, ...]
    indicators: tuple[str, ...]


OWN = ("recruiters",)
"""Registers that have a piece of their own."""

SLOTS = (Slot("outlook", (), ("PRJ_SHT_IX", "PRJ_GAP_RT", "PRJ_OPN_NB")),)


def channels(library: Library, ends: Ends, words: Words) -> Section | Missing:
    """Mechanisms, quotas and agreements of the corridor, then those that name both its ends."""
    found = records_of(library, CHANNELS, ends)
    if not found:
        return Missing("channels", words("c_channels"), words("c_channels_needs", **ends.names))
    return Section(
        id="channels",
        title=words("c_channels"),
        lead=words("c_channels_lead", count=len(found), **ends.names),
        items=tuple(_item(shelf, record, library) for shelf, record in found),
        bases=tuple(bases_of(library, [shelf for shelf, _ in found])),
    )


def slots(
    tables: Tables, library: Library, ends: Ends, words: Words
) -> Iterator[Section | Missing]:
    """The pieces that are to come: filled where something fills them, else missing by name."""
    for slot in SLOTS:
        found = records_of(library, slot.registers, ends)
        items = [_item(shelf, record, library) for shelf, record in found]
        bases = list(bases_of(library, [shelf for shelf, _ in found]))
        for item, basis in _numbers(tables, slot.indicators, ends, words):
            items.append(item)
            bases.append(basis)
        title = words(f"c_{slot.id}")
        if items:
            yield Section(slot.id, title, "", items=tuple(items), bases=tuple(dict.fromkeys(bases)))
        else:
            yield Missing(slot.id, title, words(f"c_{slot.id}_needs", **ends.names))


def records_of(
    library: Library, registers: Sequence[str], ends: Ends
) -> list[tuple[Shelf, PublicRecord]]:
    """Records of the corridor, then those that name both ends, register by register."""
    shelves = {each.shelf.id: each.shelf for each in library.editions}
    found: list[tuple[Shelf, PublicRecord]] = []
    for of_corridor in (True, False):
        for register in registers:
            for record in held(library.records(register)) if register in shelves else ():
                named = ends.code in record.corridors
                both = {ends.origin, ends.destination} <= set(record.places)
                if named == of_corridor and (named or both):
                    found.append((shelves[register], record))
    return found


def _item(shelf: Shelf, record: PublicRecord, library: Library) -> Item:
    """A record by its title and what tells most of it."""
    words, now = library.words, shown(record)
    told = [words.of(shelf.one)]
    fields = {each.id: each for each in shelf.fields}
    for name in TOLD:
        value = now.record.get(name, Absent.UNKNOWN)
        if name not in fields or isinstance(value, Absent):
            continue
        if fields[name].codelist:
            said = code_name(shelf, fields[name].codelist, str(value), words)
        else:
            said = "; ".join(x.text for x in Teller(shelf, library).value(fields[name], value, 80))
        if name in ("unit", "period_to"):
            told[-1] += (
                f"{' ' if name == 'unit' else ' – '}{said.lower() if name == 'unit' else said}"
            )
        else:
            told.append(said)
    return Item(
        title=title_then(shelf, record, now, words),
        told=" · ".join(dict.fromkeys(each for each in told if each)),
        href=library.path("registers", shelf.id, record.key),
    )


def bases_of(library: Library, shelves: Sequence[Shelf]) -> Iterator[Basis]:
    """What stands under records: which register, in which edition, of what day."""
    for edition in library.editions:
        if edition.shelf.id in {shelf.id for shelf in shelves}:
            yield Basis(
                name=library.words.of(edition.shelf.name),
                source=library.words("c_register_source"),
                period="",
                vintage=edition.edition,
                published=library.words.iso_day(edition.published_at),
                licence="",
                href=library.path("registers", edition.shelf.id),
            )


def _numbers(
    tables: Tables, indicators: Sequence[str], ends: Ends, words: Words
) -> Iterator[tuple[Item, Basis]]:
    """The last number of each indicator for the corridor, or for its destination as a whole."""
    for manifest in tables.manifests:
        flow = manifest.dataflow
        mine = [each.id for each in flow.indicators if each.id in indicators]
        area = ends.destination in {c.id for c in flow.dimensions[1].codes}
        table = tables.table(manifest) if mine and area else None
        for indicator in mine if table else ():
            wanted = {INDICATOR: indicator, AREA: ends.destination}
            for d in flow.dimensions:
                if d.id == ORIGIN or criterion_of(d):
                    wanted[d.id] = ends.origin
            rows = table.latest(wanted) if table else []
            if table and rows:
                told = table.figure(rows[-1], words)
                period = table.period(rows[-1])
                number = f"{told.value} {told.unit}" if told.value else told.why
                asked = address(table_path(words.language, flow.id), {"INDICATOR": indicator})
                said = " · ".join(filter(None, (number, told.interval, period)))
                item = Item(words.of(table.indicator(rows[-1]).name), said, asked)
                yield item, table.basis(period, words, INDICATOR=indicator)
