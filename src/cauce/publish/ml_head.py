"""Head and data set elements of SDMX-ML data messages, 2.1 to 3.1."""

import re
from collections.abc import Sequence
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


@dataclass(frozen=True)
class Head:
    """What stands around the rows of a message: its header, and the tags of its data sets.

    `layouts` are those of its dataflows, each once. A structure is named by the id of the data
    structure, as rsdmx looks it up by, with a number where several dataflows have the same; the
    namespace is the dataflow's with the dimension at the observation, as the compliance kit asks.

    Source: SDMX 2.1 and 3.0 Technical Specifications, section 3A, header; SDMXMessage.xsd.
    """

    dialect: Dialect
    layouts: tuple[Layout, ...]

    @classmethod
    def of(cls, dialect: Dialect, layouts: Sequence[Layout]) -> "Head":
        return cls(dialect, tuple({_urn(layout): layout for layout in layouts}.values()))

    def opened(self, sets: Sequence[DataSet]) -> str:
        """The message up to its first data set."""
        dialect, message = self.dialect, self.layouts[0].message
        declared = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in self._spaces().items())
        actions = dict.fromkeys(dialect.action(told.action) for told in sets)
        action = next(iter(actions)) if len(actions) == 1 else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<mes:{dialect.root}{declared}><mes:Header>"
            f"<mes:ID>{message.id}</mes:ID><mes:Test>false</mes:Test>"
            f"<mes:Prepared>{message.prepared}</mes:Prepared>"
            f'<mes:Sender id="{AGENCY}"/>'
            + "".join(map(self._structure, self.layouts))
            + (f"<mes:DataSetAction>{action}</mes:DataSetAction>" if action else "")
            + "</mes:Header>"
        )

    def data_set(self, layout: Layout, told: DataSet) -> str:
        """The start tag of a data set, which stays open for its attributes and rows."""
        generic, action = self.dialect.generic, self.dialect.action(told.action)
        attributes = {"structureRef": self._name(layout)}
        if not generic and self.dialect.version == "2.1":
            attributes["dataScope"] = "DataStructure"
        attributes |= {"action": action}
        attributes |= {"validFromDate": told.valid_from, "validToDate": told.valid_to}
        prefix = "" if generic else "ss:"
        written = "".join(f' {prefix}{name}="{word}"' for name, word in attributes.items() if word)
        kind = "" if generic else f' xsi:type="ns{self._place(layout)}:DataSetType"'
        return f"<mes:DataSet{written}{kind}"

    @property
    def closed(self) -> str:
        return f"</mes:{self.dialect.root}>"

    def _spaces(self) -> dict[str, str]:
        schemas = self.dialect.schemas
        spaces = {"mes": f"{schemas}/message", "com": f"{schemas}/common"}
        if self.dialect.generic:
            return spaces | {"gen": f"{schemas}/data/generic"}
        own = {f"ns{at}": namespace(layout) for at, layout in enumerate(self.layouts, 1)}
        specific = {"ss": f"{schemas}/data/structurespecific", **own}
        return spaces | specific | {"xsi": "http://www.w3.org/2001/XMLSchema-instance"}

    def _structure(self, layout: Layout) -> str:
        named = "" if self.dialect.generic else f' namespace="{namespace(layout)}"'
        return (
            f'<mes:Structure structureID="{self._name(layout)}"{named}'
            f' dimensionAtObservation="{at_observation(layout)}">{_usage(self.dialect, layout)}'
            "</mes:Structure>"
        )

    def _place(self, layout: Layout) -> int:
        """Which of the dataflows a layout is of, from 1."""
        return [_urn(one) for one in self.layouts].index(_urn(layout)) + 1

    def _name(self, layout: Layout) -> str:
        place, own = self._place(layout), structure_id(layout.flow)
        before = [structure_id(one.flow) for one in self.layouts[: place - 1]]
        return f"{own}_{place}" if own in before else own


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
