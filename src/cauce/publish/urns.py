"""SDMX URNs of our artefacts."""

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.structure import Ref, urn_of

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


def flow_of(flow: Dataflow) -> Ref:
    """Which artefact a dataflow is: ours, or the one its own agency has."""
    return flow.foreign.flow if flow.foreign else Ref("dataflow", AGENCY, flow.id, flow.version)


def structure_of(flow: Dataflow) -> Ref:
    """The data structure behind a dataflow."""
    if flow.foreign:
        return flow.foreign.structure
    return Ref("datastructure", AGENCY, f"DSD_{flow.id}", flow.version)


def dataflow_ref(flow: Dataflow) -> str:
    """A dataflow by its agency, id and version, as CSV and URNs have it."""
    ref = flow_of(flow)
    return f"{ref.agency}:{ref.id}({ref.version})"


def structure_id(flow: Dataflow) -> str:
    """The id of the data structure behind a dataflow."""
    return structure_of(flow).id


def agreement_urn(agreement: str) -> str:
    """The URN of a provision agreement told as AGENCY:ID(VERSION)."""
    return f"urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement={agreement}"


def message_link(flow: Dataflow, agreement: str) -> dict[str, str]:
    """What an SDMX-JSON message is of: the dataflow, or the agreement of a provider about it."""
    if agreement:
        return {"rel": "provisionagreement", "urn": agreement_urn(agreement)}
    return {"rel": "dataflow", "urn": urn_of(flow_of(flow))}
