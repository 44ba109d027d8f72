"""The page of one register: what it is, what it holds, and how to find it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.shelf import Edition, PublicRecord
from cauce.portal.forms import Field
from cauce.portal.links import Link, address
from cauce.portal.pages import Invented
from cauce.portal.registers.library import Library
from cauce.portal.registers.lists import (
    PAGE,
    Line,
    Pager,
    choices,
    columns,
    heads,
    line,
    ordered,
    page_asked,
    pager,
)
from cauce.portal.registers.search import (
    ALIASES,
    Wanted,
    coded,
    fits,
    held,
    readings,
    wanted_from,
)
from cauce.portal.registers.told import Teller


@dataclass(frozen=True)
class RegisterPage:
    """What templates/registers/register.html is given, and nothing else."""

    title: str
    invented: Invented
    about: str
    asked: str
    hidden: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    narrowed: str
    clear: str
    found: str
    empty: str
    one: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    pager: Pager | None
    said: tuple[str, ...]
    files: tuple[Link, ...]
    edition: str
    published_at: str
    reason: str
    current: str
    others: tuple[Link, ...]
    declared: str


@dataclass(frozen=True)
class Opened:
    """A register opened at an edition; `name` is "" for the current one."""

    edition: Edition
    records: tuple[PublicRecord, ...]
    name: str


def opened(library: Library, register: str, query: Mapping[str, str]) -> Opened:
    """The register and edition an address names. Raises NotPublished or Withdrawn."""
    asked = query.get("edition", "")
    edition = library.shelves.edition(register, asked)
    old = edition.edition != library.shelves.catalog.shelves[register]
    records = library.shelves.records(register, asked)
    return Opened(edition, records, edition.edition if old else "")


def leafed(here: Opened, named: str = "") -> tuple[PublicRecord, ...]:
    """The records one may leaf through; where a register is not listed, the one named exactly."""
    if here.edition.shelf.listed:
        return here.records
    name = " ".join(named.split())
    return tuple(r for r in here.records if name and name in (r.title.en, r.title.es))


def fitting(
    here: Opened, library: Library, query: Mapping[str, str]
) -> tuple[list[PublicRecord], Wanted]:
    """The records an address asks for, and what it asks."""
    known = held(leafed(here, query.get("q", "")))
    wanted = wanted_from(
        query, here.edition.shelf, readings(query.get("q", "")[:200], library.records(ALIASES))
    )
    return [record for record in known if fits(record, wanted)], wanted


def register_page(here: Opened, library: Library, query: Mapping[str, str]) -> RegisterPage:
    """The page for what a reader chose."""
    words, shelf, edition = library.words, here.edition.shelf, here.edition
    path = library.path("registers", shelf.id)
    found, wanted = fitting(here, library, query)
    asked = _asked(here, query)
    page = page_asked(query.get("page", ""), len(found))
    lines = ordered(found, library)[(page - 1) * PAGE : page * PAGE]
    beside = columns(shelf, lines)
    teller = Teller(shelf, library)
    count = words.number(len(found), 0)
    return RegisterPage(
        title=words.of(shelf.name),
        invented="",
        about=words.of(shelf.about),
        asked=asked.get("q", ""),
        hidden=tuple(
            (name, asked[name]) for name in ("of", "corridor", "edition") if name in asked
        ),
        fields=choices(shelf, held(here.records), wanted, library),
        narrowed=_narrowed(wanted, library),
        clear=address(path, {"edition": here.name}),
        found=words("record_found") if len(found) == 1 else words("records_found", count=count),
        empty=words("no_records_fit" if here.records else "no_records_yet"),
        one=words.of(shelf.one),
        heads=heads(beside, library),
        lines=tuple(line(record, teller, beside, library) for record in lines),
        pager=pager(path, asked, page, len(found), library),
        said=tuple(words.of(each.text) for each in edition.said),
        files=files(library, shelf.id, asked),
        edition=edition.edition,
        published_at=words.moment(edition.published_at),
        reason=edition.reason,
        current=path if here.name else "",
        others=tuple(
            Link(name, address(path, {"edition": name}))
            for name in reversed(library.shelves.names(shelf.id))
            if name != edition.edition
        )[:12],
        declared=shelf.source,
    )


def _asked(here: Opened, query: Mapping[str, str]) -> dict[str, str]:
    """The words of an address that asks the same, without what means nothing here."""
    names = ("q", "country", "corridor", "of", *(each.id for each in coded(here.edition.shelf)))
    asked = {name: query[name].strip()[:200] for name in names if query.get(name, "").strip()}
    return {**asked, "edition": here.name} if here.name else asked


def _narrowed(wanted: Wanted, library: Library) -> str:
    """What an address asks for that no field of the form shows."""
    parts = []
    if wanted.corridor:
        names = " → ".join(library.country(code) for code in wanted.corridor.split("-"))
        parts.append(library.words("only_corridor", corridor=names))
    if wanted.of:
        register, _, key = wanted.of.partition("/")
        record = library.find(register, key)
        title = library.words("no_more") if record is None else library.words.of(record.title)
        parts.append(library.words("only_linked", title=title))
    return " ".join(parts)


def files(library: Library, register: str, asked: Mapping[str, str]) -> tuple[Link, ...]:
    path, words = library.path("registers", register), library.words
    edition = {"edition": asked["edition"]} if "edition" in asked else {}
    narrow = (
        ()
        if set(asked) <= {"edition"}
        else (Link(words("csv_found"), address(f"{path}.csv", asked)),)
    )
    return (
        *narrow,
        Link("CSV", address(f"{path}.csv", edition)),
        Link("JSON", address(f"{path}.json", edition)),
    )
