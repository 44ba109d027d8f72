"""Head and data set elements of SDMX-ML data messages, 2.1 to 3.1."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.structure import urn_of
from cauce.publish.layout import Layout
from cauce.publish.options import FLAT, Action, DataSet
from cauce.publish.urns import agreement_urn, flow_of, structure_id

BASE = "http://www.sdmx.org/resources/sdmxml/schemas/"
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REFERENCE = re.compile(r"(?P<agency>[^:]+):(?P<id>[^(]+)\((?P<version>[^)]+)\)\Z")


@dataclass(frozen=True)
class Dialect:
    """One of the SDMX-ML data messages: the version of its schemas and the root of the message.

    `merges`: 3.1 knows the action Merge, the others append.
    """

    version: str
    root: str
    generic: bool = False
    merges: bool = False

    @property
    def schemas(self) -> str:
        return f"{BASE}v{self.version.replace('.', '_')}"

    def action(self, action: Action) -> str:
        return "Append" if action == "Merge" and not self.merges else action


def quoted(text: str) -> str:
    """The text of an attribute between double quotes; what XML 1.0 cannot hold is left out."""
    return escape(NO_XML.sub("", text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def opened(dialect: Dialect, layout: Layout, action: Action) -> str:
    """The message up to its first data set.

    The structure is named by the id of the data structure, as rsdmx looks it up by; the namespace
    is the dataflow's with the dimension at the observation, as the compliance kit asks.

    Source: SDMX 2.1 and 3.0 Technical Specifications, section 3A, header; SDMXMessage.xsd.
    """
    schemas, own = dialect.schemas, namespace(layout)
    data = "data/generic" if dialect.generic else "data/structurespecific"
    spaces = {"mes": f"{schemas}/message", "com": f"{schemas}/common", "ss": f"{schemas}/{data}"}
    if not dialect.generic:
        spaces |= {"ns1": own, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    declared = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    named = "" if dialect.generic else f' namespace="{own}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<mes:{dialect.root}{declared}><mes:Header>"
        f"<mes:ID>{layout.message.id}</mes:ID><mes:Test>false</mes:Test>"
        f"<mes:Prepared>{layout.message.prepared}</mes:Prepared>"
        f'<mes:Sender id="{AGENCY}"/>'
        f'<mes:Structure structureID="{structure_id(layout.flow)}"{named}'
        f' dimensionAtObservation="{at_observation(layout)}">{_usage(dialect, layout)}'
        f"</mes:Structure><mes:DataSetAction>{dialect.action(action)}</mes:DataSetAction>"
        "</mes:Header>"
    )


def data_set(dialect: Dialect, layout: Layout, told: DataSet) -> str:
    """The start tag of a data set, which stays open for its attributes and rows."""
    prefix = "" if dialect.generic else "ss:"
    attributes = {"structureRef": structure_id(layout.flow)}
    if not dialect.generic and dialect.version == "2.1":
        attributes["dataScope"] = "DataStructure"
    attributes["action"] = dialect.action(told.action)
    attributes |= {"validFromDate": told.valid_from, "validToDate": told.valid_to}
    written = "".join(f' {prefix}{name}="{word}"' for name, word in attributes.items() if word)
    kind = "" if dialect.generic else ' xsi:type="ns1:DataSetType"'
    return f"<mes:DataSet{written}{kind}"


def closed(dialect: Dialect) -> str:
    return f"</mes:{dialect.root}>"


def namespace(layout: Layout) -> str:
    """The namespace of the schema the data of this layout fit."""
    return f"{_urn(layout)}:ObsLevelDim:{at_observation(layout)}"


def at_observation(layout: Layout) -> str:
    return FLAT if layout.place is None else layout.dimensions[layout.place].id


def _urn(layout: Layout) -> str:
    agreement = layout.options.agreement
    if agreement:
        return agreement_urn(agreement)
    return urn_of(flow_of(layout.flow))


def _usage(dialect: Dialect, layout: Layout) -> str:
    """What the data are of: the dataflow, or the agreement of a provider about it."""
    agreement = layout.options.agreement
    if dialect.version != "2.1":
        tag = "ProvisionAgreement" if agreement else "StructureUsage"
        return f"<com:{tag}>{_urn(layout)}</com:{tag}>"
    if agreement:
        # The official schema writes the element without its second e.
        return f"<com:ProvisionAgrement>{_reference(agreement)}</com:ProvisionAgrement>"
    return f"<com:StructureUsage>{_dataflow(layout.flow)}</com:StructureUsage>"


def _dataflow(flow: Dataflow) -> str:
    ref = flow_of(flow)
    return (
        f'<Ref agencyID="{ref.agency}" id="{ref.id}" version="{ref.version}"'
        ' package="datastructure" class="Dataflow"/>'
    )


def _reference(agreement: str) -> str:
    found = REFERENCE.match(agreement)
    if found is None:
        raise ValueError(f"{agreement} is not an agency, an id and a version.")
    return (
        f'<Ref agencyID="{found["agency"]}" id="{found["id"]}" version="{found["version"]}"'
        ' package="registry" class="ProvisionAgreement"/>'
    )
