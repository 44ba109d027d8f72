"""What others published of the people an economy needs, beside the outlook and never within it."""

from dataclasses import dataclass

from cauce.model.shelf import PublicRecord
from cauce.portal.links import address
from cauce.portal.registers.library import Library, shown
from cauce.portal.registers.search import codes_in, held
from cauce.portal.registers.studies import KIND, STUDIES, Study, one_study
from cauce.portal.registers.told import Teller, Told
from cauce.portal.words import Words
from cauce.store import Snapshot

ABOUT = ("NEED", "FOREIGN", "RESERVE", "OUTPUT")
"""Estimates of people needed, needed from abroad, at hand, and trained; told in this order."""
MOST, SOURCE = 12, "source"


@dataclass(frozen=True)
class Line:
    """One estimate as it was published, and where it was read."""

    study: Study
    source: tuple[Told, ...]


@dataclass(frozen=True)
class Beside:
    """Estimates of others, and the page that has all of them."""

    lines: tuple[Line, ...]
    href: str


def beside(snapshot: Snapshot, words: Words, country: str = "") -> Beside | None:
    """The estimates of occupations and skills of a country, of all if none is named.

    None if there is none. What only repeats another one stands on the page of studies alone.
    """
    library = Library(snapshot.shelves, words)
    found = [
        record
        for record in held(library.records(STUDIES))
        if _kind(record) in ABOUT
        and "retells" not in shown(record).record
        and (not country or country in record.places)
    ]
    if not found:
        return None
    found.sort(key=lambda record: ABOUT.index(_kind(record)))
    teller = Teller(snapshot.shelves.edition(STUDIES).shelf, library)
    field = next((each for each in teller.shelf.fields if each.id == SOURCE), None)
    lines = []
    for record in found[:MOST]:
        said = shown(record).record.get(SOURCE)
        source = teller.value(field, said) if field is not None and said is not None else ()
        lines.append(Line(one_study(record, teller), source))
    path = address(library.path("studies"), {"country": country})
    return Beside(tuple(lines), path)


def _kind(record: PublicRecord) -> str:
    return next(iter(codes_in(record, KIND)), "")
