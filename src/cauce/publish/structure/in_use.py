"""Schemes cut down to the items that something told makes use of."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from cauce.model.structure import (
    ORGANISATIONS,
    Artefact,
    Constraint,
    DataStructure,
    Item,
    Items,
    Ref,
    Region,
    Selection,
)
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.links import bare, refs_of

CUT = ("codelist", "conceptscheme", "categoryscheme", "reportingtaxonomy", *ORGANISATIONS)
"""The kinds that are cut down to what is in use."""


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
