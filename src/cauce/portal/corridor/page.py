"""The page of one corridor, and the list of corridors."""

from dataclasses import dataclass

from cauce.portal.chart import fitted
from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.records import CHANNELS, OWN, SLOTS
from cauce.portal.figures import aloud
from cauce.portal.largest import Lanes, Stock, lanes_of
from cauce.portal.links import Link
from cauce.portal.pages import Invented
from cauce.portal.registers.groups import Group, groups
from cauce.portal.registers.library import Library
from cauce.portal.registers.places import corridor_name
from cauce.portal.registers.search import held, tallied
from cauce.portal.words import Words
from cauce.publish.brief.told import Brief, Picture
from cauce.publish.charts import Drawing
from cauce.publish.charts.flows import Flow, Rest, flows

MOST_BANDS = 12


@dataclass(frozen=True)
class Drawn:
    """A picture for every width of screen, and what is to be known to read it."""

    svg: str
    reading: str


@dataclass(frozen=True)
class CorridorPage:
    """What templates/corridor/corridor.html is given, and nothing else.

    `pictures` are those of each section by its id; `paper` is the address of the brief.
    """

    title: str
    invented: Invented
    brief: Brief
    pictures: dict[str, tuple[Drawn, ...]]
    paper: str
    back: Link
    ends: tuple[Link, ...]
    groups: tuple[Group, ...]
    both: tuple[Group, ...]


@dataclass(frozen=True)
class CorridorsPage:
    """What templates/corridor/corridors.html is given, and nothing else.

    `strange` is what an address asked for that is no corridor.
    """

    title: str
    invented: Invented
    lead: str
    strange: str
    choices: tuple[tuple[str, str], ...]
    countries: tuple[Lanes, ...]
    named: tuple[Link, ...]
    picture: str
    picture_title: str
    told: str


def corridor_page(brief: Brief, library: Library, ends: Ends) -> CorridorPage:
    """The corridor with its pictures drawn, and what else the registers have of it."""
    shown = (*CHANNELS, *OWN, *(register for slot in SLOTS for register in slot.registers))
    here, both = brief.path, {ends.origin, ends.destination}
    return CorridorPage(
        title=brief.title,
        invented="some" if brief.invented else "",
        brief=brief,
        pictures={s.id: tuple(_drawn(p) for p in s.pictures) for s in brief.sections},
        paper=f"{brief.path}.pdf",
        back=Link(ends.back.arrow, library.path("corridors", ends.back.code)),
        ends=tuple(
            Link(name, library.path("countries", code))
            for code, name in (
                (ends.origin, ends.origin_name),
                (ends.destination, ends.destination_name),
            )
            if code in library.countries
        ),
        groups=groups(
            library, lambda r: ends.code in r.corridors, {"corridor": ends.code}, shown, here
        ),
        both=groups(
            library,
            lambda r: ends.code not in r.corridors and both <= set(r.places),
            {"country": ends.origin},
            shown,
            here,
        ),
    )


def _drawn(picture: Picture) -> Drawn:
    return Drawn(fitted(picture.draw)[0], picture.reading)


def corridors_page(
    library: Library, stock: Stock | None, known: dict[str, str], most: int, strange: str = ""
) -> CorridorsPage:
    """The largest corridors of every country of the registers, and those that records name."""
    words = library.words
    names = sorted(library.countries, key=lambda code: known[code])
    found = [lanes_of(stock, code, known, most, words) for code in names]
    return CorridorsPage(
        title=words("corridors_page"),
        invented="",
        lead=words("c_corridors_lead"),
        strange=strange,
        choices=tuple((code, known[code]) for code in names),
        countries=tuple(each for each in found if each is not None),
        named=_named(library),
        picture=fitted(lambda width: _between(stock, known, names, words, width))[0]
        if stock
        else "",
        picture_title=words("c_region", period=stock.period) if stock else "",
        told=stock.told(words) if stock else "",
    )


def _between(
    stock: Stock, known: dict[str, str], among: list[str], words: Words, width: float
) -> Drawing | None:
    """The largest corridors that both begin and end in some countries, as bands."""
    table = stock.table
    found = [
        Flow(
            origin=known[origin],
            destination=known[destination],
            value=table.value(row),
            shown=table.figure(row, words).value,
            said=aloud(table.figure(row, words)),
        )
        for origin in among
        for destination, row in stock.out_of(origin)
        if destination in among and destination != origin
    ]
    title = words("c_region", period=stock.period)
    rest = Rest(name=lambda count: words("c_rest", count=count), shown=lambda x: words.number(x, 0))
    said = "; ".join(
        f"{x.origin} → {x.destination}: {x.said}"
        for x in sorted(found, key=lambda each: -(each.value or 0.0))[:MOST_BANDS]
    )
    return flows(title, said, found, rest, most=MOST_BANDS, width=width)


def _named(library: Library) -> tuple[Link, ...]:
    """Corridors that public records name, with how many do."""
    every = [r for each in library.editions for r in held(library.records(each.shelf.id))]
    counts = tallied(every, lambda record: record.corridors)
    links = [
        Link(f"{corridor_name(name, library)} ({count})", library.path("corridors", name))
        for name, count in counts.items()
    ]
    return tuple(sorted(links, key=lambda link: link.name))
