"""Constraints, against the data structures they are about."""

from collections.abc import Iterator

from cauce.model.structure import Constraint, DataStructure, Items, Ref
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.lint.words import listed, shown


def constraint_faults(everything: Artefacts, ref: Ref, body: Constraint) -> Iterator[str]:
    """Components and codes of which the data structure knows nothing."""
    where = shown(ref)
    if not body.attached and not body.sources:
        yield f"{where} is attached to nothing. Name a dataflow or a data structure."
    structures = [
        found
        for one in everything.descendants(_resolved(everything, body.attached))
        if (found := everything.get(one)) is not None and isinstance(found.body, DataStructure)
    ]
    known: dict[str, set[str] | None] = {}
    for structure in structures:
        if isinstance(structure.body, DataStructure):
            _take(everything, structure.body, known)
    if not structures:
        return
    spoken = list(_spoken(body))
    if unknown := [component for component, _ in spoken if component not in known]:
        yield (
            f"{where} speaks of components that {shown(structures[0].ref)} has not: "
            f"{listed(unknown)}. It has: {', '.join(known)}."
        )
    for component, values in spoken:
        codes = known.get(component)
        if codes is not None and (odd := [value for value in values if value not in codes]):
            yield (
                f"{where} names codes that the list of {component} has not: {listed(odd)}. Add "
                "them to the list, or leave them out."
            )


def _resolved(everything: Artefacts, refs: tuple[Ref, ...]) -> list[Ref]:
    return [found for ref in refs if (found := everything.resolve(ref)) is not None]


def _take(everything: Artefacts, body: DataStructure, known: dict[str, set[str] | None]) -> None:
    """By component, the codes it may have; None where it may have anything we do not know."""
    for component in (*body.dimensions, *body.measures, *body.attributes):
        shape = component.representation
        scheme = everything.get(shape.enumeration) if shape and shape.enumeration else None
        held = scheme.body if scheme else None
        codes = {item.id for item in held.items} if isinstance(held, Items) else None
        before = known.get(component.id, set())
        known[component.id] = None if codes is None or before is None else before | codes


def _spoken(body: Constraint) -> Iterator[tuple[str, tuple[str, ...]]]:
    for region in body.regions:
        for selection in (*region.keys, *region.attributes):
            yield selection.component, selection.values
    for keyset in body.keysets:
        for key in keyset.keys:
            for component, value in key.values:
                yield component, (value,)
