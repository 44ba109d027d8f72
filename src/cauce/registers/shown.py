"""How a public record is called, found and placed: its title, words, countries and corridors."""

import re
from collections.abc import Iterable, Iterator, Mapping

from cauce.model.record import Absent, Record, Row
from cauce.model.shelf import Shelf, ShelfField
from cauce.model.text import LANGUAGES, Language, Text
from cauce.registers.values import folded

COUNTRY = re.compile(r"[A-Z]{3}")
FROM, TO = ("ORIG", "BOTH"), ("DEST", "BOTH")
ENDS = (("origin", "destination"), ("country", "residence"))
"""Fields that together name a corridor, in a record or in a row."""
MOST_WORDS = 8_000


def title(shelf: Shelf, record: Record, language: Language) -> str:
    """The name of a record: its title, in the other language where it has none in this one."""
    one = shelf.one.of(language)
    one = one[:1].upper() + one[1:]
    names = (
        () if shelf.title is None else (shelf.title.of(language), shelf.title.en, shelf.title.es)
    )
    for name in names:
        value = record.get(name)
        if isinstance(value, int | float):
            return f"{one} {value}"
        if isinstance(value, str) and not isinstance(value, Absent):
            said = _names(shelf).get((_codelist(shelf, name), value))
            return said.of(language) if said else value
    return one


def _codelist(shelf: Shelf, name: str) -> str:
    return next(each.codelist for each in shelf.fields if each.id == name)


def _names(shelf: Shelf) -> Mapping[tuple[str, str], Text]:
    """The words of every code, by its list and itself."""
    return {(each.id, code.id): code.name for each in shelf.codelists for code in each.codes}


def words(shelf: Shelf, record: Record) -> str:
    """What a record is found by: its texts and the words of its codes in both languages, folded."""
    names = _names(shelf)
    found: list[str] = []
    for of, value in leaves(shelf.fields, record):
        if of.codelist:
            said = names.get((of.codelist, value))
            found += [value] if said is None else [said.of(language) for language in LANGUAGES]
        elif of.kind in ("text", "note"):
            found.append(value)
    return folded(" · ".join(dict.fromkeys(found)))[:MOST_WORDS]


def leaves(fields: Iterable[ShelfField], record: Record | Row) -> Iterator[tuple[ShelfField, str]]:
    """Every text and code of a record, in rows too, with its field; what is absent is not there."""
    for each in fields:
        value = record.get(each.id)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Mapping):
                yield from leaves(each.columns, part)
            elif isinstance(part, str) and not isinstance(part, Absent):
                yield each, part


def places(shelf: Shelf, record: Record) -> tuple[str, ...]:
    """The countries a record names, wherever it does."""
    found = {value for of, value in leaves(shelf.fields, record) if is_country(of, value)}
    return tuple(sorted(found))


def links(shelf: Shelf, record: Record) -> tuple[str, ...]:
    """The records a record names, as register/key."""
    found = (f"{of.register}/{value}" for of, value in leaves(shelf.fields, record) if of.register)
    return tuple(sorted(set(found)))


def is_country(of: ShelfField, value: str) -> bool:
    return of.codelist.endswith("COUNTRY") and COUNTRY.fullmatch(value) is not None


def corridors(shelf: Shelf, record: Record) -> tuple[str, ...]:
    """The corridors a record names, as GTM-USA: of its own fields, its rows and its parties."""
    found = set(_pairs(shelf.fields, record))
    for each in shelf.fields:
        rows = [row for row in _parts(record, each.id) if isinstance(row, Mapping)]
        found |= {pair for row in rows for pair in _pairs(each.columns, row)}
        ends = [dict(_countries(each.columns, row)) | {"role": row.get("role")} for row in rows]
        origins = [end["country"] for end in ends if "country" in end and end["role"] in FROM]
        goals = [end["country"] for end in ends if "country" in end and end["role"] in TO]
        found |= {f"{a}-{b}" for a in origins for b in goals if a != b}
    return tuple(sorted(found))


def _parts(record: Record, name: str) -> tuple[object, ...]:
    value = record.get(name)
    return value if isinstance(value, tuple) else ()


def _pairs(fields: Iterable[ShelfField], record: Record | Row) -> Iterator[str]:
    named: dict[str, list[str]] = {}
    for name, country in _countries(fields, record):
        named.setdefault(name, []).append(country)
    for origin, goal in ENDS:
        for a in named.get(origin, []):
            yield from (f"{a}-{b}" for b in named.get(goal, []) if a != b)


def _countries(fields: Iterable[ShelfField], record: Record | Row) -> Iterator[tuple[str, str]]:
    """The countries in the fields of a record or row themselves, by field."""
    own = [each for each in fields if each.kind != "rows"]
    return ((of.id, value) for of, value in leaves(own, record) if is_country(of, value))
