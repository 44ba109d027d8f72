"""Components of data structures."""

from collections import Counter
from collections.abc import Iterable, Iterator

from cauce.model.structure import Component, DataStructure, Ref
from cauce.publish.structure.lint.words import id_fault, listed, shown


def data_structure_faults(ref: Ref, body: DataStructure) -> Iterator[str]:
    """What is wrong within a data structure."""
    where = shown(ref)
    components = (*body.dimensions, *body.measures, *body.attributes)
    groups = {group.id for group in body.groups}
    ids = (*(one.id for one in components), *(group.id for group in body.groups))
    if twice := [id_ for id_, count in Counter(ids).items() if count > 1]:
        yield f"{where} has components twice: {listed(twice)}. Leave one of each."
    if not body.dimensions:
        yield f"{where} has no dimensions. A key needs one."
    if len([one for one in body.dimensions if one.role == "time"]) > 1:
        yield f"{where} has two dimensions of time. Leave one."
    dimensions = {one.id for one in body.dimensions}
    for group in body.groups:
        yield from _unknown(f"{where}, group {group.id}", group.dimensions, dimensions, "dimension")
    for component in components:
        yield from id_fault(component.id, f"{where}, component {component.id}", name=True)
        yield from _shape_faults(f"{where}, {component.id}", component)
    for attribute in body.attributes:
        tied = attribute.relationship
        if tied is None:
            continue
        own = f"{where}, attribute {attribute.id}"
        named = (tied.group,) if tied.group else tied.groups
        yield from _unknown(own, tied.dimensions, dimensions, "dimension")
        yield from _unknown(own, named, groups, "group")
        yield from _unknown(own, tied.measures, {one.id for one in body.measures}, "measure")


def _unknown(where: str, named: Iterable[str], there: set[str], what: str) -> Iterator[str]:
    if lacking := [id_ for id_ in named if id_ not in there]:
        yield (
            f"{where} speaks of a {what} that is not there: {listed(lacking)}. There are: "
            f"{listed(sorted(there)) or 'none'}."
        )


def _shape_faults(where: str, component: Component) -> Iterator[str]:
    if component.concept.kind != "conceptscheme" or not component.concept.item:
        yield f"{where}: its concept is none. Name one of a concept scheme."
    shape = component.representation
    listed_in = shape.enumeration if shape else None
    if listed_in and listed_in.kind not in ("codelist", "valuelist", "conceptscheme"):
        yield f"{where}: its codes are of a {listed_in.kind}. Name a codelist."
