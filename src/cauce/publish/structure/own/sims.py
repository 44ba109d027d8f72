"""The structure of our reference metadata: SIMS as concepts, a metadata structure, a metadataflow.

Source: as `publish.sims`; SDMX 3.0 and 2.1 information models, metadata structures.
"""

from cauce.model.dataflow import AGENCY
from cauce.model.structure import (
    Artefact,
    Component,
    Format,
    Item,
    Items,
    MetadataStructure,
    Ref,
    Report,
    Representation,
    Target,
    Usage,
)
from cauce.model.text import Text
from cauce.publish.sims import CONCEPTS, EDITION
from cauce.publish.structure.own.names import VERSION, words

SCHEME = Ref("conceptscheme", AGENCY, "CS_SIMS", VERSION)
STRUCTURE = Ref("metadatastructure", AGENCY, "MSD_SIMS", VERSION)
METADATAFLOW = Ref("metadataflow", AGENCY, "MDF_SIMS", VERSION)
REPORT, TARGET = "SIMS", "DATAFLOW"
"""The report and its target, as SDMX 2.1 names them."""
ABOUT = f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={AGENCY}:*(*)"
SCHEME_NAME = Text("Concepts of SIMS 2.0", "Conceptos de SIMS 2.0")
STRUCTURE_NAME = Text("Quality report by SIMS 2.0", "Informe de calidad según SIMS 2.0")
FLOW_NAME = Text("Quality reports of dataflows", "Informes de calidad de los flujos de datos")


def attribute_id(code: str) -> str:
    """The id of a concept in SDMX, where an id has no point: S.13 is S13."""
    return code.replace(".", "")


def sims_artefacts() -> tuple[Artefact, ...]:
    """They refer to each other and to no dataflow: what is about one names it by a wildcard."""
    items = tuple(
        Item(attribute_id(code), words(name), (("en", f"{code}. {EDITION}"),))
        for code, name in CONCEPTS
    )
    report = Report(REPORT, tuple(_attribute(code) for code, _ in CONCEPTS), (TARGET,))
    structure = MetadataStructure((report,), (Target(TARGET, ((TARGET, "Dataflow"),)),))
    return (
        Artefact(SCHEME, words(SCHEME_NAME), body=Items(items)),
        Artefact(STRUCTURE, words(STRUCTURE_NAME), body=structure),
        Artefact(METADATAFLOW, words(FLOW_NAME), body=Usage(STRUCTURE, (ABOUT,))),
    )


def _attribute(code: str) -> Component:
    """What is not known is reported empty, so that no concept is mandatory."""
    id_ = attribute_id(code)
    concept = Ref(SCHEME.kind, SCHEME.agency, SCHEME.id, SCHEME.version, id_)
    shape = Representation(None, Format("String", (("isMultiLingual", "true"),)))
    return Component(id_, "metadata", concept, shape, least="0", most="1")
