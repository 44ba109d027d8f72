"""XML elements of SDMX-ML 2.1, written as nested calls."""

from collections.abc import Mapping

from lxml import etree

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
NAMESPACES = {
    "mes": f"{SCHEMAS}/message",
    "str": f"{SCHEMAS}/structure",
    "com": f"{SCHEMAS}/common",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Element = etree._Element


def node(name: str, *parts: Element | str | Mapping[str, str], **attributes: str) -> Element:
    """An element: `str:Code` in a namespace, `Ref` in none.

    Of its parts, elements are children, text is its text, and a mapping holds attributes whose
    names Python cannot write.
    """
    prefix, _, local = name.rpartition(":")
    tag = f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local
    made = etree.Element(tag, None, NAMESPACES if prefix else None)
    for key, value in attributes.items():
        made.set(key, value)
    for part in parts:
        if isinstance(part, str):
            made.text = part
        elif isinstance(part, Mapping):
            for key, value in part.items():
                made.set(key, value)
        else:
            made.append(part)
    return made


def document(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
