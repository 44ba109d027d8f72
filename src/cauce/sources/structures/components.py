"""Data structures and metadata structures."""

from cauce.model.errors import BadInput
from cauce.model.structure import (
    Component,
    DataStructure,
    Group,
    MetadataStructure,
    Relationship,
    Report,
    Target,
)
from cauce.model.structure.component import Role
from cauce.sources.structures.parts import (
    annotations,
    local,
    locals_of,
    reference,
    representation,
)
from cauce.sources.structures.tree import Node

DIMENSIONS: dict[str, Role] = {
    "Dimension": "dimension",
    "MeasureDimension": "measures",
    "TimeDimension": "time",
}
TARGETS = (
    "KeyDescriptorValuesTarget",
    "DataSetTarget",
    "ReportPeriodTarget",
    "ConstraintContentTarget",
    "IdentifiableObjectTarget",
)
GIVEN = {"TimeDimension": "TIME_PERIOD", "PrimaryMeasure": "OBS_VALUE"}
"""The ids SDMX 2.1 gives where nothing else may stand."""


def data_structure(node: Node) -> DataStructure:
    """The dimensions by their positions, measures, attributes and groups."""
    held = node.must("DataStructureComponents")
    dimensions = [each for each in held.must("DimensionList").nodes if each.name in DIMENSIONS]
    dimensions.sort(key=lambda each: int(_position(each)))
    measures, attributes = held.one("MeasureList"), held.one("AttributeList")
    metadata = node.one("Metadata") or held.one("Metadata")
    return DataStructure(
        tuple(_component(each, DIMENSIONS[each.name]) for each in dimensions),
        tuple(
            _component(each, "measure")
            for each in (measures.all("PrimaryMeasure", "Measure") if measures else ())
        ),
        tuple(
            _component(each, "attribute")
            for each in (attributes.all("Attribute", "ReportingYearStartDay") if attributes else ())
        ),
        tuple(_group(each) for each in held.all("Group")),
        reference(metadata, "metadatastructure.MetadataStructure") if metadata else None,
    )


def _position(node: Node) -> str:
    """Where a dimension stands in the key; in the order of the message where none says it."""
    told = node.words.get("position", "")
    if told and not told.isdecimal():
        raise BadInput(f"line {node.line}: the position {told[:20]} is no number.")
    return told or ("999999" if node.name == "TimeDimension" else "0")


def _component(node: Node, role: Role) -> Component:
    concept = reference(node.must("ConceptIdentity"), "conceptscheme.Concept")
    usage = node.words.get("assignmentStatus") or node.words.get("usage") or ""
    return Component(
        id=node.words.get("id") or GIVEN.get(node.name) or concept.item,
        role=role,
        concept=concept,
        representation=representation(node, "LocalRepresentation"),
        concept_roles=tuple(
            reference(each, "conceptscheme.Concept") for each in node.all("ConceptRole", "Role")
        ),
        mandatory=usage.lower() == "mandatory",
        relationship=_relationship(node) if role == "attribute" else None,
        components=tuple(_component(each, "metadata") for each in node.all("MetadataAttribute")),
        least=node.words.get("minOccurs", ""),
        most=node.words.get("maxOccurs", ""),
        presentational=node.words.get("isPresentational", "") in ("true", "1"),
        annotations=annotations(node),
    )


def _relationship(node: Node) -> Relationship:
    """What an attribute is attached to; SDMX 2.1 and 3.0 have different words for it."""
    told = node.must("AttributeRelationship")
    about = node.one("MeasureRelationship")
    measures = locals_of(about.all("Measure")) if about else ()
    if told.one("Group"):
        return Relationship("group", group=local(told.must("Group")), measures=measures)
    if told.one("Dimension"):
        groups = locals_of(told.all("AttachmentGroup"))
        dimensions = locals_of(told.all("Dimension"))
        return Relationship("dimensions", dimensions, groups=groups, measures=measures)
    if told.one("AttachmentGroup"):
        return Relationship("group", group=local(told.must("AttachmentGroup")), measures=measures)
    if told.one("None", "Dataflow"):
        return Relationship("dataset", measures=measures)
    if told.one("PrimaryMeasure", "Observation"):
        return Relationship("observation", measures=measures)
    raise BadInput(f"line {told.line}: an attribute does not say what it is attached to.")


def _group(node: Node) -> Group:
    named = (each.must("DimensionReference") for each in node.all("GroupDimension"))
    return Group(node.word("id"), locals_of(named))


def metadata_structure(node: Node) -> MetadataStructure:
    held = node.must("MetadataStructureComponents")
    listed = held.one("MetadataAttributeList")
    if listed is not None:
        return MetadataStructure((Report(listed.words.get("id", ""), _attributes(listed)),))
    reports = tuple(
        Report(each.word("id"), _attributes(each), locals_of(each.all("MetadataTarget")))
        for each in held.all("ReportStructure")
    )
    return MetadataStructure(reports, tuple(map(_target, held.all("MetadataTarget"))))


def _attributes(node: Node) -> tuple[Component, ...]:
    return tuple(_component(each, "metadata") for each in node.all("MetadataAttribute"))


def _target(node: Node) -> Target:
    objects = ((_target_id(each), each.words.get("objectType", "")) for each in node.all(*TARGETS))
    return Target(node.word("id"), tuple(objects))


def _target_id(node: Node) -> str:
    given = {
        "KeyDescriptorValuesTarget": "DIMENSION_DESCRIPTOR_VALUES_TARGET",
        "DataSetTarget": "DATA_SET_TARGET",
        "ReportPeriodTarget": "REPORT_PERIOD_TARGET",
        "ConstraintContentTarget": "CONSTRAINT_CONTENT_TARGET",
    }
    return node.words.get("id") or given.get(node.name, "")
