"""Artefacts of which not everything is told: stubs, some items, the items in use."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from cauce.model.structure import (
    ORGANISATIONS,
    Agreement,
    Annotation,
    Artefact,
    Association,
    Body,
    Constraint,
    DataStructure,
    Hierarchies,
    Hierarchy,
    Item,
    ItemMap,
    Items,
    Ref,
    Region,
    RepresentationMap,
    Selection,
    StructureMap,
    Usage,
    urn_of,
)
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.links import bare, refs_of

CUT = ("codelist", "conceptscheme", "categoryscheme", "reportingtaxonomy", *ORGANISATIONS)
"""The kinds that are cut down to what is in use."""
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


def in_use(
    everything: Artefacts, matches: Collection[Ref], told: Iterable[Artefact]
) -> list[Artefact]:
    """What is told, with the schemes beside the matches cut down to what is in use.

    Concepts, categories and providers are in use if something told refers to them; codes, if the
    Allowed constraints on a match or on what it is made of leave them; agencies, if they maintain
    something told.

    Source: SDMX REST 2.2.2, structure queries, meaning of detail=referencepartial.
    """
    artefacts = list(told)
    named = {ref for one in artefacts for ref in refs_of(one) if ref.item}
    used: dict[Ref, set[str]] = {}
    for ref in named:
        if (own := everything.resolve(ref)) is not None:
            used.setdefault(own, set()).add(ref.item)
    agencies = {one.ref.agency for one in artefacts}
    codes = _codes_left(everything, matches)
    cut = []
    for artefact in artefacts:
        ref = artefact.ref
        if ref in matches or ref.kind not in CUT:
            cut.append(artefact)
        elif ref.kind == "codelist":
            # A hierarchy or a category of codes needs those it names, too.
            left = codes.get(ref)
            keep = None if left is None else left | used.get(ref, set())
            cut.append(_keeping(artefact, keep))
        elif ref.kind == "agencyscheme":
            cut.append(_keeping(artefact, agencies))
        else:
            cut.append(_keeping(artefact, used.get(ref)))
    return cut


def _keeping(artefact: Artefact, wanted: set[str] | None) -> Artefact:
    """A scheme without the items that are not wanted, where some are; None wants all."""
    body = artefact.body
    if wanted is None or not isinstance(body, Items):
        return artefact
    kept = _kept(body.items, "", wanted.__contains__)
    partial = body.partial or kept != body.items
    return replace(artefact, body=Items(kept, partial))


def _kept(items: tuple[Item, ...], above: str, wanted: Callable[[str], bool]) -> tuple[Item, ...]:
    found = []
    there = {item.id for item in items if not item.items and wanted(above + item.id)}
    for item in items:
        path = above + item.id
        below = _kept(item.items, f"{path}.", wanted)
        if below or wanted(path):
            parent = item.parent if item.parent in there else ""
            found.append(replace(item, items=below, parent=parent))
    return tuple(found)


def _codes_left(everything: Artefacts, matches: Collection[Ref]) -> dict[Ref, set[str]]:
    """By codelist, the codes that constraints leave to the structures of the matches.

    A list is not there if some component may take all its codes.
    """
    around = everything.descendants(matches)
    left: dict[Ref, set[str]] = {}
    whole: set[Ref] = set()
    for artefact in (everything.get(ref) for ref in around):
        if artefact is None or not isinstance(artefact.body, DataStructure):
            continue
        over = {ref for ref in everything.ancestors([artefact.ref]) if ref in around}
        regions = _regions(everything, over)
        body = artefact.body
        for component in (*body.dimensions, *body.attributes, *body.measures):
            shape = component.representation
            if shape is None or shape.enumeration is None:
                continue
            own = everything.resolve(shape.enumeration)
            if own is None:
                continue
            allowed = _allowed(everything, own, component.id, regions)
            if allowed is None:
                whole.add(own)
            else:
                left.setdefault(own, set()).update(allowed)
    return {ref: codes for ref, codes in left.items() if ref not in whole}


def _regions(everything: Artefacts, over: Collection[Ref]) -> list[list[Region]]:
    """The regions of each Allowed constraint on one of these."""
    found = []
    for ref in everything.parents(over):
        artefact = everything.get(ref)
        body = artefact.body if artefact else None
        if (
            isinstance(body, Constraint)
            and ref.kind == "dataconstraint"
            and body.role == "Allowed"
            and any(everything.resolve(bare(one)) in over for one in body.attached)
        ):
            found.append(list(body.regions))
    return found


def _allowed(
    everything: Artefacts, codelist: Ref, component: str, constraints: list[list[Region]]
) -> set[str] | None:
    """The codes a component may take, None where no constraint speaks of it."""
    codes = _codes(everything.get(codelist))
    left: set[str] | None = None
    for regions in constraints:
        inside: set[str] = set()
        spoken = outside = False
        for region in regions:
            for selection in (*region.keys, *region.attributes):
                if selection.component != component or selection.span is not None:
                    continue
                named = _cascaded(codes, selection)
                spoken = True
                if region.include == selection.include:
                    inside |= named
                    outside = True
                else:
                    left = (set(codes) if left is None else left) - named
        if spoken and outside:
            left = inside if left is None else left & inside
    return left


def _codes(artefact: Artefact | None) -> dict[str, str]:
    """By code, the one above it."""
    body = artefact.body if artefact else None
    return {item.id: item.parent for item in body.items} if isinstance(body, Items) else {}


def _cascaded(codes: dict[str, str], selection: Selection) -> set[str]:
    """The codes that are named, and those below the ones that cascade."""
    found = set(selection.values)
    grown = set(selection.cascade)
    while new := {code for code, parent in codes.items() if parent in grown} - grown:
        grown |= new
    return found | grown
