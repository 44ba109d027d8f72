"""The structures behind our dataflows: codelists, concepts, data structures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.text import Text
from cauce.publish.codelists import CONF_STATUS, OBS_STATUS, RELIABILITY, unit_name
from cauce.publish.components import ATTRIBUTES, INDICATOR, TIME, VALUE, VALUE_NAME

SCHEME = "CS_CAUCE"
SCHEME_NAME = Text("Concepts of Cauce", "Conceptos de Cauce")
AGENCY_NAME = Text("Cauce, labour migration statistics", "Cauce, estadísticas de migración laboral")
VERSION = "1.0"
"""Of codelists and the concept scheme; a data structure has the version of its dataflow."""

GIVEN = {"FREQ": "CL_FREQ", "REF_AREA": "CL_AREA"}


@dataclass(frozen=True)
class Component:
    """A dimension of a data structure: its concept and, unless it is time, its codelist."""

    id: str
    name: Text
    concept: str
    codelist: str


@dataclass(frozen=True)
class DataStructure:
    """The data structure of one dataflow; all have the attributes `ATTRIBUTES`."""

    id: str
    flow: str
    version: str
    name: Text
    dimensions: tuple[Component, ...]


@dataclass(frozen=True)
class Structures:
    """Structures of some dataflows; `agencies` says that the agency scheme is among them."""

    dataflows: tuple[Dataflow, ...] = ()
    datastructures: tuple[DataStructure, ...] = ()
    codelists: tuple[Codelist, ...] = ()
    concepts: tuple[Code, ...] = ()
    agencies: bool = False


@dataclass
class _Shelf:
    """Codelists and concepts while they are gathered from one dataflow after another."""

    codelists: dict[str, Codelist]
    concepts: dict[str, Code]


def structures(flows: Sequence[Dataflow]) -> Structures:
    """All structures of these dataflows.

    Dataflows that name the same codelist share one, with the codes of all. Where the same code has
    other words, the later dataflow (by id) gets a codelist of its own; so do concepts.
    """
    ordered = tuple(sorted(flows, key=lambda flow: flow.id))
    shelf = _Shelf({c.id: c for c in (OBS_STATUS, CONF_STATUS, RELIABILITY)}, {})
    for attribute in ATTRIBUTES:
        shelf.concepts[attribute.id] = Code(attribute.id, attribute.name)
    shelf.concepts[VALUE] = Code(VALUE, VALUE_NAME)
    datastructures = tuple(_datastructure(flow, shelf) for flow in ordered)
    units = sorted({indicator.unit for flow in ordered for indicator in flow.indicators})
    unit_codes = tuple(Code(unit, unit_name(unit)) for unit in units)
    shelf.codelists["CL_UNIT"] = Codelist(
        "CL_UNIT", Text("Units of measure", "Unidades de medida"), unit_codes
    )
    return Structures(
        ordered,
        datastructures,
        tuple(shelf.codelists[id_] for id_ in sorted(shelf.codelists)),
        tuple(shelf.concepts[id_] for id_ in sorted(shelf.concepts)),
        agencies=True,
    )


def lint(flows: Sequence[Dataflow]) -> tuple[str, ...]:
    """Sentences about codelists and concepts that dataflows name alike and word differently."""
    found = []
    for structure in structures(flows).datastructures:
        flow = next(flow for flow in flows if flow.id == structure.flow)
        for component, dimension in zip(structure.dimensions, flow.dimensions, strict=True):
            wanted = _codelist_id(flow, dimension)
            if component.codelist != wanted:
                found.append(
                    f"{flow.id} words a code of {wanted} unlike another dataflow. It is published "
                    f"as {component.codelist}; give the list an id of its own in the pack."
                )
            if component.concept != dimension.id:
                found.append(
                    f"{flow.id} names the dimension {dimension.id} unlike another dataflow. Its "
                    f"concept is published as {component.concept}; agree on one name."
                )
    return tuple(found)


def codelist_of(flow: Dataflow, dimension: Dimension) -> Codelist:
    """The codelist of a dimension as its dataflow alone tells it, with the codes above its own."""
    codes = (*dimension.codes, *dimension.groups)
    return Codelist(_codelist_id(flow, dimension), dimension.name, codes)


def _codelist_id(flow: Dataflow, dimension: Dimension) -> str:
    if dimension.id == TIME:
        return ""
    if dimension.id == INDICATOR:
        return f"CL_INDICATOR_{flow.id}"
    return GIVEN.get(dimension.id) or dimension.codelist or f"CL_{dimension.id}"


def _datastructure(flow: Dataflow, shelf: _Shelf) -> DataStructure:
    components = []
    for dimension in flow.dimensions:
        concept = _shelve_concept(flow, dimension, shelf)
        codelist = "" if dimension.id == TIME else _shelve_codelist(flow, dimension, shelf)
        components.append(Component(dimension.id, dimension.name, concept, codelist))
    return DataStructure(f"DSD_{flow.id}", flow.id, flow.version, flow.name, tuple(components))


def _shelve_concept(flow: Dataflow, dimension: Dimension, shelf: _Shelf) -> str:
    known = shelf.concepts.setdefault(dimension.id, Code(dimension.id, dimension.name))
    if known.name == dimension.name:
        return dimension.id
    own = f"{dimension.id}_{flow.id}"
    shelf.concepts[own] = Code(own, dimension.name)
    return own


def _shelve_codelist(flow: Dataflow, dimension: Dimension, shelf: _Shelf) -> str:
    wanted = codelist_of(flow, dimension)
    known = shelf.codelists.get(wanted.id, wanted)
    names = {code.id: code.name for code in known.codes}
    if any(names.get(code.id, code.name) != code.name for code in wanted.codes):
        own = f"{wanted.id}_{flow.id}"
        shelf.codelists[own] = Codelist(own, wanted.name, wanted.codes)
        return own
    new = tuple(code for code in wanted.codes if code.id not in names)
    parents = {code.id: code.parent for code in wanted.codes}
    # A vintage of before hierarchies were kept says of no code what stands above it.
    told = tuple(replace(c, parent=c.parent or parents.get(c.id, "")) for c in known.codes)
    shelf.codelists[wanted.id] = Codelist(known.id, known.name, told + new)
    return wanted.id
