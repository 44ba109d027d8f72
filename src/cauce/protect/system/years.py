"""Figures of a year and of its quarters: what is counted in the year is counted in one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cauce.protect.system.frames import Name, Place
from cauce.protect.system.parts import Part
from cauce.protect.table import PERIOD


def together(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts that count the same people: of one place, or of a year and what it is made of."""
    found: dict[Place, list[Part]] = {}
    for part in parts:
        key = tuple((name, code[:4] if name == PERIOD else code) for name, code in part.frame.place)
        found.setdefault(key, []).append(part)
    return [group for key in sorted(found) for group in apart(found[key])]


def apart(parts: Sequence[Part]) -> list[list[Part]]:
    """Quarters without their year share nobody; a year comes after its quarters."""
    by_place: dict[Place, list[Part]] = {}
    for part in parts:
        by_place.setdefault(part.frame.place, []).append(part)
    year = [place for place in by_place if is_year(place)]
    if not year or len(by_place) == 1:
        return list(by_place.values())
    shorter = [part for part in parts if not is_year(part.frame.place)]
    return [[*shorter, *(in_all(part, len(by_place) - 1) for part in by_place[year[0]])]]


def is_year(place: Place) -> bool:
    return len(dict(place)[PERIOD]) == 4


def in_all(part: Part, waves: int) -> Part:
    """The part of a year with its amounts added up over all waves: they are told as means."""
    true = {name: of * waves if name[0] == "amount" else of for name, of in part.true.items()}
    return replace(part, true=true, waves=waves)


def waves_of(parts: Sequence[Part], year: Part, name: Name) -> list[tuple[int, list[list[int]]]]:
    """The parts of shorter periods that count the same by the same axes, one a period.

    With each the innermost domains that lie in those of the year; nothing if a period lacks it.
    """
    places = {part.frame.place for part in parts if not is_year(part.frame.place)}
    found = []
    for at, part in enumerate(parts):
        if (
            part.frame.place in places
            and part.frame.axes == year.frame.axes
            and name in part.columns.vectors
            and name not in part.columns.loose
        ):
            where = {domain: position for position, domain in enumerate(part.frame.inner)}
            inside = [[where[one]] if one in where else [] for one in year.frame.inner]
            found.append((at, inside))
            places.remove(part.frame.place)
    return [] if places else found
