"""A structure message as artefacts: what each is, and what was left out because nobody holds it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.structure import Artefact, Body, Ref
from cauce.model.structure.urn import URN
from cauce.sources.structures import bindings, mappings, schemes
from cauce.sources.structures.components import data_structure, metadata_structure
from cauce.sources.structures.parts import FIRST, annotations, texts
from cauce.sources.structures.tree import Node, tree, version_of

TRUE = ("true", "1")
READERS: dict[str, tuple[str, Callable[[Node], Body]]] = {
    **schemes.READERS,
    "DataStructure": ("datastructure", data_structure),
    "MetadataStructure": ("metadatastructure", metadata_structure),
    "Dataflow": ("dataflow", bindings.dataflow),
    "Metadataflow": ("metadataflow", bindings.metadataflow),
    "Categorisation": ("categorisation", bindings.categorisation),
    "ProvisionAgreement": ("provisionagreement", bindings.agreement),
    "MetadataProvisionAgreement": ("metadataprovisionagreement", bindings.metadata_agreement),
    "HierarchyAssociation": ("hierarchyassociation", bindings.association),
    "AttachmentConstraint": ("attachmentconstraint", bindings.constraint),
    "ContentConstraint": ("dataconstraint", bindings.constraint),
    "DataConstraint": ("dataconstraint", bindings.constraint),
    "MetadataConstraint": ("metadataconstraint", bindings.constraint),
    "HierarchicalCodelist": ("hierarchicalcodelist", bindings.hierarchies),
    "Hierarchy": ("hierarchy", bindings.hierarchy),
    "StructureSet": ("structureset", mappings.structure_set),
    "StructureMap": ("structuremap", mappings.structure_map),
    "RepresentationMap": ("representationmap", mappings.representation_map),
    "ConceptSchemeMap": ("conceptschememap", mappings.item_map),
    "CategorySchemeMap": ("categoryschememap", mappings.item_map),
    "OrganisationSchemeMap": ("organisationschememap", mappings.item_map),
    "ReportingTaxonomyMap": ("reportingtaxonomymap", mappings.item_map),
    "Process": ("process", mappings.process),
}
"""What each maintainable element is, and who reads what it holds."""


def artefacts(path: Path) -> tuple[list[Artefact], Counter[str]]:
    """All artefacts of a message in its order, and how many there were of elements nobody holds.

    Raises:
        BadInput: as `tree` does; an artefact stands twice or has no identity; a part is missing or
            refers to nothing. The line is named.
    """
    root = tree(path)
    held = root.one("Structures")
    if held is None:
        raise BadInput(f"line {root.line}: the message has no <Structures>.")
    found: dict[Ref, Artefact] = {}
    left: Counter[str] = Counter()
    semantic = version_of(root) != "2.1"
    for node in (each for shelf in held.nodes for each in shelf.nodes):
        if node.name not in READERS:
            left[node.name] += 1
            continue
        if node.one("CodelistExtension"):
            left["CodelistExtension"] += 1
        made = _artefact(node, semantic)
        if made.ref in found:
            raise BadInput(
                f"line {node.line}: {made.ref.agency}:{made.ref.id}({made.ref.version}) of kind "
                f"{made.ref.kind} stands twice in the message."
            )
        found[made.ref] = made
    if not found:
        raise BadInput(f"line {held.line}: the message has no artefact that Cauce holds.")
    return list(found.values()), left


def _artefact(node: Node, semantic: bool) -> Artefact:
    kind, read = READERS[node.name]
    version = node.words.get("version") or FIRST
    ref = Ref(kind, node.word("agencyID"), node.word("id"), version)
    if not URN.fullmatch(f"urn:sdmx:org.sdmx.infomodel.a.A={ref.agency}:{ref.id}({ref.version})"):
        raise BadInput(f"line {node.line}: {ref.agency}:{ref.id}({ref.version}) is no identity.")
    external = node.words.get("isExternalReference", "") in TRUE
    stable = semantic and "-" not in version
    return Artefact(
        ref=ref,
        names=texts(node, "Name"),
        descriptions=texts(node, "Description"),
        body=None if external else read(node),
        annotations=annotations(node),
        final=stable or node.words.get("isFinal", "") in TRUE,
        valid_from=node.words.get("validFrom", ""),
        valid_to=node.words.get("validTo", ""),
        external=external,
        structure_url=node.words.get("structureURL", ""),
        service_url=node.words.get("serviceURL", ""),
    )
