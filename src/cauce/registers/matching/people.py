"""Permits that may be one person's: two spellings, two documents, or one code for two people.

Nothing is merged here. What is found is put before a person, who says which.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from cauce.model.mobility import Alike, Holder
from cauce.model.text import Text
from cauce.registers.matching.likeness import distance
from cauce.registers.values import folded

DOCUMENT = Text("the same document under two codes", "el mismo documento con dos códigos")
SPELLING = Text(
    "born on the same day, names alike, two codes",
    "nacieron el mismo día, nombres parecidos, dos códigos",
)
NAME = Text(
    "the same name under two codes, a birth not known",
    "el mismo nombre con dos códigos, un nacimiento sin conocer",
)
CODE = Text("one code for two births or two names", "un código para dos nacimientos o dos nombres")


def alike(holders: Iterable[Holder]) -> tuple[Alike, ...]:
    """Each pair once, with the first reason that holds, in the order of their keys.

    Only those are compared that share a document, a birth, a code or a whole name: two people of
    one name are many, two of one name and day are few.

    Source: blocking as in Christen (2012), Data Matching, chapter 4; the rules are the house's [I].
    """
    every = sorted(holders, key=lambda one: one.permit)
    found: dict[tuple[str, str], Alike] = {}
    for one, other in _pairs(every):
        why = _why(one, other)
        if why is not None:
            found[one.permit, other.permit] = Alike(one.permit, other.permit, why)
    return tuple(found[pair] for pair in sorted(found))


def _pairs(holders: list[Holder]) -> Iterator[tuple[Holder, Holder]]:
    blocks: dict[tuple[str, object], list[Holder]] = {}
    for one in holders:
        for block in _blocks(one):
            blocks.setdefault(block, []).append(one)
    for together in blocks.values():
        yield from combinations(together, 2)


def _blocks(one: Holder) -> Iterator[tuple[str, object]]:
    if number := _number(one.document):
        yield "document", number
    if one.born is not None:
        yield "born", one.born
    if name := _words(one.name):
        yield "name", name
    yield "worker", one.worker


def _why(one: Holder, other: Holder) -> Text | None:
    if one.worker == other.worker:
        births = {one.born, other.born} - {None}
        names = _words(one.name) and _words(other.name)
        apart = names and not _same(one.name, other.name)
        return CODE if len(births) > 1 or apart else None
    if _number(one.document) and _number(one.document) == _number(other.document):
        return DOCUMENT
    if one.born is not None and one.born == other.born:
        return SPELLING if _same(one.name, other.name) else None
    unknown = one.born is None or other.born is None
    return NAME if unknown and _words(one.name) == _words(other.name) != () else None


def _number(document: str) -> str:
    """A document by its letters and digits, however it was written."""
    return "".join(letter for letter in folded(document) if letter.isalnum())


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(folded(name).replace("-", " ").split()))


def _same(name: str, other: str) -> bool:
    """Whether two names are alike: one's words are among the other's, a letter or two apart."""
    short, long = sorted((_words(name), _words(other)), key=len)
    left = list(long)
    for word in short:
        near = next((each for each in left if _near(word, each)), None)
        if near is None:
            return False
        left.remove(near)
    return len(short) >= min(2, len(long)) > 0


def _near(word: str, other: str) -> bool:
    allowed = 0 if min(len(word), len(other)) < 4 else 1 if len(word) < 8 else 2
    return distance(word, other, allowed) <= allowed
