"""What a structure message says of one dataflow: its components, each with its codes and words."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.declare.words import listed
from cauce.model.codelist import Code
from cauce.model.dataflow import AGENCY
from cauce.model.errors import BadInput
from cauce.model.foreign import Attached
from cauce.model.structure import (
    Agreement,
    Artefact,
    Component,
    DataStructure,
    Item,
    Items,
    Ref,
    Usage,
)
from cauce.model.text import Text, Words

Artefacts = Mapping[Ref, Artefact]
OBS_VALUE = "OBS_VALUE"
NUMERIC = frozenset(
    {
        "",
        "BigInteger",
        "Count",
        "Decimal",
        "Double",
        "ExclusiveValueRange",
        "Float",
        "InclusiveValueRange",
        "Incremental",
        "Integer",
        "Long",
        "Numeric",
        "Short",
    }
)
"""The SDMX data types of a measure that is a number; "" is none of its own."""


@dataclass(frozen=True)
class HeldComponent:
    """A component with its words, and its codes by id if it is coded; `listed_in` names the list.

    An attribute depends on `dimensions` at the level series; `group` names its group, if any.
    """

    id: str
    name: Text
    codes: Mapping[str, Code] | None
    listed_in: str = ""
    level: Attached = "observation"
    type: str = "String"
    dimensions: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Held:
    """A dataflow with the components of its structure; time is not among the dimensions."""

    flow: Ref
    structure: Ref
    name: Text
    about: Text
    agency: Text
    dimensions: tuple[HeldComponent, ...]
    time: HeldComponent
    measure: str
    attributes: tuple[HeldComponent, ...]

    @property
    def components(self) -> dict[str, HeldComponent]:
        """All components whose values are words."""
        return {each.id: each for each in (*self.dimensions, self.time, *self.attributes)}


def flow_of(named: str, context: str, artefacts: Artefacts) -> Ref:
    """The dataflow that data say they are of.

    Args:
        named: AGENCY:ID(VERSION), without the version where they do not say; "" for nothing.
        context: dataflow, datastructure or provisionagreement; "" where the format does not say.

    Raises:
        BadInput: the message has none of that name or version, or more than one.
    """
    flows = {ref: each for ref, each in artefacts.items() if ref.kind == "dataflow"}
    if not flows:
        raise BadInput("the message of structures has no dataflow, and data are of one.")
    if not named:
        return _only(list(flows), "no dataflow", flows)
    found = [ref for ref in artefacts if _fits(ref, named)]
    direct = [ref for ref in found if ref.kind == "dataflow"]
    if direct and context in ("", "dataflow"):
        return _only(direct, named, flows)
    structures = [ref for ref in found if ref.kind == "datastructure"]
    agreements = [ref for ref in found if ref.kind == "provisionagreement"]
    bodies = [artefacts[ref].body for ref in agreements]
    usages = {body.usage for body in bodies if isinstance(body, Agreement)}
    along = [
        ref
        for ref, each in flows.items()
        if ref in usages or (isinstance(each.body, Usage) and each.body.structure in structures)
    ]
    return _only(along, named, flows)


def _fits(ref: Ref, named: str) -> bool:
    whole = f"{ref.agency}:{ref.id}({ref.version})"
    return named in (whole, whole.partition("(")[0], ref.id)


def _only(found: list[Ref], named: str, flows: Mapping[Ref, Artefact]) -> Ref:
    if len(found) == 1:
        return found[0]
    have = listed(f"{ref.agency}:{ref.id}({ref.version})" for ref in list(flows)[:20])
    which = "several of its" if found else "no such"
    raise BadInput(
        f"the data are of {named[:120]}, and the message of structures has {which} dataflow. It "
        f"has: {have}."
    )


def held_flow(ref: Ref, artefacts: Artefacts) -> Held:
    """What the message says of a dataflow.

    Raises:
        BadInput: its structure, a concept's scheme or a code list is not in the message; it has no
            time, no measure or several; the dataflow is one of our own.
    """
    if ref.agency == AGENCY:
        raise BadInput(f"{ref.id} is of the agency {AGENCY}, which is this house: nobody loads it.")
    flow = artefacts[ref]
    structure = flow.body.structure if isinstance(flow.body, Usage) else None
    if structure is None:
        raise BadInput(f"{_name(ref)} does not say which data structure it follows.")
    found = _there(structure, artefacts, f"the dataflow {_name(ref)}")
    if not isinstance(found.body, DataStructure):
        raise BadInput(f"{_name(structure)} is not whole: its components are missing.")
    body = found.body
    times = [each for each in body.dimensions if each.role == "time"]
    if len(times) != 1:
        raise BadInput(
            f"{_name(structure)} has no time dimension. Cauce keeps tables by their periods: add "
            "one, or ask the agency for the table by period."
        )
    return Held(
        flow=ref,
        structure=structure,
        name=text_of(flow.names, ref.id),
        about=text_of(flow.descriptions or flow.names, ref.id),
        agency=_agency(ref.agency, artefacts),
        dimensions=tuple(
            _component(each, body, artefacts) for each in body.dimensions if each.role != "time"
        ),
        time=_component(times[0], body, artefacts),
        measure=_measure(body, structure),
        attributes=tuple(_component(each, body, artefacts) for each in body.attributes),
    )


def _measure(body: DataStructure, structure: Ref) -> str:
    if len(body.measures) > 1:
        raise BadInput(
            f"{_name(structure)} has {len(body.measures)} measures; Cauce keeps one number an "
            "observation. Ask the agency for them as a dimension."
        )
    if not body.measures:
        return OBS_VALUE
    [measure] = body.measures
    held = measure.representation
    kind = held.format.type if held and held.format else ""
    if kind not in NUMERIC or (held and held.enumeration):
        raise BadInput(
            f"{_name(structure)}: the measure {measure.id} is no number ({kind or 'coded'})."
        )
    return measure.id


def _component(component: Component, body: DataStructure, artefacts: Artefacts) -> HeldComponent:
    scheme = artefacts.get(_whole(component.concept))
    concept = _item(scheme, component.concept.item)
    held = component.representation or (concept.core if concept else None)
    codes, name = None, ""
    if held and held.enumeration and component.role != "time":
        found = _there(held.enumeration, artefacts, f"{component.id}")
        codes, name = _codes(found), _name(held.enumeration)
    level, dimensions, group = _attached(component, body)
    return HeldComponent(
        id=component.id,
        name=text_of(concept.names if concept else (), component.id),
        codes=codes,
        listed_in=name,
        level=level,
        type=(held.format.type if held and held.format else "") or "String",
        dimensions=dimensions,
        group=group,
    )


def _attached(component: Component, body: DataStructure) -> tuple[Attached, tuple[str, ...], str]:
    """The level of an attribute, the dimensions it depends on, and its group."""
    told = component.relationship
    if told is None or told.level == "observation":
        return "observation", (), ""
    if told.level == "dataset":
        return "dataset", (), ""
    if told.level == "dimensions":
        own = {each.id for each in body.dimensions if each.role == "time"}
        if own & set(told.dimensions):
            return "observation", (), ""
        return "series", told.dimensions, ""
    group = next((each for each in body.groups if each.id == told.group), None)
    if group is None:
        raise BadInput(f"{component.id} is attached to a group that is not there: {told.group}.")
    return "series", group.dimensions, group.id


def _codes(artefact: Artefact) -> dict[str, Code]:
    """The codes of a list by their ids; what stands above a code is one of them, or nothing.

    Raises:
        BadInput: a code stands above itself.
    """
    items = artefact.body.items if isinstance(artefact.body, Items) else ()
    above = {item.id: item.parent for item in items}
    for id_ in above:
        seen = {id_}
        while id_ := above.get(id_, ""):
            if id_ in seen:
                raise BadInput(f"{_name(artefact.ref)}: the code {id_} stands above itself.")
            seen.add(id_)
    return {
        item.id: Code(
            item.id, text_of(item.names, item.id), item.parent if item.parent in above else ""
        )
        for item in items
    }


def _item(scheme: Artefact | None, id_: str) -> Item | None:
    items = scheme.body.items if scheme and isinstance(scheme.body, Items) else ()
    return next((item for item in items if item.id == id_), None)


def _there(ref: Ref, artefacts: Artefacts, who: str) -> Artefact:
    found = artefacts.get(_whole(ref))
    if found is None:
        there = listed(
            _name(each) for each in artefacts if (each.kind, each.id) == (ref.kind, ref.id)
        )
        has = f" It has: {there}." if there else ""
        raise BadInput(
            f"{who} refers to the {ref.kind} {_name(ref)}, which the message of structures does "
            f"not have.{has} Ask for it with references=descendants."
        )
    return found


def _agency(id_: str, artefacts: Artefacts) -> Text:
    """The name of an agency, where an agency scheme gives it one."""
    schemes = (each for ref, each in artefacts.items() if ref.kind == "agencyscheme")
    items = (_item(each, id_) for each in schemes)
    found = next((item for item in items if item), None)
    return text_of(found.names if found else (), id_)


def _whole(ref: Ref) -> Ref:
    """The artefact that a reference to it, or to an item in it, is about."""
    return Ref(ref.kind, ref.agency, ref.id, ref.version)


def _name(ref: Ref) -> str:
    return f"{ref.agency}:{ref.id}({ref.version})"


def text_of(words: Words, otherwise: str) -> Text:
    """Words in our two languages: where one is missing, those there are, English before others."""
    said = {language.partition("-")[0].lower(): told for language, told in reversed(words)}
    first = said.get("en") or next((told for _, told in words), otherwise)
    return Text(first, said.get("es") or first)
