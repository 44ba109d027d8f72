"""Which versions a query means: one, the latest, the latest stable, all, or those from one on."""

import re
from collections.abc import Iterable

PART = re.compile(r"(\d{1,9})?([+~*])?")
STABLE, LATEST, ALL = "+", "~", "*"
WORDS = {"": ALL, "all": ALL, "*": ALL, "latest": LATEST, "~": LATEST, "+": STABLE}


def matching(there: Iterable[str], wanted: str) -> frozenset[str]:
    """Those of the versions there are that a query names; `,` means or, and so does `1.0+2.0`.

    Partial versions are taken as they are meant: 1 is 1.0 and 1.0.0, too. What is no version names
    none.

    Source: SDMX REST 2.2.2, querying versions; 1.5.0, latest and all.
    """
    known = {version: _read(version) for version in there}
    found: set[str] = set()
    for one in re.split(r",|(?<=\d)\+(?=\d)", wanted.strip().replace(" ", "+").lower()):
        found |= _of_one(known, WORDS.get(one, one))
    return frozenset(found)


def _of_one(known: dict[str, tuple[tuple[int, ...], str]], wanted: str) -> set[str]:
    numbers: tuple[int, ...] = (0,)
    place, operator, extension = 0, wanted, ""
    if wanted not in (ALL, LATEST, STABLE):
        text, _, extension = wanted.partition("-")
        parts = [PART.fullmatch(part) for part in text.split(".")]
        if not all(part and part[0] for part in parts):
            return set()
        numbers = tuple(int(part[1] or 0) for part in parts if part)
        marked = [(at, part[2]) for at, part in enumerate(parts) if part and part[2]]
        if len(marked) > 1:
            return set()
        place, operator = marked[0] if marked else (len(numbers), "")
    if not operator:
        return {v for v, (own, ext) in known.items() if _same(own, numbers) and ext == extension}
    fitting = {
        version: (own, not ext, ext)
        for version, (own, ext) in known.items()
        if own[:place] == numbers[:place]
        and own[place:] >= numbers[place:]
        and (operator != STABLE or (not ext and own[0] > 0))
    }
    if operator == ALL or not fitting:
        return set(fitting)
    return {max(fitting, key=lambda version: fitting[version])}


def _read(version: str) -> tuple[tuple[int, ...], str]:
    """The numbers of a version, three at least, and its extension."""
    text, _, extension = version.lower().partition("-")
    numbers = tuple(int(part) if part.isdecimal() else 0 for part in text.split("."))
    return (*numbers, *(0 for _ in range(3 - len(numbers)))), extension


def _same(own: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Whether a version begins with the numbers that are wanted; zeros at the end say nothing."""
    padded = (*own, *(0 for _ in range(len(wanted) - len(own))))
    return padded[: len(wanted)] == wanted
