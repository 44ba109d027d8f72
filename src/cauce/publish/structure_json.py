"""SDMX-JSON 2.0.0 structure messages."""

from typing import Any

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.text import Language, Text
from cauce.publish.artefacts import (
    AGENCY_NAME,
    SCHEME,
    SCHEME_NAME,
    VERSION,
    Component,
    DataStructure,
    Structures,
)
from cauce.publish.components import (
    ATTRIBUTES,
    DATA_TYPE,
    INDICATOR,
    TIME,
    VALUE,
    Attribute,
)
from cauce.publish.json_head import dump, meta_of, named
from cauce.publish.message import Message
from cauce.publish.urns import urn

SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/v2.0.0/structure-message/tools/schemas/"
    "sdmx-json-structure-schema.json"
)

Json = dict[str, Any]


def structure_json_20(structures: Structures, message: Message, stubs: bool = False) -> bytes:
    """A structure message with these structures; `stubs` leaves their content out.

    Source: SDMX-JSON 2.0.0 structure message, field guide.
    """
    said = message.language
    lists: dict[str, list[Json]] = {
        "dataStructures": [_datastructure(d, said, stubs) for d in structures.datastructures],
        "conceptSchemes": _concepts(structures, said, stubs),
        "codelists": [_codelist(c, said, stubs) for c in structures.codelists],
        "agencySchemes": _agencies(structures, said, stubs),
        "dataflows": [_dataflow(f, said, stubs) for f in structures.dataflows],
    }
    return dump(
        {
            "meta": meta_of(message.id, message.prepared, said, SCHEMA),
            "data": {name: listed for name, listed in lists.items() if listed},
        }
    ).encode()


def _maintained(
    kind: str,
    id_: str,
    version: str,
    name: Text,
    language: Language,
    stubs: bool,
    agency: str = AGENCY,
) -> Json:
    own = urn(kind, id_, version, agency=agency)
    return {
        "id": id_,
        "version": version,
        "agencyID": agency,
        **named(name, language),
        "isExternalReference": stubs,
        "links": [{"rel": "self", "urn": own}],
    }


def _item(kind: str, parent: str, code: Code, language: Language, agency: str = AGENCY) -> Json:
    own = urn(kind, parent, VERSION, code.id, agency)
    above = {"parent": code.parent} if code.parent else {}
    links = [{"rel": "self", "urn": own}]
    return {"id": code.id, **named(code.name, language), **above, "links": links}


def _agencies(structures: Structures, language: Language, stubs: bool) -> list[Json]:
    if not structures.agencies:
        return []
    name = Text("Agencies", "Agencias")
    scheme = _maintained("agencyscheme", "AGENCIES", VERSION, name, language, stubs, "SDMX")
    del scheme["version"]
    if not stubs:
        agency = Code(AGENCY, AGENCY_NAME)
        scheme["agencies"] = [_item("agency", "AGENCIES", agency, language, "SDMX")]
    return [scheme]


def _dataflow(flow: Dataflow, language: Language, stubs: bool) -> Json:
    said = _maintained("dataflow", flow.id, flow.version, flow.name, language, stubs)
    if not stubs:
        said["structure"] = urn("datastructure", f"DSD_{flow.id}", flow.version)
    return said


def _codelist(codelist: Codelist, language: Language, stubs: bool) -> Json:
    said = _maintained("codelist", codelist.id, VERSION, codelist.name, language, stubs)
    if not stubs and codelist.codes:
        said["codes"] = [_item("code", codelist.id, code, language) for code in codelist.codes]
    return said


def _concepts(structures: Structures, language: Language, stubs: bool) -> list[Json]:
    if not structures.concepts:
        return []
    scheme = _maintained("conceptscheme", SCHEME, VERSION, SCHEME_NAME, language, stubs)
    if not stubs:
        scheme["concepts"] = [
            _item("concept", SCHEME, concept, language) for concept in structures.concepts
        ]
    return [scheme]


def _datastructure(structure: DataStructure, language: Language, stubs: bool) -> Json:
    said = _maintained(
        "datastructure", structure.id, structure.version, structure.name, language, stubs
    )
    if stubs:
        return said
    dimensions = [
        _dimension(c, place) for place, c in enumerate(structure.dimensions) if c.id != TIME
    ]
    time = [_dimension(c, None) for c in structure.dimensions if c.id == TIME]
    measure = {
        "id": VALUE,
        "conceptIdentity": urn("concept", SCHEME, VERSION, VALUE),
        "localRepresentation": {"format": {"dataType": "Double"}},
        "usage": "optional",
    }
    said["dataStructureComponents"] = {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions,
            **({"timeDimension": time[0]} if time else {}),
        },
        "measureList": {"id": "MeasureDescriptor", "measures": [measure]},
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [_attribute(a) for a in ATTRIBUTES],
        },
    }
    return said


def _dimension(component: Component, position: int | None) -> Json:
    shape = (
        {"format": {"dataType": "ObservationalTimePeriod"}}
        if position is None
        else {"enumeration": urn("codelist", component.codelist, VERSION)}
    )
    return {
        "id": component.id,
        **({} if position is None else {"position": position}),
        "conceptIdentity": urn("concept", SCHEME, VERSION, component.concept),
        "localRepresentation": shape,
    }


def _attribute(attribute: Attribute) -> Json:
    shape = (
        {"enumeration": urn("codelist", attribute.codelist, VERSION)}
        if attribute.codelist
        else {"format": {"dataType": DATA_TYPE[attribute.kind]}}
    )
    relationships: dict[str, Json] = {
        "dataset": {"dataflow": {}},
        "indicator": {"dimensions": [INDICATOR]},
        "observation": {"observation": {}},
    }
    return {
        "id": attribute.id,
        "usage": "optional",
        "conceptIdentity": urn("concept", SCHEME, VERSION, attribute.id),
        "localRepresentation": shape,
        "attributeRelationship": relationships[attribute.level],
    }
