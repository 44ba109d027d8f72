"""Hierarchies in SDMX-JSON."""

from cauce.model.structure import Hierarchies, Hierarchy, HierarchyLevel, Link, Ref
from cauce.publish.structure.json.objects import Js, Json, moment, told


def hierarchies(js: Js, ref: Ref, body: Hierarchies) -> Json:
    """A hierarchical codelist of 1.0: the lists it includes by alias, and its hierarchies."""
    # Lists without an alias go by their id.
    included = {alias or one.id: js.ref(one) for alias, one in body.included}
    return told(
        includedCodelists=included,
        hierarchies=[
            {
                "id": one.id,
                **js.said(one.names, one.descriptions, one.annotations, one.id),
                "leveled": one.formal,
                "links": js.self_link(ref, one.id),
                **_inside(js, ref, one, one.id),
            }
            for one in body.hierarchies
        ],
    )


def hierarchy(js: Js, ref: Ref, body: Hierarchy) -> Json:
    """A hierarchy of SDMX 3."""
    return {"hasFormalLevels": body.formal, **_inside(js, ref, body, "")}


def _inside(js: Js, ref: Ref, one: Hierarchy, above: str) -> Json:
    links = [_link(js, ref, each, above) for each in one.links]
    return told(level=_level(js, one.level), hierarchicalCodes=links)


def _level(js: Js, level: HierarchyLevel | None) -> Json | None:
    if level is None:
        return None
    said = js.said(level.names, level.descriptions, (), level.id)
    return told(id=level.id, **said, level=_level(js, level.below))


def _link(js: Js, ref: Ref, link: Link, above: str) -> Json:
    level = link.level
    if js.old and level:
        level = js.part(ref, f"{above}.{level}", "codelist.Level")
    return told(
        id=link.id,
        code=js.ref(link.code),
        level=level,
        validFrom=moment(link.valid_from),
        validTo=moment(link.valid_to),
        hierarchicalCodes=[_link(js, ref, each, above) for each in link.links],
    )
