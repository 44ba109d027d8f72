"""Chosen fields of records side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cauce.model.shelf import PublicRecord
from cauce.portal.registers.library import Library, shown
from cauce.portal.registers.lists import Line, heads, line, ordered
from cauce.portal.registers.search import codes_in, held
from cauce.portal.registers.told import Teller


@dataclass(frozen=True)
class Sheet:
    """Records of a register as a table of some of their fields; `more` leads to the rest."""

    name: str
    one: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    said: tuple[str, ...]
    more: str


def sheet(
    library: Library,
    register: str,
    records: Iterable[PublicRecord],
    names: Sequence[str],
) -> Sheet | None:
    """The records with the fields named that any of them fills; None if there are no records."""
    found = ordered(records, library)
    if not found:
        return None
    edition = library.shelves.edition(register)
    fields = {each.id: each for each in edition.shelf.fields}
    kept = found[: library.measure.sheet]
    beside = [
        fields[name]
        for name in names
        if name in fields and any(name in shown(record).record for record in kept)
    ]
    teller = Teller(edition.shelf, library)
    keys = {record.key for record in found}
    path = library.path("registers", register)
    return Sheet(
        name=library.words.of(edition.shelf.name),
        one=library.words.of(edition.shelf.one),
        heads=heads(beside, library),
        lines=tuple(line(record, teller, beside, library) for record in kept),
        said=tuple(library.words.of(x.text) for x in edition.said if set(x.about) <= keys),
        more=path if len(found) > len(kept) else "",
    )


def of_place(library: Library, register: str, code: str) -> list[PublicRecord]:
    """The records of a register that name a country."""
    return [record for record in held(library.records(register)) if code in record.places]


def with_code(records: Iterable[PublicRecord], field: str, code: str) -> list[PublicRecord]:
    return [record for record in records if code in codes_in(record, field)]


def said_across(library: Library, register: str, code: str, sheets: Iterable[Sheet]) -> list[str]:
    """What is said of records of a country that stand on several sheets, or partly on none."""
    keys = {record.key for record in of_place(library, register, code)}
    told = {sentence for each in sheets for sentence in each.said}
    edition = next((x for x in library.editions if x.shelf.id == register), None)
    said = () if edition is None else edition.said
    found = [library.words.of(x.text) for x in said if keys & set(x.about)]
    return [sentence for sentence in dict.fromkeys(found) if sentence not in told]
