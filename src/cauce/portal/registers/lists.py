"""Lists of public records: lines, choices and pages."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cauce.model.shelf import PublicRecord, Shelf, ShelfField
from cauce.portal.bulletin import folded
from cauce.portal.forms import Choice, Field
from cauce.portal.links import address
from cauce.portal.registers.library import Library, code_name, shown
from cauce.portal.registers.search import (
    MOST_FACETS,
    Wanted,
    coded,
    codes_in,
    fits,
    tallied,
)
from cauce.portal.registers.told import Teller, Told, clipped, label

PAGE, COLUMNS = 50, 3
LISTED = ("code", "codes", "link", "number", "money", "date", "flag")
ASIDE = ("mark", "seen_on", "translated", "language")


@dataclass(frozen=True)
class Line:
    """A record in a list. `until` is when it ended, "" if it did not."""

    href: str
    title: str
    cells: tuple[tuple[Told, ...], ...]
    until: str = ""


@dataclass(frozen=True)
class Pager:
    """Where we are among the parts of a list; addresses are "" at the ends."""

    told: str
    previous: str
    next: str


def ordered(records: Iterable[PublicRecord], library: Library) -> list[PublicRecord]:
    """Records by title as the language has it; numbers in titles count as numbers."""
    words = library.words

    def place(record: PublicRecord) -> tuple[str, str]:
        said = shown(record).record.values()
        # Of the same title, the earlier first: years and dates are what tells such records apart.
        when = next((str(x) for x in said if isinstance(x, date | int)), "")
        title = re.sub(r"\d+", lambda m: m[0].zfill(9), folded(words.of(record.title)))
        return title, when

    return sorted(records, key=place)


def columns(shelf: Shelf, records: Sequence[PublicRecord]) -> tuple[ShelfField, ...]:
    """The fields that a list shows beside titles: those most often filled, in their order."""
    titles = () if shelf.title is None else (shelf.title.en, shelf.title.es)
    may = [
        each
        for each in shelf.fields
        if each.kind in LISTED and each.id not in titles and each.id not in ASIDE
    ]
    filled = {x.id: sum(x.id in shown(record).record for record in records) for x in may}
    best = sorted(may, key=lambda each: -filled[each.id])[:COLUMNS]
    return tuple(each for each in may if each in best and filled[each.id])


def line(
    record: PublicRecord, teller: Teller, beside: Sequence[ShelfField], library: Library
) -> Line:
    period = shown(record)
    cells = []
    for each in beside:
        value = period.record.get(each.id)
        told = () if value is None else teller.value(each, value, library.measure.cell)
        cells.append(told[:3] + ((Told("…"),) if len(told) > 3 else ()))
    return Line(
        href=library.path("registers", teller.shelf.id, record.key),
        title=clipped(library.words.of(record.title), library.measure.title),
        cells=tuple(cells),
        until=library.words.day(period.end) if period.end else "",
    )


def heads(beside: Sequence[ShelfField], library: Library) -> tuple[str, ...]:
    return tuple(label(each, library.words.language) for each in beside)


def choices(
    shelf: Shelf, records: Sequence[PublicRecord], wanted: Wanted, library: Library
) -> tuple[Field, ...]:
    """What a reader may choose by: only what exists beside the other choices, with how often."""
    words = library.words
    places = tallied(_but(records, wanted, "country"), lambda record: record.places)
    found = [
        _choice("country", words("country_named"), places, wanted.country, library.country, library)
    ]
    for each in coded(shelf):
        asked = dict(wanted.codes).get(each.id, "")
        codes = tallied(_but(records, wanted, each.id), _codes_of(each.id))
        if asked or 1 < len(codes) <= library.measure.choices:
            name = _name_of(shelf, each.codelist, library)
            found.append(_choice(each.id, label(each, words.language), codes, asked, name, library))
    return tuple(each for each in found if each is not None)[: MOST_FACETS + 1]


def _but(records: Sequence[PublicRecord], wanted: Wanted, name: str) -> list[PublicRecord]:
    return [record for record in records if fits(record, wanted, but=name)]


def _codes_of(name: str) -> Callable[[PublicRecord], tuple[str, ...]]:
    return lambda record: codes_in(record, name)


def _name_of(shelf: Shelf, codelist: str, library: Library) -> Callable[[str], str]:
    return lambda code: code_name(shelf, codelist, code, library.words)


def _choice(
    id_: str,
    name: str,
    codes: dict[str, int],
    asked: str,
    called: Callable[[str], str],
    library: Library,
) -> Field | None:
    if not codes and not asked:
        return None
    found = [Choice("", library.words("any"), not asked)]
    if asked and asked not in codes:
        found.append(Choice(asked, f"{called(asked)} (0)", True))
    found += [
        Choice(
            code, f"{clipped(called(code), min(60, library.measure.cell))} ({count})", code == asked
        )
        for code, count in sorted(codes.items(), key=lambda item: folded(called(item[0])))
    ]
    return Field(id_, name, tuple(found))


def pager(
    path: str, query: dict[str, str], page: int, count: int, library: Library
) -> Pager | None:
    pages = -(-count // PAGE)
    if pages < 2:
        return None
    words = library.words
    return Pager(
        told=words("page_of_records", page=page, pages=pages, count=words.number(count, 0)),
        previous=address(path, {**query, "page": str(page - 1)}) if page > 1 else "",
        next=address(path, {**query, "page": str(page + 1)}) if page < pages else "",
    )


def page_asked(text: str, count: int) -> int:
    """The page an address asks for, within those there are."""
    pages = max(1, -(-count // PAGE))
    readable = text.isascii() and text.isdecimal() and len(text) < 9
    return min(max(int(text), 1), pages) if readable else 1
