"""Records of several registers on a page about something else, register by register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cauce.model.record import Absent, Record
from cauce.model.shelf import PublicRecord, Shelf, ShelfField
from cauce.portal.links import address
from cauce.portal.registers.library import Library, shown
from cauce.portal.registers.lists import ASIDE, Line, line, ordered
from cauce.portal.registers.measure import shared
from cauce.portal.registers.search import held
from cauce.portal.registers.told import YEAR, Teller, Told, label


@dataclass(frozen=True)
class Group:
    """Records of one register on a page about something else; `all` is "" if these are all."""

    name: str
    href: str
    count: int
    lines: tuple[Line, ...]
    all: str


def groups(
    library: Library,
    fitting: Callable[[PublicRecord], bool],
    query: dict[str, str],
    but: Sequence[str] = (),
    here: str = "",
) -> tuple[Group, ...]:
    """The records that fit, register by register; `query` finds all of them in the register.

    `here` is the page they are shown on.
    """
    shelves = [each.shelf for each in library.editions if each.shelf.id not in but]
    fit = [[r for r in held(library.records(shelf.id)) if fitting(r)] for shelf in shelves]
    found = [(shelf, records) for shelf, records in zip(shelves, fit, strict=True) if records]
    lengths = shared([len(records) for _, records in found], library.measure.lines)
    return tuple(
        _group(Teller(shelf, library), records, most, query, here)
        for (shelf, records), most in zip(found, lengths, strict=True)
    )


def _group(
    teller: Teller, records: Sequence[PublicRecord], most: int, query: dict[str, str], here: str
) -> Group:
    library = teller.library
    path = library.path("registers", teller.shelf.id)
    kept = ordered(records, library)[:most]
    return Group(
        name=library.words.of(teller.shelf.name),
        href=path,
        count=len(records),
        lines=tuple(_brief(record, teller, here, library) for record in kept),
        all=address(path, query) if len(records) > most else "",
    )


def _brief(record: PublicRecord, teller: Teller, here: str, library: Library) -> Line:
    """A record by its title and what tells it from others of the same title.

    What leads to the page we are on, `here`, is not said again.
    """
    said = shown(record).record
    told = [
        _labelled(x, teller.value(x, said[x.id], library.measure.cell), library)
        for x in _telling(teller.shelf, said)
    ]
    cells = [x for x in told if not here or all(part.href != here for part in x)]
    return replace(line(record, teller, (), library), cells=tuple(cells))


def _telling(shelf: Shelf, said: Record) -> list[ShelfField]:
    """A code and a link, a year or date and a quantity: the first of each that is known."""
    titles = () if shelf.title is None else (shelf.title.en, shelf.title.es)
    may = [
        each
        for each in shelf.fields
        if each.id not in (*titles, *ASIDE)
        and not each.codelist.endswith("COUNTRY")
        and not isinstance(said.get(each.id, Absent.UNKNOWN), Absent)
    ]
    first = [
        next((x for x in may if x.kind == "code"), None),
        next((x for x in may if x.kind == "link"), None),
        next((x for x in may if x.kind == "date" or YEAR.search(x.id)), None),
        next((x for x in may if x.kind in ("number", "money") and not YEAR.search(x.id)), None),
    ]
    return [each for each in first if each is not None]


def _labelled(of: ShelfField, parts: tuple[Told, ...], library: Library) -> tuple[Told, ...]:
    """A quantity or a date with the name of its field; a code says what it is by itself."""
    if of.kind not in ("number", "money", "date") or YEAR.search(of.id):
        return parts
    return tuple(replace(x, text=f"{label(of, library.words.language)}: {x.text}") for x in parts)
