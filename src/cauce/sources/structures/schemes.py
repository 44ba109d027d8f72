"""Schemes and their items."""

from collections.abc import Callable, Iterator

from cauce.model.structure import Item, Items, Ref
from cauce.sources.structures.parts import (
    annotations,
    contacts,
    local,
    reference,
    representation,
    texts,
)
from cauce.sources.structures.tree import Node

NESTING = ("Category", "ReportingCategory")
ITEM = (
    "Agency",
    "DataConsumer",
    "DataProvider",
    "MetadataProvider",
    "OrganisationUnit",
    "Code",
    "GeoFeatureSetCode",
    "GeoGridCode",
    "ValueItem",
    "Concept",
    *NESTING,
)
ABOUT = ("StructuralMetadata", "ProvisioningMetadata")
DATAFLOW = "datastructure.Dataflow"


def items(node: Node) -> Items:
    """The items of a scheme, in their order."""
    partial = node.words.get("isPartial", "") in ("true", "1")
    return Items(tuple(_items(node)), partial)


def _items(node: Node) -> Iterator[Item]:
    return (_item(each) for each in node.all(*ITEM))


def _item(node: Node) -> Item:
    above = node.one("Parent")
    nested: tuple[Item, ...] = tuple(_items(node)) if node.name in NESTING else ()
    refs: tuple[Ref, ...] = tuple(reference(each, DATAFLOW) for each in node.all(*ABOUT))
    return Item(
        id=node.word("id"),
        names=texts(node, "Name"),
        descriptions=texts(node, "Description"),
        parent=local(above) if above else "",
        items=nested,
        annotations=annotations(node),
        core=representation(node, "CoreRepresentation"),
        contacts=contacts(node),
        refs=refs,
    )


READERS: dict[str, tuple[str, Callable[[Node], Items]]] = {
    "AgencyScheme": ("agencyscheme", items),
    "DataConsumerScheme": ("dataconsumerscheme", items),
    "DataProviderScheme": ("dataproviderscheme", items),
    "MetadataProviderScheme": ("metadataproviderscheme", items),
    "OrganisationUnitScheme": ("organisationunitscheme", items),
    "CategoryScheme": ("categoryscheme", items),
    "ReportingTaxonomy": ("reportingtaxonomy", items),
    "Codelist": ("codelist", items),
    "GeographicCodelist": ("codelist", items),
    "GeoGridCodelist": ("codelist", items),
    "ValueList": ("valuelist", items),
    "ConceptScheme": ("conceptscheme", items),
}
