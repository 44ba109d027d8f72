"""Hierarchies in SDMX-ML."""

from cauce.model.structure import (
    Hierarchies,
    Hierarchy,
    HierarchyLevel,
    Link,
    Ref,
    urn_of,
)
from cauce.publish.structure.ml.elements import Element, Ml, plain


def hierarchies(ml: Ml, ref: Ref, body: Hierarchies) -> list[Element]:
    """A hierarchical codelist of 2.1: the lists it includes and its hierarchies."""
    included = []
    for alias, list_ in body.included:
        made = ml.ref("str:IncludedCodelist", list_)
        if alias:
            made.set("alias", alias)
        included.append(made)
    return included + [_hierarchy(ml, ref, one) for one in body.hierarchies]


def _hierarchy(ml: Ml, ref: Ref, one: Hierarchy) -> Element:
    own = urn_of(Ref(ref.kind, ref.agency, ref.id, plain(ref.version), one.id), old=True)
    return ml.node(
        "str:Hierarchy",
        ml.said(one.names, one.descriptions, one.annotations, one.id),
        inside(ml, ref, one),
        at={"id": one.id, "urn": own, "leveled": "true" if one.formal else "false"},
    )


def inside(ml: Ml, _: Ref, one: Hierarchy) -> list[Element]:
    """Places and levels, in the order of the version."""
    levels = [_level(ml, one.level)] if one.level else []
    links = [_link(ml, each) for each in one.links]
    return links + levels if ml.old else levels + links


def _level(ml: Ml, level: HierarchyLevel) -> Element:
    return ml.node(
        "str:Level",
        ml.said(level.names, level.descriptions, (), level.id),
        _level(ml, level.below) if level.below else None,
        at={"id": level.id},
    )


def _link(ml: Ml, link: Link) -> Element:
    return ml.node(
        "str:HierarchicalCode",
        ml.ref("str:Code", link.code),
        [_link(ml, each) for each in link.links],
        ml.local("str:Level", link.level) if link.level else None,
        at={"id": link.id, "validFrom": link.valid_from, "validTo": link.valid_to},
    )
