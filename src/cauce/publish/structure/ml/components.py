"""Data structures and metadata structures in SDMX-ML."""

from cauce.model.structure import (
    Component,
    DataStructure,
    Format,
    Group,
    MetadataStructure,
    Ref,
    Report,
    Representation,
    Target,
    urn_of,
)
from cauce.publish.structure.kinds import lists_of
from cauce.publish.structure.ml.elements import Element, Ml, flag

CLASSES = {
    "dimension": "datastructure.Dimension",
    "time": "datastructure.TimeDimension",
    "measures": "datastructure.MeasureDimension",
    "measure": "datastructure.Measure",
    "attribute": "datastructure.DataAttribute",
    "metadata": "metadatastructure.MetadataAttribute",
}
KEY, DATA_SET, PERIOD, CONTENT = (
    "DIMENSION_DESCRIPTOR_VALUES_TARGET",
    "DATA_SET_TARGET",
    "REPORT_PERIOD_TARGET",
    "CONSTRAINT_CONTENT_TARGET",
)
TARGETS = {
    KEY: ("KeyDescriptorValuesTarget", "KeyValues"),
    DATA_SET: ("DataSetTarget", "DataSetReference"),
    PERIOD: ("ReportPeriodTarget", "ObservationalTimePeriod"),
    CONTENT: ("ConstraintContentTarget", "AttachmentConstraintReference"),
}
ANYTHING = Target("ANY", (("OBJECT", "Any"),))
"""What a report of SDMX 3.0 is about, when 2.1 must be told: its metadataflow says it."""


def representation(ml: Ml, name: str, told: Representation | None) -> Element | None:
    """An enumeration or a format, None where nothing is said that the version can say."""
    listed = told.enumeration if told else None
    if listed and listed.kind not in lists_of(ml.old):
        listed = None
    if told is None or (listed is None and told.format is None):
        return None
    at = {} if ml.old else {"minOccurs": told.least, "maxOccurs": told.most}
    if listed is None:
        return ml.node(name, _format(ml, "str:TextFormat", told.format), at=at)
    kept = _format(ml, "str:EnumerationFormat", told.format)
    return ml.node(name, ml.ref("str:Enumeration", listed), kept, at=at)


def _format(ml: Ml, name: str, told: Format | None) -> Element | None:
    if told is None:
        return None
    return ml.node(name, at={"textType": told.type, **dict(told.facets)})


def data_structure(ml: Ml, ref: Ref, body: DataStructure) -> list[Element]:
    """Dimensions, groups, attributes and measures."""
    dimensions = [_dimension(ml, ref, one, place + 1) for place, one in enumerate(body.dimensions)]
    attributes = [_attribute(ml, ref, one, body) for one in body.attributes]
    lists = [
        ml.node("str:DimensionList", dimensions, at={"id": "DimensionDescriptor"}),
        *(_group(ml, ref, group) for group in body.groups),
    ]
    if attributes:
        lists.append(ml.node("str:AttributeList", attributes, at={"id": "AttributeDescriptor"}))
    if body.measures:
        measures = body.measures[:1] if ml.old else body.measures
        told = [_measure(ml, ref, one) for one in measures]
        lists.append(ml.node("str:MeasureList", told, at={"id": "MeasureDescriptor"}))
    made = [ml.node("str:DataStructureComponents", lists)]
    if body.metadata and not ml.old:
        made.append(ml.ref("str:Metadata", body.metadata))
    return made


def _urn(ml: Ml, ref: Ref, id_: str, class_: str) -> str:
    return urn_of(Ref(ref.kind, ref.agency, ref.id, ref.version, id_, class_), ml.old)


def _shared(ml: Ml, one: Component, name: str = "str:LocalRepresentation") -> list[Element]:
    """Annotations, concept and representation."""
    shape = representation(ml, name, one.representation)
    return [
        *ml.annotations(one.annotations),
        ml.ref("str:ConceptIdentity", one.concept),
        *([shape] if shape is not None else []),
    ]


def _roles(ml: Ml, one: Component) -> list[Element]:
    return [ml.ref("str:ConceptRole", role) for role in one.concept_roles]


def _dimension(ml: Ml, ref: Ref, one: Component, place: int) -> Element:
    at = {"id": one.id, "urn": _urn(ml, ref, one.id, CLASSES[one.role]), "position": str(place)}
    if one.role == "time":
        at |= {} if ml.old else {"position": ""}
        return ml.node("str:TimeDimension", _shared(ml, one), at=at)
    # SDMX 3 has no measure dimension: it is one as any other.
    measures = one.role == "measures" and ml.old
    if one.role == "measures" and not ml.old:
        at["urn"] = _urn(ml, ref, one.id, CLASSES["dimension"])
    name = "str:MeasureDimension" if measures else "str:Dimension"
    return ml.node(name, _shared(ml, one), _roles(ml, one), at=at)


def _group(ml: Ml, ref: Ref, group: Group) -> Element:
    own = _urn(ml, ref, group.id, "datastructure.GroupDimensionDescriptor")
    told = [
        ml.node("str:GroupDimension", ml.local("str:DimensionReference", id_))
        for id_ in group.dimensions
    ]
    return ml.node("str:Group", told, at={"id": group.id, "urn": own})


