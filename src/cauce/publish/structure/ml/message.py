"""A structure message of SDMX-ML: its head, and each artefact under the name of its kind."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from lxml import etree

from cauce.model.dataflow import AGENCY
from cauce.model.structure import (
    ORGANISATIONS,
    Agreement,
    Artefact,
    Association,
    Categorisation,
    Constraint,
    DataStructure,
    Hierarchies,
    Hierarchy,
    ItemMap,
    Items,
    MetadataStructure,
    Process,
    Ref,
    RepresentationMap,
    StructureMap,
    StructureSet,
    Usage,
    urn_of,
)
from cauce.publish.message import Message
from cauce.publish.structure.kinds import NAMES, held
from cauce.publish.structure.ml.components import data_structure, metadata_structure
from cauce.publish.structure.ml.constraints import availability, constraint, is_availability
from cauce.publish.structure.ml.elements import Element, Ml, Version, flag, plain
from cauce.publish.structure.ml.hierarchies import hierarchies, inside
from cauce.publish.structure.ml.maps import (
    item_map,
    representation_map,
    structure_map,
    structure_set,
)
from cauce.publish.structure.ml.processes import process
from cauce.publish.structure.ml.schemes import items
from cauce.publish.structure.ml.usages import agreement, association, categorisation, usage


def structures_ml(artefacts: Iterable[Artefact], message: Message, version: Version) -> bytes:
    """A structure message with these artefacts, those left out that the version has no kind for.

    Source: SDMX 2.1, section 3A, SDMXStructure.xsd; SDMX 3.0 and 3.1, section 3, the same.
    """
    ml = Ml(version)
    wrapped: dict[str, list[Element]] = {}
    for kind, names in NAMES.items():
        wrapper = names.old_wrapper if ml.old else names.wrapper
        for artefact in (one for one in artefacts if one.ref.kind == kind and held(kind, ml.old)):
            if is_availability(ml, artefact):
                made = availability(ml, artefact.annotations, cast(Constraint, artefact.body))
                wrapped.setdefault("AvailabilityConstraints", []).append(made)
            else:
                wrapped.setdefault(wrapper, []).append(_artefact(ml, artefact))
    lists = [ml.node(f"str:{name}", elements) for name, elements in wrapped.items()]
    root = ml.node("mes:Structure", _header(ml, message), ml.node("mes:Structures", lists))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _header(ml: Ml, message: Message) -> Element:
    return ml.node(
        "mes:Header",
        ml.node("mes:ID", message.id),
        ml.node("mes:Test", "false"),
        ml.node("mes:Prepared", message.prepared),
        ml.node("mes:Sender", at={"id": AGENCY}),
    )


def _artefact(ml: Ml, artefact: Artefact) -> Element:
    names = NAMES[artefact.ref.kind]
    name = (names.old_element or names.element) if ml.old else names.element
    return ml.node(
        f"str:{name}",
        ml.said(artefact.names, artefact.descriptions, artefact.annotations, artefact.ref.id),
        _body(ml, artefact),
        at=_identity(ml, artefact) | _by_kind(ml, artefact),
    )


def _identity(ml: Ml, artefact: Artefact) -> dict[str, str]:
    ref = artefact.ref
    version = plain(ref.version) if ml.old else ref.version
    own = Ref(ref.kind, ref.agency, ref.id, version)
    # SDMX 3 gives schemes of organisations no version: it is always 1.0.
    fixed = not ml.old and ref.kind in ORGANISATIONS
    fixed |= ml.version == "3.1" and ref.kind == "categorisation"
    return {
        "id": ref.id,
        "agencyID": ref.agency,
        "version": "" if fixed else version,
        "urn": urn_of(own, ml.old),
        "isFinal": flag(artefact.final and ml.old),
        "validFrom": "" if fixed else artefact.valid_from,
        "validTo": "" if fixed else artefact.valid_to,
        "isExternalReference": flag(artefact.external),
        "structureURL": artefact.structure_url,
        "serviceURL": artefact.service_url,
    }


def _by_kind(ml: Ml, artefact: Artefact) -> dict[str, str]:
    """Attributes that one kind alone has."""
    body = artefact.body
    if isinstance(body, Items):
        return {"isPartial": flag(body.partial)} if artefact.ref.kind != "valuelist" else {}
    if isinstance(body, Constraint) and artefact.ref.kind == "dataconstraint":
        named = {"2.1": "type", "3.0": "role"}
        return {named[ml.version]: body.role} if ml.version in named else {}
    if artefact.ref.kind == "metadataconstraint" and ml.version == "3.0":
        return {"role": "Allowed"}
    if artefact.ref.kind == "hierarchy":
        formal = isinstance(body, Hierarchy) and body.formal
        return {"hasFormalLevels": "true" if formal else "false"}
    return {}


def _body(ml: Ml, artefact: Artefact) -> list[Element]:
    return WRITERS[type(artefact.body)](ml, artefact.ref, artefact.body) if artefact.body else []


WRITERS: dict[type, Callable[[Ml, Ref, Any], list[Element]]] = {
    Items: items,
    DataStructure: data_structure,
    MetadataStructure: metadata_structure,
    Constraint: constraint,
    Hierarchies: hierarchies,
    Hierarchy: inside,
    ItemMap: item_map,
    StructureMap: structure_map,
    RepresentationMap: representation_map,
    StructureSet: structure_set,
    Process: process,
    Usage: usage,
    Categorisation: categorisation,
    Agreement: agreement,
    Association: association,
}
