"""Structure queries: which artefacts are asked for, and how much of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from cauce.model.structure import Artefact, Items, Kind, Ref
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.in_use import in_use
from cauce.publish.structure.partial import only_items, stub, without_period

DETAILS = (
    "full",
    "raw",
    "allstubs",
    "allcompletestubs",
    "referencestubs",
    "referencecompletestubs",
    "referencepartial",
)
WITH_AGENCIES = ("children", "descendants", "all", "parentsandsiblings", "agencyscheme")
"""What brings the agency scheme in SDMX 3, where every artefact refers to who maintains it."""

UNREAD = ("process", "organisationunitscheme")
"""Kinds that sdmx1 cannot read. It asks for all that is beside a dataflow before it asks for data,
so they stay out of that answer; asked for by their kind, they come."""


@dataclass(frozen=True)
class StructureQuery:
    """What is asked for; an empty tuple is everything.

    `constraint_role` is Allowed or Actual where REST 1.5 asks for such constraints alone.
    `maintainers` says that the agencies go with what they maintain.
    """

    kinds: tuple[Kind, ...] = ()
    agencies: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    version: str = "*"
    items: tuple[str, ...] = ()
    references: tuple[str, ...] = ("none",)
    detail: str = "full"
    constraint_role: str = ""
    maintainers: bool = False


def matches_of(everything: Artefacts, query: StructureQuery) -> list[Artefact]:
    """The artefacts a query is about, in their order, cut down to the items it asks for.

    Raises:
        BadInput: its version is none.
    """
    refs = everything.find(query.kinds, query.agencies, query.ids, query.version)
    found = [artefact for ref in refs if (artefact := everything.get(ref)) is not None]
    if query.constraint_role:
        role = query.constraint_role
        found = [one for one in found if getattr(one.body, "role", "") == role]
    if query.items:
        found = [cut for one in found if (cut := only_items(one, query.items)) is not None]
    return found


def answered(
    everything: Artefacts, query: StructureQuery, matches: list[Artefact]
) -> list[Artefact]:
    """The matches and what `references` brings beside them, each in the detail asked for."""
    own = {artefact.ref: artefact for artefact in matches}
    beside = _beside(everything, query, own)
    told = [own.get(one.ref, one) for one in everything if one.ref in own or one.ref in beside]
    if "all" in query.references and all(ref.kind == "dataflow" for ref in own):
        told = [without_period(one) for one in told]
    if query.items:
        told = [one for one in told if one.ref in own or _aimed(everything, one, own)]
    if query.detail == "referencepartial":
        told = in_use(everything, own.keys(), told)
    if query.detail.endswith("stubs"):
        complete = "complete" in query.detail
        every = query.detail.startswith("all")
        told = [stub(one, complete) if every or one.ref not in own else one for one in told]
    return told


def _beside(everything: Artefacts, query: StructureQuery, own: Iterable[Ref]) -> set[Ref]:
    start = list(own)
    found: set[Ref] = set()
    for references in query.references:
        beside = everything.related(start, references)
        if references == "all" and all(ref.kind == "dataflow" for ref in start):
            beside = frozenset(ref for ref in beside if ref.kind not in UNREAD)
        found |= beside
    if query.maintainers and any(one in WITH_AGENCIES for one in query.references):
        found |= set(everything.find(("agencyscheme",)))
    return found


def _aimed(everything: Artefacts, artefact: Artefact, own: dict[Ref, Artefact]) -> bool:
    """Whether an artefact has to do with the items asked for, and not with others of the scheme.

    Only a categorisation says at which item it aims; what is beside it is aimed at, too.
    """
    target = getattr(artefact.body, "target", None)
    if artefact.ref.kind != "categorisation" or not isinstance(target, Ref):
        return True
    scheme = own.get(everything.resolve(target) or target)
    return scheme is None or target.item in _paths(scheme)


def _paths(scheme: Artefact) -> set[str]:
    found: set[str] = set()
    body = scheme.body
    todo = [("", body.items)] if isinstance(body, Items) else []
    while todo:
        above, items = todo.pop()
        for item in items:
            found.add(above + item.id)
            todo.append((f"{above}{item.id}.", item.items))
    return found
