"""A dataflow with its structure, and of the schemes behind it the items that are in use alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cauce.model.structure import Artefact, Component, DataStructure, Item, Items, Ref
from cauce.publish.structure.collection import Artefacts

KINDS = ("dataflow", "datastructure", "conceptscheme", "codelist", "valuelist", "agencyscheme")


def used_by(
    everything: Artefacts, flow: Ref, codes: Mapping[str, tuple[str, ...]]
) -> list[Artefact]:
    """The dataflow, its structure, and the concepts and codes that these components use.

    Args:
        codes: by component, the codes that are in use; of a component that is not there, all.
    """
    around = [one for ref in everything.descendants([flow]) if (one := everything.get(ref))]
    bodies = [one.body for one in around if isinstance(one.body, DataStructure)]
    components = [part for body in bodies for part in _components(body)]
    concepts = {part.concept.item for part in components}
    left = _codes_left(everything, components, codes)
    agencies = {one.ref.agency for one in around}
    told = []
    for one in (artefact for artefact in everything if artefact in around):
        if one.ref.kind == "conceptscheme":
            told.append(_cut(one, concepts))
        elif one.ref.kind in ("codelist", "valuelist"):
            wanted = left.get(one.ref)
            told.append(one if wanted is None else _cut(one, wanted))
        elif one.ref.kind in KINDS:
            told.append(one)
    schemes = (everything.get(ref) for ref in everything.find(("agencyscheme",)))
    return [*told, *(_cut(one, agencies) for one in schemes if one and one not in told)]


def _components(body: DataStructure) -> Iterator[Component]:
    yield from (*body.dimensions, *body.measures, *body.attributes)


def _codes_left(
    everything: Artefacts, components: list[Component], codes: Mapping[str, tuple[str, ...]]
) -> dict[Ref, set[str] | None]:
    """By list, the codes in use; None of one that some component may take all codes of."""
    left: dict[Ref, set[str] | None] = {}
    for part in components:
        shape = part.representation
        own = everything.resolve(shape.enumeration) if shape and shape.enumeration else None
        if own is None:
            continue
        named, known = codes.get(part.id), left.get(own, set())
        left[own] = None if named is None or known is None else known | set(named)
    return left


def _cut(artefact: Artefact, wanted: set[str]) -> Artefact:
    """A scheme with the items that are wanted, and those above them."""
    body = artefact.body
    if not isinstance(body, Items):
        return artefact
    parents = {item.id: item.parent for item in body.items}
    kept = set(wanted)
    for id_ in wanted:
        above = parents.get(id_, "")
        while above and above not in kept:
            kept.add(above)
            above = parents.get(above, "")
    items = tuple(_orphan(item, parents) for item in body.items if item.id in kept)
    return replace(artefact, body=Items(items, body.partial or items != body.items))


def _orphan(item: Item, parents: Mapping[str, str]) -> Item:
    """An item whose parent is in another list stands alone."""
    return item if item.parent in parents or not item.parent else replace(item, parent="")