def _measure(ml: Ml, ref: Ref, one: Component) -> Element:
    if ml.old:
        own = _urn(ml, ref, one.id, "datastructure.PrimaryMeasure")
        return ml.node("str:PrimaryMeasure", _shared(ml, one), at={"id": one.id, "urn": own})
    at = {"id": one.id, "urn": _urn(ml, ref, one.id, CLASSES["measure"])}
    at["usage"] = "mandatory" if one.mandatory else "optional"
    return ml.node("str:Measure", _shared(ml, one), _roles(ml, one), at=at)


def _attribute(ml: Ml, ref: Ref, one: Component, body: DataStructure) -> Element:
    at = {"id": one.id, "urn": _urn(ml, ref, one.id, CLASSES["attribute"])}
    if ml.old:
        at["assignmentStatus"] = "Mandatory" if one.mandatory else "Conditional"
        tied = _tie_old(ml, one, body)
    else:
        at["usage"] = "mandatory" if one.mandatory else "optional"
        tied = _tie(ml, one)
    related = ml.node("str:AttributeRelationship", tied)
    about = None
    if one.relationship and one.relationship.measures and not ml.old:
        measures = [ml.node("str:Measure", id_) for id_ in one.relationship.measures]
        about = ml.node("str:MeasureRelationship", measures)
    return ml.node("str:Attribute", _shared(ml, one), _roles(ml, one), related, about, at=at)


def _tie(ml: Ml, one: Component) -> list[Element]:
    """What an attribute is attached to, in SDMX 3."""
    told = one.relationship
    if told is None or told.level == "dataset":
        return [ml.node("str:Dataflow")]
    if told.level == "group":
        return [ml.node("str:Group", told.group)]
    if told.level == "observation":
        return [ml.node("str:Observation")]
    return [ml.node("str:Dimension", id_) for id_ in told.dimensions]


def _tie_old(ml: Ml, one: Component, body: DataStructure) -> list[Element]:
    """What an attribute is attached to, in SDMX 2.1."""
    told = one.relationship
    if told is None or told.level == "dataset":
        return [ml.node("str:None")]
    if told.level == "group":
        return [ml.local("str:Group", told.group)]
    if told.level == "observation":
        measure = body.measures[0].id if body.measures else "OBS_VALUE"
        return [ml.local("str:PrimaryMeasure", measure)]
    return [
        *(ml.local("str:Dimension", id_) for id_ in told.dimensions),
        *(ml.local("str:AttachmentGroup", id_) for id_ in told.groups),
    ]


def metadata_structure(ml: Ml, ref: Ref, body: MetadataStructure) -> list[Element]:
    """Reports and their targets in 2.1; in 3 the attributes of all reports."""
    if ml.old:
        targets = body.targets or (ANYTHING,)
        parts = [_target(ml, one) for one in targets]
        parts += [_report(ml, ref, one, targets) for one in body.reports]
        return [ml.node("str:MetadataStructureComponents", parts)]
    told = [one for report in body.reports for one in report.attributes]
    attributes = [_metadata_attribute(ml, ref, one, "") for one in told]
    listed = ml.node("str:MetadataAttributeList", attributes, at={"id": MSD_LIST})
    return [ml.node("str:MetadataStructureComponents", listed)]


MSD_LIST = "MetadataAttributeDescriptor"


def _target(ml: Ml, target: Target) -> Element:
    return ml.node(
        "str:MetadataTarget",
        [_object(ml, id_, class_) for id_, class_ in target.objects],
        at={"id": target.id},
    )


def _object(ml: Ml, id_: str, class_: str) -> Element:
    name, kind = TARGETS.get(id_, ("IdentifiableObjectTarget", "IdentifiableReference"))
    shape = ml.node("str:LocalRepresentation", ml.node("str:TextFormat", at={"textType": kind}))
    told = class_ if name == "IdentifiableObjectTarget" else ""
    return ml.node(f"str:{name}", shape, at={"id": id_, "objectType": told})


def _report(ml: Ml, ref: Ref, report: Report, targets: tuple[Target, ...]) -> Element:
    named = report.targets or tuple(target.id for target in targets)
    return ml.node(
        "str:ReportStructure",
        [_metadata_attribute(ml, ref, one, "") for one in report.attributes],
        [ml.local("str:MetadataTarget", id_) for id_ in named],
        at={"id": report.id or "REPORT"},
    )


def _metadata_attribute(ml: Ml, ref: Ref, one: Component, above: str) -> Element:
    path = f"{above}.{one.id}" if above else one.id
    at = {
        "id": one.id,
        # In 2.1 a report stands between the structure and its attributes.
        "urn": "" if ml.old else _urn(ml, ref, path, CLASSES["metadata"]),
        "minOccurs": one.least,
        "maxOccurs": one.most,
        "isPresentational": flag(one.presentational),
    }
    below = [_metadata_attribute(ml, ref, each, path) for each in one.components]
    return ml.node("str:MetadataAttribute", _shared(ml, one), below, at=at)
