"""Which artefact is meant: kinds, references and their URNs."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from cauce.model.errors import BadInput

Kind: TypeAlias = str
"""One of `KINDS`: the word SDMX REST 2.2 has for it, or that of REST 1.5 for what 3.0 dropped."""

KINDS: dict[Kind, str] = {
    "agencyscheme": "base.AgencyScheme",
    "dataproviderscheme": "base.DataProviderScheme",
    "dataconsumerscheme": "base.DataConsumerScheme",
    "metadataproviderscheme": "base.MetadataProviderScheme",
    "organisationunitscheme": "base.OrganisationUnitScheme",
    "dataflow": "datastructure.Dataflow",
    "metadataflow": "metadatastructure.Metadataflow",
    "categoryscheme": "categoryscheme.CategoryScheme",
    "categorisation": "categoryscheme.Categorisation",
    "codelist": "codelist.Codelist",
    "valuelist": "codelist.ValueList",
    "hierarchicalcodelist": "codelist.HierarchicalCodelist",
    "hierarchy": "codelist.Hierarchy",
    "hierarchyassociation": "codelist.HierarchyAssociation",
    "conceptscheme": "conceptscheme.ConceptScheme",
    "metadatastructure": "metadatastructure.MetadataStructure",
    "datastructure": "datastructure.DataStructure",
    "structureset": "mapping.StructureSet",
    "structuremap": "structuremapping.StructureMap",
    "representationmap": "structuremapping.RepresentationMap",
    "conceptschememap": "structuremapping.ConceptSchemeMap",
    "categoryschememap": "structuremapping.CategorySchemeMap",
    "organisationschememap": "structuremapping.OrganisationSchemeMap",
    "reportingtaxonomymap": "structuremapping.ReportingTaxonomyMap",
    "reportingtaxonomy": "categoryscheme.ReportingTaxonomy",
    "process": "process.Process",
    "attachmentconstraint": "registry.AttachmentConstraint",
    "dataconstraint": "registry.DataConstraint",
    "metadataconstraint": "registry.MetadataConstraint",
    "provisionagreement": "registry.ProvisionAgreement",
    "metadataprovisionagreement": "registry.MetadataProvisionAgreement",
}
"""By kind, package and class in URNs of SDMX 3.0; kinds of 2.1 alone have those of 2.1."""

OLD_CLASSES: dict[Kind, str] = {"dataconstraint": "registry.ContentConstraint"}
"""Where SDMX 2.1 has another class for the same thing."""

ITEMS: dict[Kind, str] = {
    "agencyscheme": "base.Agency",
    "dataproviderscheme": "base.DataProvider",
    "dataconsumerscheme": "base.DataConsumer",
    "metadataproviderscheme": "base.MetadataProvider",
    "organisationunitscheme": "base.OrganisationUnit",
    "categoryscheme": "categoryscheme.Category",
    "reportingtaxonomy": "categoryscheme.ReportingCategory",
    "codelist": "codelist.Code",
    "valuelist": "codelist.ValueItem",
    "conceptscheme": "conceptscheme.Concept",
    "hierarchicalcodelist": "codelist.Hierarchy",
    "hierarchy": "codelist.HierarchicalCode",
    "process": "process.ProcessStep",
    "datastructure": "datastructure.Dimension",
    "metadatastructure": "metadatastructure.MetadataAttribute",
    "structureset": "mapping.StructureMap",
}
"""By kind, package and class of what it is made of, where its URN names no other class."""

ORGANISATIONS: tuple[Kind, ...] = (
    "agencyscheme",
    "dataproviderscheme",
    "dataconsumerscheme",
    "metadataproviderscheme",
    "organisationunitscheme",
)
"""What REST 1.5 calls organisationscheme."""

SCHEMES: tuple[Kind, ...] = (
    *ORGANISATIONS,
    "categoryscheme",
    "reportingtaxonomy",
    "codelist",
    "valuelist",
    "conceptscheme",
)
"""Kinds whose body is `Items`: they may be asked for, and cut down, item by item."""

URN = re.compile(
    r"urn:sdmx:org\.sdmx\.infomodel\.([a-z]+)\.([A-Za-z]+)="
    r"([^:()\s]+):([^:()\s]+)\(([^()\s]+)\)(?:\.(\S+))?"
)


@dataclass(frozen=True, order=True)
class Ref:
    """An artefact, or an item in it, by its identity.

    `version` may hold wildcards of SDMX 3.0, such as `1.0+`. `item` is the id of an item, with the
    ids above it and dots between where items nest. `part` is package and class of the item where
    they are not those of `ITEMS`: `datastructure.MeasureDimension`.
    """

    kind: Kind
    agency: str
    id: str
    version: str
    item: str = ""
    part: str = ""


def urn_of(ref: Ref, old: bool = False) -> str:
    """The URN of a reference; `old` gives the classes of SDMX 2.1."""
    own = OLD_CLASSES.get(ref.kind, KINDS[ref.kind]) if old else KINDS[ref.kind]
    named = (ref.part or ITEMS[ref.kind]) if ref.item else own
    tail = f".{ref.item}" if ref.item else ""
    return f"urn:sdmx:org.sdmx.infomodel.{named}={ref.agency}:{ref.id}({ref.version}){tail}"


def ref_of(urn: str) -> Ref:
    """The reference a URN is.

    Raises:
        BadInput: it is no URN of SDMX, or of a kind the house does not hold.
    """
    found = URN.fullmatch(urn.strip())
    if not found:
        raise BadInput(
            f"{urn[:120]} is no URN of an SDMX artefact. Write it as "
            "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=AGENCY:ID(1.0)."
        )
    package, named, agency, id_, version, item = found.groups(default="")
    return ref_by_class(f"{package}.{named}", Ref("", agency, id_, version, item))


def ref_by_class(named: str, told: Ref) -> Ref:
    """What is told of a reference, with the kind that package and class make it.

    Raises:
        BadInput: the house holds no such class.
    """
    table = WITH_ITEMS if told.item else WITHOUT_ITEMS
    if named not in table:
        raise BadInput(
            f"{named[:60]} is no class of SDMX that Cauce holds: see docs/reference/sdmx.md."
        )
    kind = table[named]
    part = named if told.item and ITEMS[kind] != named else ""
    return Ref(kind, told.agency, told.id, told.version, told.item, part)


WITHOUT_ITEMS = {named: kind for table in (KINDS, OLD_CLASSES) for kind, named in table.items()}
WITH_ITEMS = {named: kind for kind, named in ITEMS.items()} | {
    "datastructure.TimeDimension": "datastructure",
    "datastructure.MeasureDimension": "datastructure",
    "datastructure.PrimaryMeasure": "datastructure",
    "datastructure.Measure": "datastructure",
    "datastructure.DataAttribute": "datastructure",
    "datastructure.GroupDimensionDescriptor": "datastructure",
    "metadatastructure.ReportStructure": "metadatastructure",
    "metadatastructure.MetadataTarget": "metadatastructure",
    "mapping.CodelistMap": "structureset",
    "mapping.ConceptSchemeMap": "structureset",
    "mapping.CategorySchemeMap": "structureset",
    "mapping.OrganisationSchemeMap": "structureset",
    "mapping.ReportingTaxonomyMap": "structureset",
    "codelist.Level": "hierarchy",
}
