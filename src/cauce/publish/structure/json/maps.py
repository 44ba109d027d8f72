"""Maps in SDMX-JSON."""

from cauce.model.structure import (
    ComponentMap,
    ItemMap,
    Ref,
    RepresentationMap,
    SetMap,
    StructureMap,
    StructureSet,
    ValueMap,
)
from cauce.publish.structure.json.objects import Js, Json, moment, told
from cauce.publish.structure.ml.maps import ORGANISED

SETS = {
    "codelist": ("codelistMaps", "codeMaps"),
    "conceptscheme": ("conceptSchemeMaps", "conceptMaps"),
    "categoryscheme": ("categorySchemeMaps", "categoryMaps"),
    "reportingtaxonomy": ("reportingTaxonomyMaps", "reportingCategoryMaps"),
    "organisationscheme": ("organisationSchemeMaps", "organisationMaps"),
}


def structure_set(js: Js, ref: Ref, body: StructureSet) -> Json:
    """A structure set of 1.0."""
    lists: dict[str, list[Json]] = {}
    for one in body.maps:
        name, made = _set_map(js, ref, one)
        lists.setdefault(name, []).append(made)
    return told(relatedStructures=js.refs(body.related), **lists)


def _set_map(js: Js, ref: Ref, one: SetMap) -> tuple[str, Json]:
    said = {"id": one.id, **js.said(one.names, one.descriptions, (), one.id)}
    sides = {"source": js.ref(one.map.source), "target": js.ref(one.map.target)}
    if isinstance(one.map, StructureMap):
        maps = [_old_component_map(js, ref, one.map, each) for each in one.map.components]
        return "structureMaps", {**said, **sides, "componentMaps": maps}
    kind = "organisationscheme" if one.kind in ORGANISED else one.kind
    name, items = SETS[kind]
    pairs = [
        {
            "source": js.part(one.map.source, source),
            "target": js.part(one.map.target, target),
        }
        for source, target in one.map.pairs
    ]
    return name, {**said, **sides, items: pairs}


def _old_component_map(js: Js, ref: Ref, body: StructureMap, one: ComponentMap) -> Json:
    local = js.part(ref, one.local_map, "mapping.CodelistMap") if one.local_map else None
    return told(
        source=_component(js, body.source, one.sources[0]),
        target=_component(js, body.target, one.targets[0]),
        representationMapping={"codelistMap": local} if local else None,
    )


def _component(js: Js, ref: Ref, id_: str) -> str:
    """A component by URN; a dataflow has none of its own, so that its structure's is meant."""
    return js.part(Ref("datastructure", ref.agency, ref.id, ref.version), id_)


def item_map(js: Js, _: Ref, body: ItemMap) -> Json:
    """A map of schemes of SDMX 3."""
    pairs = [
        {"sourceValue": {"value": source}, "targetValue": target} for source, target in body.pairs
    ]
    return told(source=js.ref(body.source), target=js.ref(body.target), itemMaps=pairs)


def structure_map(js: Js, _: Ref, body: StructureMap) -> Json:
    """A structure map of SDMX 3."""
    components = [
        told(
            source=list(one.sources),
            target=list(one.targets),
            representationMap=js.ref(one.map) if one.map else None,
        )
        for one in body.components
    ]
    fixed = [
        told(**{"source" if of_source else "target": id_, "values": list(values)})
        for id_, of_source, values in body.fixed
    ]
    return told(
        source=js.ref(body.source),
        target=js.ref(body.target),
        componentMaps=components,
        fixedValueMaps=fixed,
    )


def representation_map(js: Js, _: Ref, body: RepresentationMap) -> Json:
    """A representation map of SDMX 3."""
    return told(
        source=[_side(js, one) for one in body.sources],
        target=[_side(js, one) for one in body.targets],
        representationMappings=[_values(one) for one in body.values],
    )


def _side(js: Js, one: Ref | str) -> Json:
    if isinstance(one, str):
        return {"dataType": one}
    return {one.kind: js.ref(one)}


def _values(one: ValueMap) -> Json:
    sources = [
        told(value=value, isRegEx=place in one.patterns or None)
        for place, value in enumerate(one.sources)
    ]
    return told(
        sourceValues=sources,
        targetValues=list(one.targets),
        validFrom=moment(one.valid_from),
        validTo=moment(one.valid_to),
    )
