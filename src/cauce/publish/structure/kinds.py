"""Which kinds of artefacts each version has, and under which names messages hold them.

A message of a version leaves out what the version does not have: a hierarchical codelist is no
hierarchy of SDMX 3.0, and a structure map of 3.0 is no structure set.
"""

from dataclasses import dataclass

from cauce.model.structure import Kind


@dataclass(frozen=True)
class Names:
    """What a kind is called: its element and the wrapper of it, and its list in SDMX-JSON.

    `old_wrapper` is that of SDMX-ML 2.1, "" where 2.1 has no such kind; `wrapper` that of 3.0 and
    3.1, "" where they have none. `item` is the element of its items; `items` their list in JSON.
    """

    element: str
    wrapper: str
    old_wrapper: str
    json: str
    old_json: str
    item: str = ""
    items: str = ""
    old_element: str = ""


def _names(
    element: str,
    wrapper: str,
    old_wrapper: str = "",
    item: tuple[str, str] = ("", ""),
    old_element: str = "",
) -> Names:
    json = wrapper[:1].lower() + wrapper[1:]
    old_json = f"{old_element[:1].lower()}{old_element[1:]}s" if old_element else json
    return Names(
        element, wrapper, old_wrapper, json, old_json if old_wrapper else "", *item, old_element
    )


NAMES: dict[Kind, Names] = {
    "agencyscheme": _names(
        "AgencyScheme", "AgencySchemes", "OrganisationSchemes", ("Agency", "agencies")
    ),
    "dataconsumerscheme": _names(
        "DataConsumerScheme",
        "DataConsumerSchemes",
        "OrganisationSchemes",
        ("DataConsumer", "dataConsumers"),
    ),
    "dataproviderscheme": _names(
        "DataProviderScheme",
        "DataProviderSchemes",
        "OrganisationSchemes",
        ("DataProvider", "dataProviders"),
    ),
    "metadataproviderscheme": _names(
        "MetadataProviderScheme",
        "MetadataProviderSchemes",
        item=("MetadataProvider", "metadataProviders"),
    ),
    "organisationunitscheme": _names(
        "OrganisationUnitScheme",
        "OrganisationUnitSchemes",
        "OrganisationSchemes",
        ("OrganisationUnit", "organisationUnits"),
    ),
    "dataflow": _names("Dataflow", "Dataflows", "Dataflows"),
    "metadataflow": _names("Metadataflow", "Metadataflows", "Metadataflows"),
    "categoryscheme": _names(
        "CategoryScheme", "CategorySchemes", "CategorySchemes", ("Category", "categories")
    ),
    "categorisation": _names("Categorisation", "Categorisations", "Categorisations"),
    "codelist": _names("Codelist", "Codelists", "Codelists", ("Code", "codes")),
    "valuelist": _names("ValueList", "ValueLists", item=("ValueItem", "valueItems")),
    "hierarchicalcodelist": Names(
        "HierarchicalCodelist", "", "HierarchicalCodelists", "", "hierarchicalCodelists"
    ),
    "hierarchy": _names("Hierarchy", "Hierarchies"),
    "hierarchyassociation": _names("HierarchyAssociation", "HierarchyAssociations"),
    "conceptscheme": _names("ConceptScheme", "ConceptSchemes", "Concepts", ("Concept", "concepts")),
    "metadatastructure": _names("MetadataStructure", "MetadataStructures", "MetadataStructures"),
    "datastructure": _names("DataStructure", "DataStructures", "DataStructures"),
    "structureset": Names("StructureSet", "", "StructureSets", "", "structureSets"),
    "structuremap": _names("StructureMap", "StructureMaps"),
    "representationmap": _names("RepresentationMap", "RepresentationMaps"),
    "conceptschememap": _names("ConceptSchemeMap", "ConceptSchemeMaps"),
    "categoryschememap": _names("CategorySchemeMap", "CategorySchemeMaps"),
    "organisationschememap": _names("OrganisationSchemeMap", "OrganisationSchemeMaps"),
    "reportingtaxonomymap": _names("ReportingTaxonomyMap", "ReportingTaxonomyMaps"),
    "reportingtaxonomy": _names(
        "ReportingTaxonomy",
        "ReportingTaxonomies",
        "ReportingTaxonomies",
        ("ReportingCategory", "reportingCategories"),
    ),
    "process": _names("Process", "Processes", "Processes"),
    "attachmentconstraint": Names(
        "AttachmentConstraint", "", "Constraints", "", "attachmentConstraints"
    ),
    "dataconstraint": _names(
        "DataConstraint", "DataConstraints", "Constraints", old_element="ContentConstraint"
    ),
    "metadataconstraint": _names("MetadataConstraint", "MetadataConstraints"),
    "provisionagreement": _names(
        "ProvisionAgreement", "ProvisionAgreements", "ProvisionAgreements"
    ),
    "metadataprovisionagreement": _names(
        "MetadataProvisionAgreement", "MetadataProvisionAgreements"
    ),
}
"""By kind, in the order of SDMX-ML 2.1."""


def held(kind: Kind, old: bool) -> bool:
    """Whether SDMX 2.1 (`old`) or SDMX 3 has the kind."""
    return bool(NAMES[kind].old_wrapper if old else NAMES[kind].wrapper)


def lists_of(old: bool) -> tuple[Kind, ...]:
    """The kinds whose items a component may take as its codes.

    2.1 has no value lists; 3 has no dimension that lists measures, which are concepts.
    """
    return ("codelist", "conceptscheme") if old else ("codelist", "valuelist")
