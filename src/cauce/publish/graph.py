"""Which structures refer to which, and what a structure query gets beside its matches."""

from collections.abc import Iterable
from dataclasses import dataclass

from cauce.publish.artefacts import SCHEME, VERSION, Structures
from cauce.publish.components import ATTRIBUTES

AGENCIES = "AGENCIES"
REFERENCES = (
    "none",
    "parents",
    "parentsandsiblings",
    "ancestors",
    "children",
    "descendants",
    "all",
)


@dataclass(frozen=True, order=True)
class Artefact:
    """A maintainable artefact by kind, agency, id and version."""

    kind: str
    agency: str
    id: str
    version: str


def artefacts(everything: Structures, agency: str) -> tuple[Artefact, ...]:
    """All artefacts, each once."""
    found = [Artefact("dataflow", agency, f.id, f.version) for f in everything.dataflows]
    found += [Artefact("datastructure", agency, d.id, d.version) for d in everything.datastructures]
    found += [Artefact("codelist", agency, c.id, VERSION) for c in everything.codelists]
    if everything.concepts:
        found.append(Artefact("conceptscheme", agency, SCHEME, VERSION))
    if everything.agencies:
        found.append(Artefact("agencyscheme", "SDMX", AGENCIES, VERSION))
    return tuple(found)


def related(
    everything: Structures, matches: Iterable[Artefact], references: str, agency: str
) -> frozenset[Artefact]:
    """The matches and the artefacts they refer to or that refer to them.

    Source: SDMX REST 2.2.2, structure queries, applicability and meaning of references.
    """
    links = _links(everything, agency)
    start = frozenset(matches)
    parents = frozenset(a for a, children in links.items() if children & start)
    if references == "parents":
        return start | parents
    if references == "parentsandsiblings":
        return start | parents | _children(links, parents)
    if references == "ancestors":
        return start | parents | frozenset(a for a, c in links.items() if c & parents)
    if references == "children":
        return start | _children(links, start)
    if references == "descendants":
        return _descendants(links, start)
    if references == "all":
        return _descendants(links, start | parents | _children(links, parents))
    return start


def only(everything: Structures, wanted: frozenset[Artefact]) -> Structures:
    """The structures that are wanted."""
    ids = {(artefact.kind, artefact.id, artefact.version) for artefact in wanted}
    kinds = {artefact.kind for artefact in wanted}
    return Structures(
        tuple(f for f in everything.dataflows if ("dataflow", f.id, f.version) in ids),
        tuple(d for d in everything.datastructures if ("datastructure", d.id, d.version) in ids),
        tuple(c for c in everything.codelists if ("codelist", c.id, VERSION) in ids),
        everything.concepts if "conceptscheme" in kinds else (),
        agencies="agencyscheme" in kinds,
    )


def _links(everything: Structures, agency: str) -> dict[Artefact, frozenset[Artefact]]:
    """What each artefact refers to."""
    scheme = Artefact("conceptscheme", agency, SCHEME, VERSION)
    of_attributes = {a.codelist for a in ATTRIBUTES if a.codelist}
    links = {}
    for flow in everything.dataflows:
        structure = Artefact("datastructure", agency, f"DSD_{flow.id}", flow.version)
        links[Artefact("dataflow", agency, flow.id, flow.version)] = frozenset({structure})
    for held in everything.datastructures:
        codelists = {d.codelist for d in held.dimensions if d.codelist} | of_attributes
        children = {Artefact("codelist", agency, id_, VERSION) for id_ in codelists}
        links[Artefact("datastructure", agency, held.id, held.version)] = frozenset(
            children | {scheme}
        )
    return links


def _children(
    links: dict[Artefact, frozenset[Artefact]], of: frozenset[Artefact]
) -> frozenset[Artefact]:
    return frozenset().union(*(links.get(artefact, frozenset()) for artefact in of))


def _descendants(
    links: dict[Artefact, frozenset[Artefact]], of: frozenset[Artefact]
) -> frozenset[Artefact]:
    found = of
    while not (below := _children(links, found)) <= found:
        found |= below
    return found
