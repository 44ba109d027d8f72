"""A structure message of SDMX-JSON: its head, and each artefact in the list of its kind."""

from collections.abc import Callable, Iterable
from typing import Any, cast

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
)
from cauce.publish.json_head import dump, meta_of
from cauce.publish.message import Message
from cauce.publish.structure.json.components import data_structure, metadata_structure
from cauce.publish.structure.json.constraints import availability, constraint, is_availability
from cauce.publish.structure.json.hierarchies import hierarchies, hierarchy
from cauce.publish.structure.json.maps import (
    item_map,
    representation_map,
    structure_map,
    structure_set,
)
from cauce.publish.structure.json.objects import Js, Json, Version, moment, told
from cauce.publish.structure.json.processes import process
from cauce.publish.structure.json.schemes import items
from cauce.publish.structure.json.usages import agreement, association, categorisation, usage
from cauce.publish.structure.kinds import NAMES, held
from cauce.publish.structure.ml.elements import plain

SCHEMAS: dict[Version, str] = {
    "1.0": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/"
    "schemas/1.0/sdmx-json-structure-schema.json",
    "2.0": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/"
    "schemas/2.0.0/sdmx-json-structure-schema.json",
    "2.1": "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json",
}


def structures_json(artefacts: Iterable[Artefact], message: Message, version: Version) -> bytes:
    """A structure message with these artefacts, those left out that the version has no list for.

    Source: SDMX-JSON 1.0, 2.0.0 and 2.1.0 structure messages, field guides.
    """
    js = Js(version, message.language)
    lists: dict[str, list[Json]] = {}
    for artefact in artefacts:
        names = NAMES[artefact.ref.kind]
        if not held(artefact.ref.kind, js.old):
            continue
        if is_availability(js, artefact):
            made = availability(js, artefact, cast(Constraint, artefact.body))
            lists.setdefault("availabilityConstraints", []).append(made)
        else:
            name = names.old_json if js.old else names.json
            lists.setdefault(name, []).append(_artefact(js, artefact))
    meta = meta_of(message.id, message.prepared, message.language, SCHEMAS[version])
    return dump({"meta": meta, "data": lists}).encode()


def _artefact(js: Js, artefact: Artefact) -> Json:
    ref = artefact.ref
    # SDMX 3 gives schemes of organisations no version: it is always 1.0.
    fixed = not js.old and ref.kind in ORGANISATIONS
    urls = ((artefact.structure_url, "structure"), (artefact.service_url, "service"))
    # The schema of 2.0 knows no URN of a value list.
    known = js.version != "2.0" or ref.kind != "valuelist"
    links = [{"rel": "self", "urn": js.ref(ref)}] if known else []
    links += [{"rel": f"{name}_url", "href": url} for url, name in urls if url]
    return {
        "id": ref.id,
        "agencyID": ref.agency,
        **told(
            version=None if fixed else (plain(ref.version) if js.old else ref.version),
            isExternalReference=artefact.external,
            isFinal=artefact.final if js.old else None,
            validFrom=moment(artefact.valid_from),
            validTo=moment(artefact.valid_to),
            links=links,
        ),
        **js.said(artefact.names, artefact.descriptions, artefact.annotations, ref.id),
        **(WRITERS[type(artefact.body)](js, ref, artefact.body) if artefact.body else {}),
    }


WRITERS: dict[type, Callable[[Js, Ref, Any], Json]] = {
    Items: items,
    DataStructure: data_structure,
    MetadataStructure: metadata_structure,
    Constraint: constraint,
    Hierarchies: hierarchies,
    Hierarchy: hierarchy,
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
