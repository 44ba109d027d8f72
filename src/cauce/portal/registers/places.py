"""Countries: everything that concerns them, in one place."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cauce.model.shelf import PublicRecord
from cauce.model.vintage import Manifest
from cauce.portal.browse.indicators import Headed
from cauce.portal.bulletin import Bulletin, Wish, chosen, folded
from cauce.portal.largest import Lanes, Stock, lanes_of
from cauce.portal.links import Link, address, table_path
from cauce.portal.news import NewsLine, news_line
from cauce.portal.pages import Invented
from cauce.portal.placed import placed
from cauce.portal.registers.groups import Group, groups
from cauce.portal.registers.index import records_told
from cauce.portal.registers.library import Library, shown
from cauce.portal.registers.search import held, tallied
from cauce.portal.registers.told import Fact, Teller
from cauce.portal.words import Words

INDICATOR = 2
MOST_CORRIDORS, MOST_LANES = 24, 8


@dataclass(frozen=True)
class Counted:
    """A place with how many records name it."""

    name: str
    href: str
    count: str


@dataclass(frozen=True)
class PlacesPage:
    """What templates/registers/places.html is given, and nothing else."""

    title: str
    invented: Invented
    lead: str
    places: tuple[Counted, ...]


@dataclass(frozen=True)
class PlacePage:
    """What templates/registers/place.html is given, and nothing else."""

    title: str
    invented: Invented
    crumb: Link
    lead: str
    facts: tuple[Fact, ...]
    bodies: tuple[Link, ...]
    groups: tuple[Group, ...]
    lanes: Lanes | None
    corridors: tuple[Link, ...]
    news: tuple[NewsLine, ...]
    tables: tuple[Link, ...]
    ways: tuple[Link, ...]
    headed: tuple[Headed, ...] = ()


def countries_page(library: Library, manifests: Sequence[Manifest]) -> PlacesPage:
    records = _tally(library, lambda record: record.places)
    tables = Counter(code for manifest in manifests for code in placed([manifest]))
    words = library.words
    found = [
        Counted(
            library.country(code),
            library.path("countries", code),
            _counts(records.get(code, 0), tables[code], library),
        )
        for code in dict.fromkeys((*records, *tables))
    ]
    lead = words("countries_lead")
    return PlacesPage(words("countries_page"), "", lead, tuple(sorted(found, key=_by_name)))


def _counts(records: int, tables: int, library: Library) -> str:
    """How many records and tables there are, in words; what there is none of is left out."""
    words = library.words
    told = [records_told(library, records)] if records else []
    if tables:
        count = words.number(tables, 0)
        told.append(words("one_table") if tables == 1 else words("n_tables", count=count))
    return " · ".join(told)


def _tally(library: Library, of: Callable[[PublicRecord], Sequence[str]]) -> dict[str, int]:
    every = [r for each in library.editions for r in held(library.records(each.shelf.id))]
    return tallied(every, of)


def _by_name(place: Counted) -> str:
    return folded(place.name)


def named(library: Library) -> dict[str, str]:
    """The countries of the registers by their names."""
    return {code: library.country(code) for code in library.countries}


def corridor_name(corridor: str, library: Library) -> str:
    return " → ".join(library.country(code) for code in corridor.split("-"))


def country_page(
    code: str,
    library: Library,
    bulletin: Bulletin,
    manifests: Sequence[Manifest],
    stock: Stock | None = None,
) -> PlacePage:
    """All that names a country; members of a body are named by news of that body, too."""
    words = library.words
    return PlacePage(
        title=library.country(code),
        invented="",
        crumb=Link(words("countries_page"), library.path("countries")),
        lead=words("country_lead"),
        facts=_facts(code, library),
        bodies=_bodies(code, library),
        groups=groups(library, lambda r: code in r.places, {"country": code}, ASIDE),
        lanes=lanes_of(stock, code, named(library), MOST_LANES, words),
        corridors=_corridors(code, library),
        news=tuple(news_line(x, words) for x in chosen(bulletin, Wish(country=code))),
        tables=tuple(
            Link(words.of(each.dataflow.name), _view(each, code, words))
            for each in manifests
            if _names(each, code)
        ),
        ways=(Link(words("diaspora_of"), library.path("diaspora", code)),),
    )


ASIDE = ("countries", "memberships", "news")
"""Registers that a country's page shows in a way of its own."""


def _facts(code: str, library: Library) -> tuple[Fact, ...]:
    """What the register of countries says of it."""
    for record in held(library.records("countries")):
        if record.country == code:
            teller = Teller(library.shelves.edition("countries").shelf, library)
            facts = teller.facts(shown(record).record, ("source", "mark", "seen_on"))
            own = library.path("countries", code)
            return tuple(x for x in facts if all(part.href != own for part in x.parts))
    return ()


def _bodies(code: str, library: Library) -> tuple[Link, ...]:
    """The bodies a country is a member of."""
    found: dict[str, Link] = {}
    for record in held(library.records("memberships")):
        body = shown(record).record.get("body")
        if record.country == code and shown(record).end is None and isinstance(body, str):
            of = library.find("bodies", body)
            if of is not None:
                href = library.path("registers", "bodies", body)
                found[body] = Link(library.words.of(of.title), href)
    return tuple(sorted(found.values(), key=lambda link: link.name))


def _corridors(code: str, library: Library) -> tuple[Link, ...]:
    names = [
        name for name in _tally(library, lambda record: record.corridors) if code in name.split("-")
    ]
    links = [Link(corridor_name(x, library), library.path("corridors", x)) for x in names]
    return tuple(sorted(links, key=lambda link: link.name))[:MOST_CORRIDORS]


def _view(manifest: Manifest, code: str, words: Words) -> str:
    """A table at its figures of a country, or of people from it."""
    flow = manifest.dataflow
    own = (
        d.id
        for j, d in enumerate(flow.dimensions)
        if j != INDICATOR and len(d.codes) > 1 and any(each.id == code for each in d.codes)
    )
    dimension = next(own, "")
    return address(table_path(words.language, flow.id), {dimension: code} if dimension else {})


def _names(manifest: Manifest, code: str) -> bool:
    """Does a table have figures of the country, or of people from it?"""
    return any(each.id == code for d in manifest.dataflow.dimensions for each in d.codes)
