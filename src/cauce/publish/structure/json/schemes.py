"""Schemes and their items in SDMX-JSON."""

from cauce.model.structure import Item, Items, Ref
from cauce.publish.structure.json.components import representation
from cauce.publish.structure.json.objects import Js, Json, told
from cauce.publish.structure.kinds import NAMES

BY_URN = ("conceptscheme", "organisationunitscheme")
"""Schemes whose items SDMX-JSON 1.0 gives their parent as a URN."""


def items(js: Js, ref: Ref, body: Items) -> Json:
    """The items of a scheme."""
    listed = [_item(js, ref, item, "") for item in body.items]
    partial = None if ref.kind == "valuelist" else body.partial or None
    return told(**{"isPartial": partial, NAMES[ref.kind].items: listed})


def _item(js: Js, scheme: Ref, item: Item, above: str) -> Json:
    path = f"{above}.{item.id}" if above else item.id
    parent = item.parent
    if js.old and parent and scheme.kind in BY_URN:
        parent = js.part(scheme, parent)
    flows = ("dataflow", "metadataflow")
    valued = scheme.kind == "valuelist"
    return {
        "id": item.id,
        **js.said(item.names, item.descriptions, item.annotations, item.id),
        **told(
            links=None if valued else js.self_link(scheme, path),
            parent=parent,
            coreRepresentation=representation(js, item.core),
            contacts=js.contacts(item.contacts),
            structuralMetadata=js.refs(one for one in item.refs if one.kind not in flows),
            provisioningMetadata=js.refs(one for one in item.refs if one.kind in flows),
        ),
        **told(**{NAMES[scheme.kind].items: [_item(js, scheme, i, path) for i in item.items]}),
    }
