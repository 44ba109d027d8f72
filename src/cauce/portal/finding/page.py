"""The page of a search: what was found, the best first; what exists, if nothing was."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cauce.model.text import Text
from cauce.portal.bulletin import folded
from cauce.portal.finding.entries import KINDS, Entry
from cauce.portal.finding.index import Hits, Index, search
from cauce.portal.finding.tongue import WORD
from cauce.portal.links import Link, address
from cauce.portal.pages import Invented
from cauce.portal.words import Words

PAGE = 25
LONG = 200
"""Characters of what is said of a thing found."""
MOST_ASKED = 200


@dataclass(frozen=True)
class Found:
    """A thing found: what kind of thing, its page, and what is said of it."""

    kind: str
    title: str
    href: str
    about: str
    invented: bool


@dataclass(frozen=True)
class KindLink:
    """The things found of one kind; `here` says that only those are shown."""

    name: str
    href: str
    count: str
    here: bool


@dataclass(frozen=True)
class Shelf:
    """What exists, of one kind: shown where nothing was asked or found."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class SearchPage:
    """What templates/reading/search.html is given, and nothing else."""

    title: str
    invented: Invented
    asked: str
    told: str
    notice: str
    kinds: tuple[KindLink, ...]
    found: tuple[Found, ...]
    previous: str
    next: str
    exists: tuple[Shelf, ...]


def search_page(
    of: Index, query: Mapping[str, str], countries: Mapping[str, Text], words: Words
) -> SearchPage:
    asked = " ".join(query.get("q", "")[:MOST_ASKED].split())
    hits = search(of, asked)
    entries = (*corridors(asked, countries), *hits.entries)
    kind = query.get("kind", "") if query.get("kind", "") in KINDS else ""
    shown = [entry for entry in entries if kind in ("", entry.kind)]
    page = _number(query.get("page", ""), -(-len(shown) // PAGE))
    kept = {"q": asked, "kind": kind}
    path = f"/{words.language}/search"
    return SearchPage(
        title=words("search_for", words=asked) if asked else words("search_title"),
        invented="",
        asked=asked,
        told=_told(len(entries), words) if asked else "",
        notice=_notice(hits, words) if entries else "",
        kinds=_kinds(entries, kind, asked, words),
        found=tuple(_found(one, words) for one in shown[(page - 1) * PAGE : page * PAGE]),
        previous=address(path, {**kept, "page": str(page - 1)}) if page > 1 else "",
        next=address(path, {**kept, "page": str(page + 1)}) if page * PAGE < len(shown) else "",
        exists=() if entries else exists(of, words),
    )


def _number(text: str, pages: int) -> int:
    readable = text.isascii() and text.isdecimal() and len(text) < 7
    return min(max(int(text), 1), max(pages, 1)) if readable else 1


def _told(count: int, words: Words) -> str:
    if count == 0:
        return words("search_nothing")
    return words("search_one") if count == 1 else words("search_many", count=words.number(count, 0))


def _notice(hits: Hits, words: Words) -> str:
    """What was made of the query, where that is not what was typed."""
    told = [words("search_lost", words=", ".join(hits.lost))] if hits.lost else []
    if not hits.whole and not hits.lost and hits.entries:
        told.append(words("search_some"))
    told += [words("search_meant", asked=a, found=f) for a, f in hits.meant.items()]
    return " ".join(told)


def _kinds(entries: Sequence[Entry], kind: str, asked: str, words: Words) -> tuple[KindLink, ...]:
    """The kinds found, if there are several."""
    counts = Counter(entry.kind for entry in entries)
    if len(counts) < 2:
        return ()
    path = f"/{words.language}/search"
    every = KindLink(
        words("hits_all"), address(path, {"q": asked}), words.number(len(entries), 0), not kind
    )
    return (
        every,
        *(
            KindLink(words(f"hits_{one}"), address(path, {"q": asked, "kind": one}),
                     words.number(counts[one], 0), kind == one)
            for one in KINDS if counts[one]
        ),
    )  # fmt: skip


def _found(entry: Entry, words: Words) -> Found:
    about = words.of(entry.about)
    return Found(
        kind=words(f"hit_{entry.kind}"),
        title=words.of(entry.title),
        href=f"/{words.language}{entry.path}",
        about=about if len(about) <= LONG else f"{about[:LONG].rsplit(' ', 1)[0]} …",
        invented=entry.invented,
    )


def exists(of: Index, words: Words) -> tuple[Shelf, ...]:
    """What there is to be found, of each kind that is not too many."""
    shelves = []
    for kind in ("topic", "indicator", "country", "register", "page"):
        own = [one for one in of.entries if one.kind == kind]
        links = [Link(words.of(one.title), f"/{words.language}{one.path}") for one in own]
        if links:
            links.sort(key=lambda link: folded(link.name))
            shelves.append(Shelf(words(f"hits_{kind}"), tuple(links)))
    return tuple(shelves)


def corridors(asked: str, countries: Mapping[str, Text]) -> tuple[Entry, ...]:
    """The corridors between the first two countries a query names, as it names them first."""
    named = _named(asked, countries)
    if len(named) < 2:
        return ()
    one, other = named[:2]
    return _corridor(one, other, countries), _corridor(other, one, countries)


def _corridor(origin: str, destination: str, countries: Mapping[str, Text]) -> Entry:
    a, b = countries[origin], countries[destination]
    title = Text(f"{a.en} → {b.en}", f"{a.es} → {b.es}")
    return Entry("corridor", title, Text("", ""), f"/corridors/{origin}-{destination}", {})


def _named(asked: str, countries: Mapping[str, Text]) -> list[str]:
    """The countries a query names in either language, or by code in capitals, in its order."""
    said = f" {' '.join(WORD.findall(folded(asked)))} "
    places: dict[str, tuple[int, int]] = {}
    for code, name in countries.items():
        for each in (name.en, name.es):
            at = said.find(f" {' '.join(WORD.findall(folded(each)))} ")
            if at >= 0:
                places[code] = min((at, -len(each)), places.get(code, (at, -len(each))))
    for code in WORD.findall(asked):
        if code in countries:
            places.setdefault(code, (said.find(f" {code.lower()} "), -3))
    return sorted(places, key=lambda code: places[code])
