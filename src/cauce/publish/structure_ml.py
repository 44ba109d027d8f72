"""SDMX-ML 2.1 structure messages."""

from cauce.model.codelist import Codelist
from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.text import LANGUAGES, Text
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
from cauce.publish.message import Message
from cauce.publish.urns import urn
from cauce.publish.xml import XML_LANG, Element, document, node


def structure_ml_21(structures: Structures, message: Message, stubs: bool = False) -> bytes:
    """A structure message with these structures; `stubs` leaves their content out.

    Source: SDMX 2.1 Technical Specifications, section 3A, structure message.
    """
    lists = [
        ("OrganisationSchemes", _agencies(structures, stubs)),
        ("Dataflows", [_dataflow(f, stubs) for f in structures.dataflows]),
        ("Codelists", [_codelist(c, stubs) for c in structures.codelists]),
        ("Concepts", _concepts(structures, stubs)),
        ("DataStructures", [_datastructure(d, stubs) for d in structures.datastructures]),
    ]
    held = [node(f"str:{tag}", *elements) for tag, elements in lists if elements]
    root = node("mes:Structure", _header(message), node("mes:Structures", *held))
    return document(root)


def _header(message: Message) -> Element:
    return node(
        "mes:Header",
        node("mes:ID", message.id),
        node("mes:Test", "false"),
        node("mes:Prepared", message.prepared),
        node("mes:Sender", id=AGENCY),
    )


def _names(text: Text) -> list[Element]:
    return [node("com:Name", text.of(code), {XML_LANG: code}) for code in LANGUAGES]


def _maintained(
    tag: str, kind: str, id_: str, version: str, name: Text, stubs: bool, agency: str = AGENCY
) -> Element:
    own = urn(kind, id_, version, agency=agency)
    attributes = {"id": id_, "agencyID": agency, "version": version, "urn": own}
    if stubs:
        attributes |= {"isExternalReference": "true", "structureURL": own}
    return node(f"str:{tag}", *_names(name), **attributes)


def _ref(id_: str, version: str, package: str, class_: str) -> Element:
    return node(
        "Ref",
        {"id": id_, "version": version, "agencyID": AGENCY, "package": package, "class": class_},
    )


def _agencies(structures: Structures, stubs: bool) -> list[Element]:
    if not structures.agencies:
        return []
    name = Text("Agencies", "Agencias")
    scheme = _maintained(
        "AgencyScheme", "agencyscheme", "AGENCIES", VERSION, name, stubs, agency="SDMX"
    )
    if not stubs:
        own = urn("agency", "AGENCIES", VERSION, AGENCY, agency="SDMX")
        scheme.append(node("str:Agency", *_names(AGENCY_NAME), id=AGENCY, urn=own))
    return [scheme]


def _dataflow(flow: Dataflow, stubs: bool) -> Element:
    element = _maintained("Dataflow", "dataflow", flow.id, flow.version, flow.name, stubs)
    if not stubs:
        structure = _ref(f"DSD_{flow.id}", flow.version, "datastructure", "DataStructure")
        element.append(node("str:Structure", structure))
    return element


def _codelist(codelist: Codelist, stubs: bool) -> Element:
    element = _maintained("Codelist", "codelist", codelist.id, VERSION, codelist.name, stubs)
    for code in () if stubs else codelist.codes:
        own = urn("code", codelist.id, VERSION, code.id)
        above = [node("str:Parent", node("Ref", id=code.parent))] if code.parent else []
        element.append(node("str:Code", *_names(code.name), *above, id=code.id, urn=own))
    return element


def _concepts(structures: Structures, stubs: bool) -> list[Element]:
    if not structures.concepts:
        return []
    scheme = _maintained("ConceptScheme", "conceptscheme", SCHEME, VERSION, SCHEME_NAME, stubs)
    for concept in () if stubs else structures.concepts:
        own = urn("concept", SCHEME, VERSION, concept.id)
        parts = (*_names(concept.name), *_core(concept.id))
        scheme.append(node("str:Concept", *parts, id=concept.id, urn=own))
    return [scheme]


def _core(concept: str) -> list[Element]:
    """What stands behind an attribute in words: sdmx1 asks the concept, too, for one."""
    return [
        node("str:CoreRepresentation", node("str:TextFormat", textType=DATA_TYPE[a.kind]))
        for a in ATTRIBUTES
        if a.id == concept and not a.codelist
    ]


def _datastructure(structure: DataStructure, stubs: bool) -> Element:
    element = _maintained(
        "DataStructure", "datastructure", structure.id, structure.version, structure.name, stubs
    )
    if stubs:
        return element
    dimensions = [_dimension(c, place + 1) for place, c in enumerate(structure.dimensions)]
    measure = node(
        "str:PrimaryMeasure",
        _identity(VALUE),
        node("str:LocalRepresentation", node("str:TextFormat", textType="Double")),
        id=VALUE,
    )
    element.append(
        node(
            "str:DataStructureComponents",
            node("str:DimensionList", *dimensions, id="DimensionDescriptor"),
            node(
                "str:AttributeList", *(_attribute(a) for a in ATTRIBUTES), id="AttributeDescriptor"
            ),
            node("str:MeasureList", measure, id="MeasureDescriptor"),
        )
    )
    return element


def _identity(concept: str) -> Element:
    return node(
        "str:ConceptIdentity",
        node(
            "Ref",
            {
                "id": concept,
                "maintainableParentID": SCHEME,
                "maintainableParentVersion": VERSION,
                "agencyID": AGENCY,
                "package": "conceptscheme",
                "class": "Concept",
            },
        ),
    )


def _dimension(component: Component, position: int) -> Element:
    place = {"id": component.id, "position": str(position)}
    if component.id == TIME:
        shape = node("str:TextFormat", textType="ObservationalTimePeriod")
        return node(
            "str:TimeDimension",
            _identity(component.concept),
            node("str:LocalRepresentation", shape),
            place,
        )
    return node("str:Dimension", _identity(component.concept), _coded(component.codelist), place)


def _coded(codelist: str) -> Element:
    return node(
        "str:LocalRepresentation",
        node("str:Enumeration", _ref(codelist, VERSION, "codelist", "Codelist")),
    )


def _attribute(attribute: Attribute) -> Element:
    shape = (
        _coded(attribute.codelist)
        if attribute.codelist
        else node(
            "str:LocalRepresentation", node("str:TextFormat", textType=DATA_TYPE[attribute.kind])
        )
    )
    return node(
        "str:Attribute",
        _identity(attribute.id),
        shape,
        node("str:AttributeRelationship", _relationship(attribute)),
        id=attribute.id,
        assignmentStatus="Conditional",
    )


def _relationship(attribute: Attribute) -> Element:
    if attribute.level == "dataset":
        return node("str:None")
    if attribute.level == "indicator":
        return node("str:Dimension", node("Ref", id=INDICATOR))
    return node("str:PrimaryMeasure", node("Ref", id=VALUE))
