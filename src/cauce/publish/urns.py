"""SDMX URNs of our artefacts."""

from cauce.model.dataflow import AGENCY

CLASSES = {
    "dataflow": "datastructure.Dataflow",
    "datastructure": "datastructure.DataStructure",
    "codelist": "codelist.Codelist",
    "code": "codelist.Code",
    "conceptscheme": "conceptscheme.ConceptScheme",
    "concept": "conceptscheme.Concept",
    "agencyscheme": "base.AgencyScheme",
    "agency": "base.Agency",
}


def urn(kind: str, id_: str, version: str, item: str = "", agency: str = AGENCY) -> str:
    """The URN of an artefact, or of an item in it."""
    tail = f".{item}" if item else ""
    return f"urn:sdmx:org.sdmx.infomodel.{CLASSES[kind]}={agency}:{id_}({version}){tail}"
