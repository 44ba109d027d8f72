"""Finding public records: words whatever their accents, other names, codes and countries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cauce.model.record import Absent
from cauce.model.shelf import PublicRecord, Shelf, ShelfField
from cauce.portal.bulletin import folded
from cauce.portal.registers.library import is_held, shown

ALIASES = "aliases"
RESERVED = frozenset({"q", "page", "country", "of", "corridor", "edition"})
MOST_FACETS, MOST_READINGS = 4, 16
Readings = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Wanted:
    """What a reader asks of a register; "" for anything.

    `readings` are the words, and the same with other names for what they name: any of them fits.
    `codes` are by field; `of` is register/key, a record that is linked to.
    """

    readings: Readings = ()
    country: str = ""
    corridor: str = ""
    of: str = ""
    codes: tuple[tuple[str, str], ...] = ()


def wanted_from(query: Mapping[str, str], shelf: Shelf, readings: Readings) -> Wanted:
    names = [each.id for each in coded(shelf)]
    return Wanted(
        readings=readings,
        country=query.get("country", "").strip().upper(),
        corridor=query.get("corridor", "").strip().upper(),
        of=query.get("of", "").strip(),
        codes=tuple((name, query[name].strip()) for name in names if query.get(name, "").strip()),
    )


def fits(record: PublicRecord, wanted: Wanted, but: str = "") -> bool:
    """Whether a record is what was asked for, `but` for one field."""
    return (
        (not wanted.readings or any(has(record, words) for words in wanted.readings))
        and (but == "country" or not wanted.country or wanted.country in record.places)
        and (not wanted.corridor or wanted.corridor in record.corridors)
        and (not wanted.of or wanted.of in record.links)
        and all(code in codes_in(record, name) for name, code in wanted.codes if name != but)
    )


def has(record: PublicRecord, words: Iterable[str]) -> bool:
    return all(word in record.words for word in words)


def held(records: Iterable[PublicRecord]) -> list[PublicRecord]:
    """The records that are still held to be, or to have been."""
    return [record for record in records if is_held(record)]


def codes_in(record: PublicRecord, name: str) -> tuple[str, ...]:
    """The codes a field holds; what is absent is none."""
    value = shown(record).record.get(name)
    if isinstance(value, tuple):
        return tuple(str(part) for part in value)
    return () if value is None or isinstance(value, Absent) else (str(value),)


def coded(shelf: Shelf) -> list[ShelfField]:
    """The coded fields a reader may choose by; countries have a choice of their own."""
    return [
        each
        for each in shelf.fields
        if each.kind in ("code", "codes")
        and not each.codelist.endswith("COUNTRY")
        and each.id not in RESERVED
    ]


def tallied(
    records: Sequence[PublicRecord], of: Callable[[PublicRecord], Iterable[str]]
) -> dict[str, int]:
    """How many records have each code."""
    found: dict[str, int] = {}
    for record in records:
        for code in of(record):
            found[code] = found.get(code, 0) + 1
    return found


def readings(query: str, aliases: Sequence[PublicRecord]) -> Readings:
    """The words of a query, and of the same query with other names for what it names.

    A name stands for all that stand for the same: who looks for the CRM finds the RCM.
    """
    asked = folded(query)
    if not asked:
        return ()
    found = dict.fromkeys((tuple(asked.split()),))
    for names in _groups(aliases):
        for name in names:
            if f" {name} " in f" {asked} ":
                others = (f" {asked} ".replace(f" {name} ", f" {other} ") for other in names)
                found.update(dict.fromkeys(tuple(other.split()) for other in others))
    return tuple(found)[:MOST_READINGS]


def _groups(aliases: Sequence[PublicRecord]) -> list[dict[str, None]]:
    """The folded names that stand for the same thing."""
    groups: dict[str, dict[str, None]] = {}
    for record in held(aliases):
        said = shown(record).record
        names = [folded(str(said.get(x, ""))) for x in ("term", "preferred_en", "preferred_es")]
        group = groups.setdefault(names[2] or names[1], {})
        group.update(dict.fromkeys(name for name in names if name))
    return list(groups.values())
