"""Maps between structures and their codes, and processes."""

from cauce.model.structure import (
    ComponentMap,
    ItemMap,
    Process,
    Ref,
    RepresentationMap,
    SetMap,
    Step,
    StructureMap,
    StructureSet,
    Transition,
    ValueMap,
)
from cauce.sources.structures.bindings import DATAFLOW, TRUE
from cauce.sources.structures.parts import annotations, local, locals_of, reference, texts
from cauce.sources.structures.tree import Node

DSD = "datastructure.DataStructure"
SETS = {
    "CodelistMap": ("codelist", "codelist.Codelist", "CodeMap"),
    "ConceptSchemeMap": ("conceptscheme", "conceptscheme.ConceptScheme", "ConceptMap"),
    "CategorySchemeMap": ("categoryscheme", "categoryscheme.CategoryScheme", "CategoryMap"),
    "OrganisationSchemeMap": ("agencyscheme", "base.AgencyScheme", "OrganisationMap"),
    "ReportingTaxonomyMap": (
        "reportingtaxonomy",
        "categoryscheme.ReportingTaxonomy",
        "ReportingCategoryMap",
    ),
}
"""Maps inside a structure set: the kind and class of their sides, and what pairs them."""
PAIRS = ("ItemMap", *(pair for _, _, pair in SETS.values()))


def structure_set(node: Node) -> StructureSet:
    maps = tuple(_set_map(each) for each in node.nodes if each.name in (*SETS, "StructureMap"))
    related = tuple(reference(each, DSD) for each in node.all("RelatedStructure"))
    return StructureSet(maps, related)


def _set_map(node: Node) -> SetMap:
    names, descriptions = texts(node, "Name"), texts(node, "Description")
    if node.name == "StructureMap":
        made = _structure_map_21(node)
        return SetMap(node.word("id"), made.source.kind, made, names, descriptions)
    kind, named, _ = SETS[node.name]
    return SetMap(node.word("id"), kind, item_map(node, named), names, descriptions)


def item_map(node: Node, named: str = "conceptscheme.ConceptScheme") -> ItemMap:
    """The pairs of a map of schemes, of SDMX 2.1 and 3.0."""
    pairs = (
        (local(each.must("Source", "SourceValue")), local(each.must("Target", "TargetValue")))
        for each in node.all(*PAIRS)
    )
    source, target = (reference(node.must(side), named) for side in ("Source", "Target"))
    return ItemMap(source, target, tuple(pairs))


def _structure_map_21(node: Node) -> StructureMap:
    found = []
    for each in node.all("ComponentMap"):
        mapped = each.one("RepresentationMapping")
        listed = mapped.one("CodelistMap") if mapped else None
        found.append(
            ComponentMap(
                (local(each.must("Source")),),
                (local(each.must("Target")),),
                None,
                local(listed) if listed else "",
            )
        )
    source, target = (reference(node.must(side), DATAFLOW) for side in ("Source", "Target"))
    return StructureMap(source, target, tuple(found))


def structure_map(node: Node) -> StructureMap:
    """The body of a structure map of SDMX 3.0."""
    fixed = []
    for each in node.all("FixedValueMap"):
        side = each.must("Source", "Target")
        values = tuple(value.text for value in each.all("Value"))
        fixed.append((local(side), side.name == "Source", values))
    return StructureMap(
        _side(node, "Source"),
        _side(node, "Target"),
        tuple(map(_component_map, node.all("ComponentMap"))),
        tuple(fixed),
    )


def _side(node: Node, name: str) -> Ref:
    held = node.must(name)
    inner = held.one("DataStructure", "Dataflow", "StructureUsage")
    return reference(inner or held, DATAFLOW)


def _component_map(node: Node) -> ComponentMap:
    listed = node.one("RepresentationMap")
    return ComponentMap(
        locals_of(node.all("Source")),
        locals_of(node.all("Target")),
        reference(listed, "structuremapping.RepresentationMap") if listed else None,
    )


def representation_map(node: Node) -> RepresentationMap:
    """The body of a representation map of SDMX 3.0."""
    return RepresentationMap(
        tuple(
            _list(each) for each in node.all("SourceCodelist", "SourceDataType", "SourceValuelist")
        ),
        tuple(
            _list(each) for each in node.all("TargetCodelist", "TargetDataType", "TargetValuelist")
        ),
        tuple(map(_value_map, node.all("RepresentationMapping"))),
    )


def _list(node: Node) -> Ref | str:
    return node.text if node.name.endswith("DataType") else reference(node, "codelist.Codelist")


def _value_map(node: Node) -> ValueMap:
    sources = list(node.all("SourceValue"))
    return ValueMap(
        tuple(each.text for each in sources),
        tuple(each.text for each in node.all("TargetValue")),
        frozenset(at for at, each in enumerate(sources) if each.words.get("isRegEx") in TRUE),
        node.words.get("validFrom", ""),
        node.words.get("validTo", ""),
    )


def process(node: Node) -> Process:
    return Process(tuple(map(_step, node.all("ProcessStep"))))


def _step(node: Node) -> Step:
    computed = node.one("Computation")
    words = computed.words if computed else {}
    software = ("softwarePackage", "softwareLanguage", "softwareVersion")
    package, language, version = (words.get(name, "") for name in software)
    return Step(
        node.word("id"),
        texts(node, "Name"),
        texts(node, "Description"),
        annotations(node),
        tuple(_object(each) for each in node.all("Input")),
        tuple(_object(each) for each in node.all("Output")),
        texts(computed, "Description") if computed else (),
        (package, language, version),
        tuple(
            Transition(
                each.words.get("id", ""), local(each.must("TargetStep")), texts(each, "Condition")
            )
            for each in node.all("Transition")
        ),
        tuple(map(_step, node.all("ProcessStep"))),
    )


def _object(node: Node) -> tuple[str, Ref]:
    return node.words.get("localID", ""), reference(node.must("ObjectReference"), DATAFLOW)
