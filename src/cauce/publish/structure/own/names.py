"""What our artefacts are called."""

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.structure import Kind, Ref
from cauce.model.text import LANGUAGES, Text, Words
from cauce.publish.urns import flow_of

VERSION = "1.0"
"""Of what dataflows share; a data structure has the version of its dataflow."""
CONCEPTS = Ref("conceptscheme", AGENCY, "CS_CAUCE", VERSION)
AGENCIES = Ref("agencyscheme", "SDMX", "AGENCIES", VERSION)
THEMES = Ref("categoryscheme", AGENCY, "THEMES", VERSION)
CONCEPTS_NAME = Text("Concepts of Cauce", "Conceptos de Cauce")
AGENCIES_NAME = Text("Agencies", "Agencias")
AGENCY_NAME = Text("Cauce, labour migration statistics", "Cauce, estadísticas de migración laboral")
THEMES_NAME = Text("Themes of the catalogue", "Temas del catálogo")


def words(text: Text) -> Words:
    return tuple((language, text.of(language)) for language in LANGUAGES)


def concept(id_: str) -> Ref:
    return Ref(CONCEPTS.kind, CONCEPTS.agency, CONCEPTS.id, VERSION, id_)


def codelist(id_: str) -> Ref:
    return Ref("codelist", AGENCY, id_, VERSION)


def dataflow(flow: Dataflow) -> Ref:
    """The dataflow, ours or as its own agency has it."""
    return flow_of(flow)


def about(flow: Dataflow, kind: Kind, prefix: str) -> Ref:
    """An artefact that a dataflow has for itself: `DSD_…`, `CTG_…`."""
    return Ref(kind, AGENCY, f"{prefix}_{flow.id}", flow.version)
