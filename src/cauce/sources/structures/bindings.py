"""Artefacts that bind others: flows, categorisations, agreements, constraints, hierarchies."""

from typing import Literal

from cauce.model.structure import (
    Agreement,
    Association,
    Categorisation,
    Constraint,
    Hierarchies,
    Hierarchy,
    HierarchyLevel,
    Key,
    KeySet,
    Link,
    Ref,
    Region,
    Selection,
    Span,
    Usage,
)
from cauce.sources.structures.parts import annotations, local, reference, texts
from cauce.sources.structures.tree import Node

DATAFLOW = "datastructure.Dataflow"
TRUE = ("true", "1")
ATTACHED = {
    "DataStructure": "datastructure.DataStructure",
    "Dataflow": DATAFLOW,
    "MetadataStructure": "metadatastructure.MetadataStructure",
    "Metadataflow": "metadatastructure.Metadataflow",
    "ProvisionAgreement": "registry.ProvisionAgreement",
    "MetadataProvisionAgreement": "registry.MetadataProvisionAgreement",
    "DataProvider": "base.DataProvider",
    "MetadataProvider": "base.MetadataProvider",
}
SOURCES = ("SimpleDataSource", "QueryableDataSource")


def dataflow(node: Node) -> Usage:
    held = node.one("Structure")
    return Usage(reference(held, "datastructure.DataStructure") if held else None)


def metadataflow(node: Node) -> Usage:
    held = node.one("Structure")
    structure = reference(held, "metadatastructure.MetadataStructure") if held else None
    return Usage(structure, tuple(each.text for each in node.all("Target")))


def categorisation(node: Node) -> Categorisation:
    target = reference(node.must("Target"), "categoryscheme.Category")
    return Categorisation(reference(node.must("Source"), DATAFLOW), target)


def agreement(node: Node) -> Agreement:
    usage = node.must("StructureUsage", "Dataflow")
    return Agreement(
        reference(usage, DATAFLOW),
        reference(node.must("DataProvider"), "base.DataProvider"),
    )


def metadata_agreement(node: Node) -> Agreement:
    return Agreement(
        reference(node.must("StructureUsage", "Metadataflow"), ATTACHED["Metadataflow"]),
        reference(node.must("MetadataProvider", "DataProvider"), "base.MetadataProvider"),
        tuple(each.text for each in node.all("Target")),
    )


def association(node: Node) -> Association:
    context = node.one("ContextObject")
    return Association(
        reference(node.must("LinkedHierarchy"), "codelist.Hierarchy"),
        reference(node.must("LinkedObject"), DATAFLOW),
        reference(context, DATAFLOW) if context else None,
    )


def constraint(node: Node) -> Constraint:
    held = node.one("ConstraintAttachment")
    nodes = held.nodes if held else []
    told = node.words.get("type") or node.words.get("role") or "Allowed"
    role: Literal["Allowed", "Actual"] = "Actual" if told == "Actual" else "Allowed"
    period = node.one("ReferencePeriod")
    dates = node.one("ReleaseCalendar")
    parts = ("Periodicity", "Offset", "Tolerance")
    first, second, third = (dates.said(part) if dates else "" for part in parts)
    return Constraint(
        role,
        tuple(reference(each, ATTACHED[each.name]) for each in nodes if each.name in ATTACHED),
        tuple(_region(each) for each in node.all("CubeRegion", "MetadataTargetRegion")),
        tuple(_keys(each) for each in node.all("DataKeySet")),
        tuple(each.said("DataURL") or each.text for each in nodes if each.name in SOURCES),
        Span(period.words.get("startTime", ""), period.words.get("endTime", ""))
        if period
        else None,
        (first, second, third),
    )


def _region(node: Node) -> Region:
    include = node.words.get("include", "true") in TRUE
    keys = tuple(map(_selection, node.all("KeyValue")))
    return Region(keys, tuple(map(_selection, node.all("Attribute", "Component"))), include)


def _selection(node: Node) -> Selection:
    values = tuple(each.text for each in node.all("Value"))
    cascade = frozenset(
        each.text for each in node.all("Value") if each.words.get("cascadeValues") in TRUE
    )
    time = node.one("TimeRange")
    include = node.words.get("include", "true") in TRUE
    return Selection(node.word("id"), values, cascade, _span(time) if time else None, include)


def _span(node: Node) -> Span:
    return Span(
        node.said("StartPeriod", "AfterPeriod"),
        node.said("EndPeriod", "BeforePeriod"),
    )


def _keys(node: Node) -> KeySet:
    keys = []
    for each in node.all("Key"):
        pairs = (
            (part.word("id"), value.text)
            for part in each.all("KeyValue", "Component")
            for value in part.all("Value")
        )
        keys.append(Key(tuple(pairs)))
    return KeySet(tuple(keys), node.words.get("isIncluded", "true") in TRUE)


def hierarchies(node: Node) -> Hierarchies:
    """The hierarchies of a hierarchical codelist; codes by alias become references."""
    included = tuple(
        (each.words.get("alias", ""), reference(each, "codelist.Codelist"))
        for each in node.all("IncludedCodelist")
    )
    lists = dict(included)
    found = tuple(_inner(each, lists) for each in node.all("Hierarchy"))
    return Hierarchies(included, found)


def _inner(node: Node, lists: dict[str, Ref]) -> Hierarchy:
    level = node.one("Level")
    return Hierarchy(
        _links(node, lists),
        node.word("id"),
        texts(node, "Name"),
        texts(node, "Description"),
        annotations(node),
        _level(level) if level else None,
        node.words.get("leveled", "") in TRUE,
    )


def hierarchy(node: Node) -> Hierarchy:
    """The body of a hierarchy of SDMX 3.0."""
    level = node.one("Level")
    formal = node.words.get("hasFormalLevels", "") in TRUE
    return Hierarchy(_links(node, {}), level=_level(level) if level else None, formal=formal)


def _links(node: Node, lists: dict[str, Ref]) -> tuple[Link, ...]:
    return tuple(_link(each, lists) for each in node.all("HierarchicalCode"))


def _link(node: Node, lists: dict[str, Ref]) -> Link:
    level = node.one("Level")
    return Link(
        node.word("id"),
        _code(node, lists),
        _links(node, lists),
        local(level) if level else "",
        node.words.get("validFrom", ""),
        node.words.get("validTo", ""),
    )


def _code(node: Node, lists: dict[str, Ref]) -> Ref:
    alias = node.said("CodelistAliasRef")
    if alias in lists and node.one("CodeID"):
        held = lists[alias]
        return Ref(held.kind, held.agency, held.id, held.version, local(node.must("CodeID")))
    return reference(node.must("Code", "CodeID"), "codelist.Code")


def _level(node: Node) -> HierarchyLevel:
    below = node.one("Level")
    return HierarchyLevel(
        node.word("id"),
        texts(node, "Name"),
        texts(node, "Description"),
        _level(below) if below else None,
    )
