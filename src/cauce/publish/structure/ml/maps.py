"""Maps in SDMX-ML."""

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
from cauce.publish.structure.ml.elements import Element, Ml, flag

SETS = {
    "codelist": ("CodelistMap", "CodeMap"),
    "conceptscheme": ("ConceptSchemeMap", "ConceptMap"),
    "categoryscheme": ("CategorySchemeMap", "CategoryMap"),
    "reportingtaxonomy": ("ReportingTaxonomyMap", "ReportingCategoryMap"),
    "organisationscheme": ("OrganisationSchemeMap", "OrganisationMap"),
}
ORGANISED = ("agencyscheme", "dataproviderscheme", "dataconsumerscheme", "organisationunitscheme")


def structure_set(ml: Ml, _: Ref, body: StructureSet) -> list[Element]:
    """A structure set of 2.1."""
    related = [ml.ref("str:RelatedStructure", ref) for ref in body.related]
    return related + [_set_map(ml, one) for one in body.maps]


def _set_map(ml: Ml, one: SetMap) -> Element:
    said = ml.said(one.names, one.descriptions, (), one.id)
    if isinstance(one.map, StructureMap):
        return ml.node("str:StructureMap", said, _structure_map_old(ml, one.map), at={"id": one.id})
    kind = "organisationscheme" if one.kind in ORGANISED else one.kind
    name, item = SETS[kind]
    pairs = [
        ml.node(f"str:{item}", ml.local("str:Source", source), ml.local("str:Target", target))
        for source, target in one.map.pairs
    ]
    sides = [ml.ref("str:Source", one.map.source), ml.ref("str:Target", one.map.target)]
    return ml.node(f"str:{name}", said, sides, pairs, at={"id": one.id})


def _structure_map_old(ml: Ml, body: StructureMap) -> list[Element]:
    sides = [ml.ref("str:Source", body.source), ml.ref("str:Target", body.target)]
    return sides + [_component_map_old(ml, one) for one in body.components]


def _component_map_old(ml: Ml, one: ComponentMap) -> Element:
    tied = {
        "containerID": "DimensionDescriptor",
        "class": "Dimension",
        "package": "datastructure",
    }
    mapped = None
    if one.local_map:
        mapped = ml.node("str:RepresentationMapping", ml.local("str:CodelistMap", one.local_map))
    return ml.node(
        "str:ComponentMap",
        [ml.local("str:Source", id_, tied) for id_ in one.sources[:1]],
        [ml.local("str:Target", id_, tied) for id_ in one.targets[:1]],
        mapped,
    )


def item_map(ml: Ml, _: Ref, body: ItemMap) -> list[Element]:
    """A map of schemes of SDMX 3."""
    sides = [ml.ref("str:Source", body.source), ml.ref("str:Target", body.target)]
    return sides + [
        ml.node(
            "str:ItemMap", ml.node("str:SourceValue", source), ml.node("str:TargetValue", target)
        )
        for source, target in body.pairs
    ]


def structure_map(ml: Ml, _: Ref, body: StructureMap) -> list[Element]:
    """A structure map of SDMX 3."""
    sides = [ml.ref("str:Source", body.source), ml.ref("str:Target", body.target)]
    components = [
        ml.node(
            "str:ComponentMap",
            [ml.node("str:Source", id_) for id_ in one.sources],
            [ml.node("str:Target", id_) for id_ in one.targets],
            ml.ref("str:RepresentationMap", one.map) if one.map else None,
        )
        for one in body.components
    ]
    fixed = [
        ml.node(
            "str:FixedValueMap",
            ml.node("str:Source" if of_source else "str:Target", id_),
            [ml.node("str:Value", value) for value in values],
        )
        for id_, of_source, values in body.fixed
    ]
    return sides + components + fixed


def representation_map(ml: Ml, _: Ref, body: RepresentationMap) -> list[Element]:
    """A representation map of SDMX 3."""
    return [
        *(_side(ml, "Source", one) for one in body.sources),
        *(_side(ml, "Target", one) for one in body.targets),
        *(_values(ml, one) for one in body.values),
    ]


def _side(ml: Ml, side: str, one: Ref | str) -> Element:
    if isinstance(one, Ref):
        return ml.ref(f"str:{side}Codelist", one)
    return ml.node(f"str:{side}DataType", one)


def _values(ml: Ml, one: ValueMap) -> Element:
    sources = [
        ml.node("str:SourceValue", value, at={"isRegEx": flag(place in one.patterns)})
        for place, value in enumerate(one.sources)
    ]
    return ml.node(
        "str:RepresentationMapping",
        sources,
        [ml.node("str:TargetValue", value) for value in one.targets],
        at={"validFrom": one.valid_from[:10], "validTo": one.valid_to[:10]},
    )
