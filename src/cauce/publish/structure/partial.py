"""Artefacts of which not everything is told: stubs, and schemes with some items."""

from collections.abc import Sequence
from dataclasses import replace

from cauce.model.structure import (
    Agreement,
    Annotation,
    Artefact,
    Association,
    Body,
    Constraint,
    Hierarchies,
    Hierarchy,
    Item,
    ItemMap,
    Items,
    RepresentationMap,
    StructureMap,
    Usage,
    urn_of,
)

COVERAGE = "coverage"
"""The type of notes on the periods there are."""


def stub(artefact: Artefact, complete: bool) -> Artefact:
    """What an artefact is called; `complete` adds its descriptions and notes.

    A schema that asks for more gets as little as it takes: whom an agreement is between, from what
    to what a map leads.
    """
    return replace(
        artefact,
        body=_least(artefact),
        descriptions=artefact.descriptions if complete else (),
        annotations=artefact.annotations if complete else (),
        external=True,
        structure_url=artefact.structure_url or urn_of(artefact.ref),
    )


def without_period(artefact: Artefact) -> Artefact:
    """A constraint whose reference period is told in notes, which every client can read."""
    body = artefact.body
    if not isinstance(body, Constraint) or body.period is None:
        return artefact
    ends = (("start", body.period.start), ("end", body.period.end))
    notes = tuple(
        Annotation(f"time_period_{name}", title=text, type=COVERAGE) for name, text in ends
    )
    return replace(
        artefact, body=replace(body, period=None), annotations=(*artefact.annotations, *notes)
    )


def _least(artefact: Artefact) -> Body | None:
    body = artefact.body
    if isinstance(body, Agreement | Association):
        return body
    if isinstance(body, ItemMap):
        return replace(body, pairs=())
    if isinstance(body, StructureMap):
        return replace(body, components=(), fixed=())
    if isinstance(body, RepresentationMap):
        return replace(body, values=())
    if isinstance(body, Hierarchy):
        return replace(body, links=tuple(replace(one, links=()) for one in body.links[:1]))
    if isinstance(body, Constraint):
        return Constraint(body.role, body.attached)
    if isinstance(body, Usage) and artefact.ref.kind == "metadataflow":
        return replace(body, structure=None)
    return None


def only_items(artefact: Artefact, wanted: Sequence[str]) -> Artefact | None:
    """A scheme with the items that are asked for, in the order asked, None if it has none of them.

    Of an item that lies in others these are told, too, and of each nothing that lies in it. The
    items of a hierarchical codelist are its hierarchies.

    Source: SDMX REST 2.2.2, structure queries, notes about using itemID.
    """
    body = artefact.body
    if isinstance(body, Hierarchies):
        by_id = {one.id: one for one in body.hierarchies}
        kept = tuple(by_id[id_] for id_ in dict.fromkeys(wanted) if id_ in by_id)
        return replace(artefact, body=replace(body, hierarchies=kept)) if kept else None
    if not isinstance(body, Items):
        return None
    found: tuple[Item, ...] = ()
    for path in dict.fromkeys(wanted):
        way = _way(body.items, path)
        if way:
            found = _with(found, way)
    return replace(artefact, body=Items(found, partial=True)) if found else None


def _way(items: tuple[Item, ...], path: str) -> list[Item]:
    """The items from the top down to one, without what else lies in them; [] if it is not there.

    Ids may have dots themselves where they do not nest.
    """
    for item in items:
        if item.id == path:
            return [replace(item, items=())]
        if path.startswith(f"{item.id}.") and item.items:
            below = _way(item.items, path[len(item.id) + 1 :])
            if below:
                return [replace(item, items=()), *below]
    return []


def _with(items: tuple[Item, ...], way: list[Item]) -> tuple[Item, ...]:
    """The items and those of a way down, each where it belongs."""
    first, rest = way[0], way[1:]
    there = next((item for item in items if item.id == first.id), None)
    if there is None:
        return (*items, replace(first, items=_with((), rest) if rest else ()))
    if not rest:
        return items
    grown = replace(there, items=_with(there.items, rest))
    return tuple(grown if item is there else item for item in items)
