"""Schemes and their items in SDMX-ML."""

from cauce.model.structure import Item, Items, Ref, urn_of
from cauce.publish.structure.kinds import NAMES
from cauce.publish.structure.ml.components import representation
from cauce.publish.structure.ml.elements import Element, Ml


def items(ml: Ml, ref: Ref, body: Items) -> list[Element]:
    """The items of a scheme."""
    return [_item(ml, ref, item, "") for item in body.items]


def _item(ml: Ml, scheme: Ref, item: Item, above: str) -> Element:
    name = NAMES[scheme.kind].item
    path = f"{above}.{item.id}" if above else item.id
    own = urn_of(Ref(scheme.kind, scheme.agency, scheme.id, scheme.version, path), ml.old)
    at = {"id": item.id, "urn": "" if scheme.kind == "valuelist" else own}
    return ml.node(
        f"str:{name}",
        ml.said(item.names, item.descriptions, item.annotations, item.id),
        [_item(ml, scheme, one, path) for one in item.items],
        _parent(ml, scheme, item),
        representation(ml, "str:CoreRepresentation", item.core),
        [ml.contact(one) for one in item.contacts],
        [_about(ml, ref) for ref in item.refs],
        at=at,
    )


def _parent(ml: Ml, scheme: Ref, item: Item) -> Element | None:
    """What stands above an item. The schema of 3.0 takes no code that does not begin as a name."""
    lost = ml.version == "3.0" and scheme.kind == "codelist" and not item.parent[:1].isalpha()
    return ml.local("str:Parent", item.parent) if item.parent and not lost else None


def _about(ml: Ml, ref: Ref) -> Element:
    """What a reporting category is about."""
    flows = ("dataflow", "metadataflow")
    name = "str:ProvisioningMetadata" if ref.kind in flows else "str:StructuralMetadata"
    return ml.ref(name, ref)
