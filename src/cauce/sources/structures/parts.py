"""What artefacts of every kind are made of: names, notes, references, representations."""

from collections.abc import Iterator

from cauce.model.errors import BadInput
from cauce.model.structure import Annotation, Contact, Format, Ref, Representation, ref_of
from cauce.model.structure.urn import ref_by_class
from cauce.model.text import Words
from cauce.sources.structures.tree import Node

FIRST = "1.0"
"""The version of what says none, in SDMX 2.1."""
WAYS = ("Telephone", "Fax", "X400", "URI", "Email")
COMPONENT = "datastructure.Dimension"


def texts(node: Node, name: str) -> Words:
    """What children of a name say, by language; "en" where none is named."""
    return tuple((each.lang or "en", each.text) for each in node.all(name) if each.text)


def annotations(node: Node) -> tuple[Annotation, ...]:
    held = node.one("Annotations")
    return tuple(_annotation(each) for each in held.all("Annotation")) if held else ()


def _annotation(node: Node) -> Annotation:
    return Annotation(
        node.words.get("id", ""),
        node.said("AnnotationTitle"),
        node.said("AnnotationType"),
        node.said("AnnotationURL"),
        node.said("AnnotationValue"),
        texts(node, "AnnotationText"),
    )


def contacts(node: Node) -> tuple[Contact, ...]:
    return tuple(
        Contact(
            each.words.get("id", ""),
            texts(each, "Name"),
            texts(each, "Department"),
            texts(each, "Role"),
            tuple((way.name, way.text) for way in each.all(*WAYS)),
        )
        for each in node.all("Contact")
    )


def reference(node: Node, named: str) -> Ref:
    """The artefact or item an element refers to, by URN or by its parts.

    Args:
        named: package and class of what it is, where it does not say.

    Raises:
        BadInput: it refers to nothing, or to what the house does not hold.
    """
    try:
        urn = node.said("URN") or node.text
        if urn:
            return ref_of(urn)
        return _by_parts(node.must("Ref"), named)
    except BadInput as error:
        told = str(error)
        raise BadInput(told if told.startswith("line") else f"line {node.line}: {told}") from error


def _by_parts(ref: Node, named: str) -> Ref:
    package, _, class_ = named.partition(".")
    whole = f"{ref.words.get('package', package)}.{ref.words.get('class', class_)}"
    agency, id_ = ref.word("agencyID"), ref.word("id")
    parent = ref.words.get("maintainableParentID", "")
    if not parent:
        return ref_by_class(whole, Ref("", agency, id_, ref.words.get("version", FIRST)))
    inside = ref.words.get("containerID", "")
    version = ref.words.get("maintainableParentVersion", FIRST)
    item = f"{inside}.{id_}" if inside else id_
    return ref_by_class(whole, Ref("", agency, parent, version, item))


def local(node: Node) -> str:
    """The id of something in the same artefact: by Ref, or as text, or at the end of a URN."""
    ref = node.one("Ref")
    told = ref.word("id") if ref else node.said("URN") or node.text
    if not told:
        raise BadInput(f"line {node.line}: <{node.name}> names nothing.")
    return told.rpartition(").")[2] if told.startswith("urn:") else told


def locals_of(nodes: Iterator[Node]) -> tuple[str, ...]:
    return tuple(map(local, nodes))


def representation(node: Node, *names: str) -> Representation | None:
    """What stands in its first child of some names; None if there is none."""
    held = node.one(*names)
    if held is None:
        return None
    listed, format_ = held.one("Enumeration"), held.one("TextFormat", "EnumerationFormat")
    return Representation(
        reference(listed, "codelist.Codelist") if listed else None,
        None if format_ is None else _format(format_),
        held.words.get("minOccurs", ""),
        held.words.get("maxOccurs", ""),
    )


def _format(node: Node) -> Format:
    facets = tuple((name, word) for name, word in node.words.items() if name != "textType")
    return Format(node.words.get("textType", ""), facets)
