"""Data structures and metadata structures in SDMX-JSON."""

from cauce.model.structure import (
    Component,
    DataStructure,
    Format,
    Group,
    MetadataStructure,
    Ref,
    Relationship,
    Report,
    Representation,
    Target,
)
from cauce.publish.structure.json.objects import Js, Json, told
from cauce.publish.structure.kinds import lists_of
from cauce.publish.structure.ml.components import ANYTHING, CLASSES, MSD_LIST, TARGETS

FLAGS = ("isSequence", "isMultiLingual")
WORDS = ("timeInterval", "startTime", "endTime", "pattern")
OBJECTS = {
    "KeyDescriptorValuesTarget": "keyDescriptorValuesTargets",
    "DataSetTarget": "dataSetTargets",
    "ReportPeriodTarget": "reportPeriodTargets",
    "ConstraintContentTarget": "constraintContentTargets",
    "IdentifiableObjectTarget": "identifiableObjectTargets",
}


def representation(js: Js, shape: Representation | None) -> Json | None:
    """An enumeration or a format, None where nothing is said that the version can say."""
    if shape is None:
        return None
    listed_in = shape.enumeration
    if listed_in and listed_in.kind not in lists_of(js.old):
        listed_in = None
    occurs = {} if js.old else told(minOccurs=_often(shape.least), maxOccurs=_often(shape.most))
    format_ = _format(js, shape.format)
    if listed_in:
        listed = js.ref(listed_in)
        return told(enumeration=listed, enumerationFormat=format_, **occurs)
    if format_ is None:
        return None
    return told(**{"textFormat" if js.old else "format": format_}, **occurs)


