"""Constraints in SDMX-ML."""

from cauce.model.structure import (
    Annotation,
    Artefact,
    Constraint,
    Key,
    KeySet,
    Ref,
    Region,
    Selection,
    Span,
)
from cauce.publish.structure.kinds import NAMES
from cauce.publish.structure.ml.elements import Element, Ml


def constraint(ml: Ml, ref: Ref, body: Constraint) -> list[Element]:
    """What a constraint is attached to, its regions and series."""
    parts = [*attachment(ml, body)]
    if ref.kind == "metadataconstraint":
        return parts + [_metadata_region(ml, one) for one in body.regions]
    calendar = _calendar(ml, body)
    if not ml.old and ml.version == "3.0":
        parts += calendar
    parts += [_keyset(ml, one) for one in body.keysets]
    parts += [region(ml, one) for one in body.regions]
    if ml.old and ref.kind == "dataconstraint":
        parts += calendar
        parts += _period(ml, body.period)
    return parts


def is_availability(ml: Ml, artefact: Artefact) -> bool:
    """Whether it says what there is, for which SDMX 3.1 has an element of its own."""
    body = artefact.body
    return ml.version == "3.1" and isinstance(body, Constraint) and body.role == "Actual"


def availability(ml: Ml, annotations: tuple[Annotation, ...], body: Constraint) -> Element:
    """What there is, as SDMX 3.1 tells it: a constraint that nobody maintains."""
    at = {
        "seriesCount": "" if body.series is None else str(body.series),
        "obsCount": "" if body.observations is None else str(body.observations),
    }
    regions = [region(ml, one) for one in body.regions[:1]]
    return ml.node(
        "str:AvailabilityConstraint",
        ml.annotations(annotations),
        attachment(ml, body),
        regions or [ml.node("str:CubeRegion")],
        at=at,
    )


def attachment(ml: Ml, body: Constraint) -> list[Element]:
    told = [ml.node("str:SimpleDataSource", one) for one in body.sources]
    for ref in body.attached:
        # A provider is an item of its scheme.
        name = "DataProvider" if ref.item else NAMES[ref.kind].element
        told.append(ml.ref(f"str:{name}", ref))
    return [ml.node("str:ConstraintAttachment", told)] if told else []


def region(ml: Ml, one: Region) -> Element:
    """A part of the cube."""
    space, attribute = ("com", "Attribute") if ml.old else ("str", "Component")
    return ml.node(
        "str:CubeRegion",
        [_selection(ml, f"{space}:KeyValue", each, space) for each in one.keys],
        [_selection(ml, f"{space}:{attribute}", each, space) for each in one.attributes],
        at={"include": "true" if one.include else "false"},
    )


def _metadata_region(ml: Ml, one: Region) -> Element:
    told = [_selection(ml, "str:Component", each, "str") for each in (*one.keys, *one.attributes)]
    return ml.node(
        "str:MetadataTargetRegion", told, at={"include": "true" if one.include else "false"}
    )


def _selection(ml: Ml, name: str, one: Selection, space: str) -> Element:
    if one.span is not None:
        values = [ml.node(f"{space}:TimeRange", _span(ml, one.span, space))]
    else:
        values = [
            ml.node(
                f"{space}:Value",
                value,
                at={"cascadeValues": "true" if value in one.cascade else ""},
            )
            for value in one.values
        ]
    # 2.1 leaves out values only with the whole region.
    left_out = "false" if not one.include and not ml.old else ""
    return ml.node(name, values, at={"id": one.component, "include": left_out})


def _span(ml: Ml, span: Span, space: str) -> list[Element]:
    if not span.end:
        return [ml.node(f"{space}:AfterPeriod", span.start, at={"isInclusive": "true"})]
    if not span.start:
        return [ml.node(f"{space}:BeforePeriod", span.end, at={"isInclusive": "true"})]
    return [
        ml.node(f"{space}:StartPeriod", span.start, at={"isInclusive": "true"}),
        ml.node(f"{space}:EndPeriod", span.end, at={"isInclusive": "true"}),
    ]


def _keyset(ml: Ml, one: KeySet) -> Element:
    return ml.node(
        "str:DataKeySet",
        [_key(ml, key) for key in one.keys],
        at={"isIncluded": "true" if one.include else "false"},
    )


def _key(ml: Ml, key: Key) -> Element:
    space = "com" if ml.old else "str"
    told = [
        ml.node(f"{space}:KeyValue", ml.node(f"{space}:Value", code), at={"id": id_})
        for id_, code in key.values
    ]
    return ml.node("str:Key", told)


def _calendar(ml: Ml, body: Constraint) -> list[Element]:
    if not any(body.calendar):
        return []
    names = ("str:Periodicity", "str:Offset", "str:Tolerance")
    told = [ml.node(name, text) for name, text in zip(names, body.calendar, strict=True)]
    return [ml.node("str:ReleaseCalendar", told)]


def _period(ml: Ml, period: Span | None) -> list[Element]:
    if period is None:
        return []
    at = {"startTime": period.start, "endTime": period.end}
    return [ml.node("str:ReferencePeriod", at=at)]
