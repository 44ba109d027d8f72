"""Every corridor of which anything is known, and the pages that list them by one of their ends."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from cauce.model.observation import Observations
from cauce.model.text import LANGUAGES
from cauce.portal.bulletin import Bulletin, folded
from cauce.portal.corridor.ends import criterion_of
from cauce.portal.largest import Stock
from cauce.portal.links import Link
from cauce.portal.origins import AREA, ORIGIN, is_country
from cauce.portal.pages import Invented
from cauce.portal.registers.library import Library
from cauce.portal.registers.search import held
from cauce.portal.words import Words, words
from cauce.store import Snapshot

Pair = tuple[str, str]
MEMBERSHIPS = "memberships"


@dataclass(frozen=True)
class Every:
    """The corridors that have a number or a record, by origin and by destination, in order.

    `near` are those the folder of the site holds: between members of the bodies in the registers,
    and those that records name.
    """

    out: Mapping[str, tuple[str, ...]]
    into: Mapping[str, tuple[str, ...]]
    near: frozenset[str]

    @property
    def codes(self) -> Iterator[str]:
        return (f"{a}-{b}" for a, others in self.out.items() for b in others)

    @property
    def count(self) -> int:
        return sum(map(len, self.out.values()))


def every_corridor(snapshot: Snapshot, _: Bulletin) -> Every:
    """The corridors of one generation."""
    library = Library(snapshot.shelves, words(LANGUAGES[0]))
    named = {
        corridor
        for edition in library.editions
        for record in held(library.records(edition.shelf.id))
        for corridor in record.corridors
    }
    records = {(one[:3], one[4:]) for one in named}
    pairs = records | {pair for observations in _told(snapshot) for pair in pairs_of(observations)}
    members = {place for record in library.records(MEMBERSHIPS) for place in record.places}
    near = records | {pair for pair in pairs if set(pair) <= members}
    turned = {(b, a) for a, b in pairs}
    return Every(_by_first(pairs), _by_first(turned), frozenset("-".join(pair) for pair in near))


def _told(snapshot: Snapshot) -> Iterator[Observations]:
    """The tables that tell origins apart; the others are not read."""
    for manifest in snapshot.flows():
        if any(d.id == ORIGIN or criterion_of(d) for d in manifest.dataflow.dimensions):
            yield snapshot.observations(manifest.dataflow.id)


def pairs_of(observations: Observations) -> set[Pair]:
    """Origin and destination of every number there is; a region or another sum is neither."""
    dimensions = observations.dataflow.dimensions
    area = next(j for j, d in enumerate(dimensions) if d.id == AREA)
    found: set[Pair] = set()
    shown = observations.key[np.isfinite(observations.value)]
    for j, dimension in enumerate(dimensions):
        if dimension.id != ORIGIN and not criterion_of(dimension):
            continue
        many = len(dimensions[area].codes)
        # One number for both ends: rows of two would be sorted ten times as long.
        for both in np.unique(shown[:, j].astype(np.int64) * many + shown[:, area]).tolist():
            origin, destination = divmod(both, many)
            pair = dimension.codes[origin].id, dimensions[area].codes[destination].id
            if pair[0] != pair[1] and all(map(is_country, pair)):
                found.add(pair)
    return found


def _by_first(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for first, second in sorted(pairs):
        found.setdefault(first, []).append(second)
    return {first: tuple(others) for first, others in found.items()}


@dataclass(frozen=True)
class EndPage:
    """What templates/corridor/end.html is given: the corridors that share one of their ends."""

    title: str
    invented: Invented
    told: str
    lines: tuple[tuple[Link, str], ...]
    source: str
    other: Link | None


@dataclass(frozen=True)
class CountriesPage:
    """What templates/corridor/countries.html is given: where corridors begin and where they end."""

    title: str
    invented: Invented
    told: str
    ways: tuple[tuple[str, tuple[Link, ...]], ...]


def end_page(
    code: str, out: bool, every: Every, stock: Stock | None, known: dict[str, str], words: Words
) -> EndPage | None:
    """The corridors out of a country, or into it, by name; None if there are none."""
    others = (every.out if out else every.into).get(code, ())
    if not others:
        return None
    counts = _counts(code, out, stock, words)
    lines = [
        (Link(known.get(each, each), _path(words, f"{code}-{each}" if out else f"{each}-{code}")),
         counts.get(each, ""))
        for each in others
    ]  # fmt: skip
    back = (every.into if out else every.out).get(code, ())
    way, turned = ("from", "to") if out else ("to", "from")
    name = known.get(code, code)
    return EndPage(
        title=words(f"c_{way}_title", country=name),
        invented="",
        told=words(f"c_{way}_told", country=name, count=words.number(len(lines), 0)),
        lines=tuple(sorted(lines, key=lambda line: folded(line[0].name))),
        source=stock.told(words) if stock and counts else "",
        other=Link(words(f"c_{turned}_title", country=name), _path(words, f"{turned}/{code}"))
        if back
        else None,
    )


def _counts(code: str, out: bool, stock: Stock | None, words: Words) -> dict[str, str]:
    """How many people there are in each corridor, where the table of stocks says it."""
    if stock is None:
        return {}
    found = stock.out_of(code) if out else stock.into(code)
    return {other: stock.table.figure(row, words).value for other, row in found}


def countries_page(every: Every, known: dict[str, str], words: Words) -> CountriesPage:
    """Every country that a corridor begins or ends in."""
    ways = (("from", every.out), ("to", every.into))
    return CountriesPage(
        title=words("c_every"),
        invented="",
        told=words("c_every_told", count=words.number(every.count, 0)),
        ways=tuple((words(f"c_{way}"), _named(way, ends, known)) for way, ends in ways),
    )


def _named(way: str, codes: Iterable[str], known: dict[str, str]) -> tuple[Link, ...]:
    links = (Link(known.get(code, code), f"{way}/{code}") for code in codes)
    return tuple(sorted(links, key=lambda link: folded(link.name)))


def _path(words: Words, rest: str) -> str:
    return f"/{words.language}/corridors/{rest}"


def listed_paths(every: Every) -> tuple[str, ...]:
    """The pages of corridors without the language: the lists, then each corridor."""
    return (
        "/corridors/countries",
        *(f"/corridors/from/{code}" for code in every.out),
        *(f"/corridors/to/{code}" for code in every.into),
        *(f"/corridors/{code}" for code in every.codes),
    )


def in_folder(path: str, every: Every) -> bool:
    """Whether a page goes into the folder of the site; only corridors are too many for it."""
    start, _, code = path.rpartition("/")
    if start == "/corridors":
        return code == "countries" or code in every.near
    return start not in ("/corridors/from", "/corridors/to")
