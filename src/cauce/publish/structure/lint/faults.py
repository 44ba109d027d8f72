"""Every fault of some artefacts, one sentence each: what, where, and what to do."""

from collections.abc import Iterator, Sequence

from cauce.model.structure import Artefact, Constraint, DataStructure, Hierarchies, Hierarchy, Items
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.lint.components import data_structure_faults
from cauce.publish.structure.lint.constraints import constraint_faults
from cauce.publish.structure.lint.items import hierarchy_faults, item_faults
from cauce.publish.structure.lint.references import reference_faults
from cauce.publish.structure.lint.words import id_fault, name_fault, shown


def faults(artefacts: Sequence[Artefact], own: str, around: Sequence[Artefact] = ()) -> list[str]:
    """Everything that is wrong with the artefacts, [] if nothing is.

    Args:
        own: our agency, whose artefacts are held to more: names in both languages, and no reference
            to what is not here. Of others a reference may lead out of what they sent.
        around: artefacts that are there already; they may be referred to and are not asked.
    """
    everything = Artefacts((*artefacts, *around))
    found = [*_twice(artefacts)]
    for artefact in artefacts:
        found += _faults(everything, artefact, artefact.ref.agency == own)
    return found


def _twice(artefacts: Sequence[Artefact]) -> Iterator[str]:
    known: dict[object, Artefact] = {}
    for artefact in artefacts:
        first = known.setdefault(artefact.ref, artefact)
        if first is not artefact and first != artefact:
            yield (
                f"{shown(artefact.ref)} is there twice and says two things. Give one of them an id "
                "or a version of its own."
            )


def _faults(everything: Artefacts, artefact: Artefact, ours: bool) -> Iterator[str]:
    yield from id_fault(artefact.ref.id, shown(artefact.ref))
    yield from name_fault(artefact.names, shown(artefact.ref), ours)
    yield from reference_faults(everything, artefact, ours)
    match artefact.body:
        case Items() as body:
            yield from item_faults(artefact.ref, body, ours)
        case DataStructure() as body:
            yield from data_structure_faults(artefact.ref, body)
        case Constraint() as body:
            yield from constraint_faults(everything, artefact.ref, body)
        case Hierarchy() as body:
            yield from hierarchy_faults(shown(artefact.ref), body)
        case Hierarchies() as body:
            for one in body.hierarchies:
                yield from hierarchy_faults(f"{shown(artefact.ref)}, hierarchy {one.id}", one)
