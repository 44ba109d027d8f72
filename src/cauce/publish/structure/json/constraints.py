"""Constraints in SDMX-JSON."""

from cauce.model.structure import Artefact, Constraint, Key, KeySet, Ref, Region, Selection, Span
from cauce.publish.structure.json.objects import Js, Json, moment, told

ATTACHED = {
    "datastructure": "dataStructures",
    "metadatastructure": "metadataStructures",
    "dataflow": "dataflows",
    "metadataflow": "metadataflows",
    "provisionagreement": "provisionAgreements",
    "metadataprovisionagreement": "metadataProvisionAgreements",
}
PROVIDERS = {
    "dataproviderscheme": "dataProvider",
    "metadataproviderscheme": "metadataProvider",
}


def constraint(js: Js, ref: Ref, body: Constraint) -> Json:
    """What a constraint is attached to, its regions and series."""
    if ref.kind == "metadataconstraint":
        return told(
            constraintAttachment=attachment(js, body),
            metadataTargetRegions=[_metadata_region(js, one) for one in body.regions],
            role="Allowed" if js.version == "2.0" else None,
        )
    made = told(
        constraintAttachment=attachment(js, body),
        cubeRegions=[region(js, one) for one in body.regions],
        dataKeySets=[_keyset(one) for one in body.keysets],
    )
    if ref.kind == "dataconstraint" and js.version != "2.1":
        made |= told(**{"type" if js.old else "role": body.role}, releaseCalendar=_calendar(body))
    if js.old and ref.kind == "dataconstraint" and body.period:
        made["referencePeriod"] = {
            "startTime": moment(body.period.start),
            "endTime": moment(body.period.end),
        }
    return made


def is_availability(js: Js, artefact: Artefact) -> bool:
    """Whether it says what there is, for which SDMX-JSON 2.1 has a list of its own."""
    body = artefact.body
    return js.version == "2.1" and isinstance(body, Constraint) and body.role == "Actual"


def availability(js: Js, artefact: Artefact, body: Constraint) -> Json:
    """What there is, as SDMX-JSON 2.1 tells it: a constraint that nobody maintains."""
    single = {
        name.removesuffix("s"): refs[0]
        for name, refs in attachment(js, body).items()
        if isinstance(refs, list)
    }
    regions = [region(js, one) for one in body.regions[:1]]
    return told(
        **js.annotations(artefact.annotations),
        constraintAttachment=single,
        cubeRegion=next(iter(regions), None),
        seriesCount=body.series,
        obsCount=body.observations,
    )


def attachment(js: Js, body: Constraint) -> Json:
    lists: Json = {}
    for ref in body.attached:
        if ref.kind in PROVIDERS:
            lists[PROVIDERS[ref.kind]] = js.ref(ref)
        else:
            lists.setdefault(ATTACHED[ref.kind], []).append(js.ref(ref))
    sources = list(body.sources)
    if js.old:
        return {**lists, **told(simpleDataSource=next(iter(sources), None))}
    return {**lists, **told(simpleDataSources=sources if js.version == "2.0" else None)}


def region(js: Js, one: Region) -> Json:
    """A part of the cube."""
    names = ("isIncluded", "attributes") if js.old else ("include", "components")
    keys = [_selection(js, each) for each in one.keys]
    attributes = [_selection(js, each) for each in one.attributes]
    return told(**{names[0]: one.include, "keyValues": keys, names[1]: attributes})


def _metadata_region(js: Js, one: Region) -> Json:
    components = [_selection(js, each) for each in (*one.keys, *one.attributes)]
    return told(include=one.include, components=components)


def _selection(js: Js, one: Selection) -> Json:
    if one.span is not None:
        return told(id=one.component, timeRange=_span(one.span))
    if js.old:
        values = [value for value in one.values if value not in one.cascade]
        cascade = [value for value in one.values if value in one.cascade]
        return told(id=one.component, values=values, cascadeValues=cascade)
    # A plain string would be valid, too; pysdmx takes objects only.
    listed = [told(value=value, cascadeValues=value in one.cascade or None) for value in one.values]
    return told(id=one.component, values=listed, include=None if one.include else False)


def _span(span: Span) -> Json:
    start = {"period": span.start, "isInclusive": True}
    end = {"period": span.end, "isInclusive": True}
    if not span.end:
        return {"afterPeriod": start}
    if not span.start:
        return {"beforePeriod": end}
    return {"startPeriod": start, "endPeriod": end}


def _keyset(one: KeySet) -> Json:
    return {"isIncluded": one.include, "keys": [_key(key) for key in one.keys]}


def _key(key: Key) -> Json:
    return {"keyValues": [{"id": id_, "value": code} for id_, code in key.values]}


def _calendar(body: Constraint) -> Json | None:
    if not any(body.calendar):
        return None
    periodicity, offset, tolerance = body.calendar
    return {"periodicity": periodicity, "offset": offset, "tolerance": tolerance}
