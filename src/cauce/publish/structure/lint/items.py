"""Items of schemes and places of hierarchies."""

from collections import Counter
from collections.abc import Iterator

from cauce.model.structure import Hierarchy, Item, Items, Link, Ref
from cauce.publish.structure.lint.words import ID, NAME, listed, name_fault, shown

NAMES_ONLY = ("conceptscheme", "agencyscheme")
"""Schemes whose items need an id that XML takes as a name."""


def item_faults(ref: Ref, body: Items, ours: bool) -> Iterator[str]:
    """What is wrong with the items of a scheme."""
    yield from _siblings(ref, body.items, shown(ref), ours)
    if not body.partial:
        yield from _parents(body.items, shown(ref))


def _siblings(ref: Ref, items: tuple[Item, ...], where: str, ours: bool) -> Iterator[str]:
    counted = Counter(item.id for item in items)
    if twice := [id_ for id_, count in counted.items() if count > 1]:
        yield f"{where} has items twice: {listed(twice)}. Leave one of each."
    if ref.kind != "valuelist":
        pattern = NAME if ref.kind in NAMES_ONLY else ID
        if odd := [id_ for id_ in counted if not pattern.fullmatch(id_)]:
            yield (
                f"{where} has ids of which no URN can be made: {listed(map(repr, odd))}. Use "
                "letters, digits, _ and -."
            )
    for item in items:
        yield from name_fault(item.names, f"{where}, item {item.id}", ours)
        yield from _siblings(ref, item.items, f"{where}, item {item.id}", ours)


def _parents(items: tuple[Item, ...], where: str) -> Iterator[str]:
    parents = {item.id: item.parent for item in items}
    absent = [item.id for item in items if item.parent and item.parent not in parents]
    if absent:
        lost = {parents[id_] for id_ in absent}
        yield (
            f"{where} has {len(absent)} items whose parent is not in it: {listed(absent)}. Add "
            f"{listed(sorted(lost))}, or leave the parent out."
        )
    if circle := _circle(parents):
        yield f"{where} goes in a circle: {' → '.join(circle)}. One of them stands above no other."


def _circle(parents: dict[str, str]) -> list[str]:
    """Ids of which each is the parent of the one before it, back to the first; [] if none is."""
    known: set[str] = set()
    for start in parents:
        way: list[str] = []
        at = start
        while at and at not in known and at not in way:
            way.append(at)
            at = parents.get(at, "")
        if at in way:
            return [*way[way.index(at) :], at]
        known.update(way)
    return []


def hierarchy_faults(where: str, body: Hierarchy) -> Iterator[str]:
    """What is wrong with the places of a hierarchy."""
    levels: list[str] = []
    level = body.level
    while level:
        levels.append(level.id)
        level = level.below
    yield from _places(where, body.links, (), tuple(levels))


def _places(
    where: str, links: tuple[Link, ...], above: tuple[Ref, ...], levels: tuple[str, ...]
) -> Iterator[str]:
    twice = [id_ for id_, count in Counter(link.id for link in links).items() if count > 1]
    if twice:
        yield f"{where} has places twice under one: {listed(twice)}. Leave one of each."
    for link in links:
        if link.code in above:
            yield f"{where} goes in a circle: {link.code.item} stands below itself."
            continue
        if link.level and link.level not in levels:
            yield (
                f"{where}, place {link.id}: there is no level {link.level}. There are: "
                f"{listed(levels) or 'none'}."
            )
        yield from _places(where, link.links, (*above, link.code), levels)