def _often(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


def _format(js: Js, shape: Format | None) -> Json | None:
    if shape is None:
        return None
    facets = {name: _facet(name, text) for name, text in shape.facets}
    return told(**{"textType" if js.old else "dataType": shape.type}, **facets)


def _facet(name: str, text: str) -> object:
    if name in FLAGS:
        return text == "true"
    if name in WORDS:
        return text
    return int(text) if text.lstrip("-").isdecimal() else float(text)


def data_structure(js: Js, ref: Ref, body: DataStructure) -> Json:
    """Dimensions, groups, attributes and measures."""
    measures = [_measure(js, ref, one) for one in body.measures]
    attributes = [_attribute(js, ref, one, body) for one in body.attributes]
    if js.old:
        measure_list = told(id="MeasureDescriptor", primaryMeasure=next(iter(measures), None))
    else:
        measure_list = told(id="MeasureDescriptor", measures=measures)
    components = told(
        dimensionList=_dimensions(js, ref, body.dimensions),
        groups=[_group(js, ref, one) for one in body.groups],
        attributeList=(
            {"id": "AttributeDescriptor", "attributes": attributes} if attributes else None
        ),
        measureList=measure_list if measures else None,
    )
    metadata = js.ref(body.metadata) if body.metadata and not js.old else None
    return told(dataStructureComponents=components, metadata=metadata)


def _dimensions(js: Js, ref: Ref, dimensions: tuple[Component, ...]) -> Json:
    lists: dict[str, list[Json]] = {"dimensions": [], "measureDimensions": [], "timeDimensions": []}
    for place, one in enumerate(dimensions):
        name = {"time": "timeDimensions", "measures": "measureDimensions"}.get(one.role, "")
        if not js.old and name != "timeDimensions":
            name = ""
        lists[name or "dimensions"].append(_dimension(js, ref, one, place))
    if js.old:
        return told(id="DimensionDescriptor", **lists)
    time = next(iter(lists["timeDimensions"]), None)
    return told(id="DimensionDescriptor", dimensions=lists["dimensions"], timeDimension=time)


def _dimension(js: Js, ref: Ref, one: Component, place: int) -> Json:
    if one.role == "time":
        made = _component(js, ref, one)
        made.pop("conceptRoles", None)
        return told(**made, position=place, type="TimeDimension") if js.old else made
    class_ = "MeasureDimension" if one.role == "measures" else "Dimension"
    made = _component(js, ref, one)
    return told(**made, position=place, type=class_ if js.old else None)


def _component(js: Js, ref: Ref, one: Component) -> Json:
    role = one.role if js.old or one.role != "measures" else "dimension"
    class_ = CLASSES[role]
    if js.old and role == "measure":
        class_ = "datastructure.PrimaryMeasure"
    return {
        "id": one.id,
        **told(
            links=js.self_link(ref, one.id, class_),
            conceptIdentity=js.ref(one.concept),
            conceptRoles=js.refs(one.concept_roles),
            localRepresentation=representation(js, one.representation),
        ),
        **js.annotations(one.annotations),
    }


def _group(js: Js, ref: Ref, group: Group) -> Json:
    links = js.self_link(ref, group.id, "datastructure.GroupDimensionDescriptor")
    return told(id=group.id, groupDimensions=list(group.dimensions), links=links)


def _measure(js: Js, ref: Ref, one: Component) -> Json:
    made = _component(js, ref, one)
    if js.old:
        made.pop("conceptRoles", None)
        return made
    return {**made, "usage": "mandatory" if one.mandatory else "optional"}


def _attribute(js: Js, ref: Ref, one: Component, body: DataStructure) -> Json:
    made = _component(js, ref, one)
    tied = one.relationship or Relationship("dataset")
    if js.old:
        status = "Mandatory" if one.mandatory else "Conditional"
        return {**made, "assignmentStatus": status, "attributeRelationship": _old_tie(tied, body)}
    usage = "mandatory" if one.mandatory else "optional"
    about = told(measureRelationship=list(tied.measures))
    return {**made, "usage": usage, "attributeRelationship": _tie(tied), **about}


def _tie(tied: Relationship) -> Json:
    """What an attribute is attached to."""
    relationships: dict[str, Json] = {
        "dataset": {"dataflow": {}},
        "group": {"group": tied.group},
        "observation": {"observation": {}},
        "dimensions": {"dimensions": list(tied.dimensions)},
    }
    return relationships[tied.level]


def _old_tie(tied: Relationship, body: DataStructure) -> Json:
    measure = body.measures[0].id if body.measures else "OBS_VALUE"
    relationships: dict[str, Json] = {
        "dataset": {"none": {}},
        "group": {"group": tied.group},
        "observation": {"primaryMeasure": measure},
        "dimensions": told(dimensions=list(tied.dimensions), attachmentGroups=list(tied.groups)),
    }
    return relationships[tied.level]


def metadata_structure(js: Js, ref: Ref, body: MetadataStructure) -> Json:
    """Reports and their targets in 1.0; later the attributes of all reports."""
    if js.old:
        targets = body.targets or (ANYTHING,)
        components = {
            "metadataTargets": [_target(one) for one in targets],
            "reportStructures": [_report(js, ref, one, targets) for one in body.reports],
        }
        return {"metadataStructureComponents": components}
    attributes = [one for report in body.reports for one in report.attributes]
    listed = [_metadata_attribute(js, ref, one, "") for one in attributes]
    return {
        "metadataStructureComponents": {
            "metadataAttributeList": {"id": MSD_LIST, "metadataAttributes": listed}
        }
    }


def _target(target: Target) -> Json:
    lists: dict[str, list[Json]] = {}
    for id_, class_ in target.objects:
        name, kind = TARGETS.get(id_, ("IdentifiableObjectTarget", "IdentifiableReference"))
        object_type = class_ if name == "IdentifiableObjectTarget" else ""
        shape = {"textFormat": {"textType": kind}}
        made = told(id=id_, objectType=object_type, localRepresentation=shape)
        lists.setdefault(OBJECTS[name], []).append(made)
    return {"id": target.id, **lists}


def _report(js: Js, ref: Ref, report: Report, targets: tuple[Target, ...]) -> Json:
    named = report.targets or tuple(target.id for target in targets)
    class_ = "metadatastructure.MetadataTarget"
    return {
        "id": report.id or "REPORT",
        "metadataAttributes": [_metadata_attribute(js, ref, one, "") for one in report.attributes],
        "metadataTargets": [js.part(ref, id_, class_) for id_ in named],
    }


def _metadata_attribute(js: Js, ref: Ref, one: Component, above: str) -> Json:
    path = f"{above}.{one.id}" if above else one.id
    return {
        "id": one.id,
        **told(
            links=None if js.old else js.self_link(ref, path),
            conceptIdentity=js.ref(one.concept),
            localRepresentation=representation(js, one.representation),
            minOccurs=_often(one.least),
            maxOccurs=_often(one.most),
            isPresentational=one.presentational or None,
            metadataAttributes=[_metadata_attribute(js, ref, i, path) for i in one.components],
        ),
        **js.annotations(one.annotations),
    }
