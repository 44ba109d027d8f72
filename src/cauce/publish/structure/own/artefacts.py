"""All artefacts of some dataflows: what they share, and what each has for itself."""

from collections.abc import Sequence

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.structure import (
    Annotation,
    Artefact,
    Categorisation,
    Format,
    Item,
    Items,
    Ref,
    Representation,
    Usage,
)
from cauce.model.text import Text
from cauce.publish.codelists import CONF_STATUS, OBS_STATUS, RELIABILITY, unit_name
from cauce.publish.components import ATTRIBUTES, DATA_TYPE, INDICATOR, VALUE, VALUE_NAME
from cauce.publish.structure.own.components import Chosen, data_structure
from cauce.publish.structure.own.constraints import actual, allowed
from cauce.publish.structure.own.names import (
    AGENCIES,
    AGENCIES_NAME,
    AGENCY_NAME,
    CONCEPTS,
    CONCEPTS_NAME,
    THEMES,
    THEMES_NAME,
    about,
    codelist,
    dataflow,
    words,
)
from cauce.publish.structure.own.shelf import Shelf, codelist_id
from cauce.publish.structure.own.sims import sims_artefacts

UNITS = "CL_UNIT"
UNITS_NAME = Text("Units of measure", "Unidades de medida")


def own_artefacts(flows: Sequence[Dataflow]) -> tuple[Artefact, ...]:
    """All artefacts of these dataflows.

    What an Actual constraint says of codes is left open: `filled` says it from the data.
    """
    ordered = tuple(sorted(flows, key=lambda flow: flow.id))
    shelf, chosen = _gathered(ordered)
    per_flow = [one for flow in ordered for one in _of_flow(flow, chosen[flow.id])]
    lists = [_codelist(shelf.codelists[id_], ordered) for id_ in sorted(shelf.codelists)]
    shared = (*_themes(ordered), *lists, _concepts(shelf), *sims_artefacts())
    return (_agencies(), *per_flow, *shared)


def worded_unlike(flows: Sequence[Dataflow]) -> tuple[str, ...]:
    """Sentences about codelists and concepts that dataflows name alike and word differently."""
    ordered = tuple(sorted(flows, key=lambda flow: flow.id))
    _, chosen = _gathered(ordered)
    found = []
    for flow in ordered:
        for dimension, (concept_id, list_id) in zip(
            flow.dimensions, chosen[flow.id].dimensions, strict=True
        ):
            if list_id != (wanted := codelist_id(flow, dimension)):
                found.append(
                    f"{flow.id} words a code of {wanted} unlike another dataflow. It is published "
                    f"as {list_id}; give the list an id of its own in the pack."
                )
            if concept_id != dimension.id:
                found.append(
                    f"{flow.id} names the dimension {dimension.id} unlike another dataflow. Its "
                    f"concept is published as {concept_id}; agree on one name."
                )
    return tuple(found)


def _gathered(flows: tuple[Dataflow, ...]) -> tuple[Shelf, dict[str, Chosen]]:
    """What the dataflows share, and by dataflow the concept and codelist of each dimension."""
    shelf = Shelf({c.id: c for c in (OBS_STATUS, CONF_STATUS, RELIABILITY)}, {})
    for attribute in ATTRIBUTES:
        shelf.concepts[attribute.id] = Code(attribute.id, attribute.name)
    shelf.concepts[VALUE] = Code(VALUE, VALUE_NAME)
    chosen = {}
    for flow in flows:
        pairs = tuple(
            (
                shelf.concept(flow, dimension),
                shelf.codelist(flow, dimension) if codelist_id(flow, dimension) else "",
            )
            for dimension in flow.dimensions
        )
        chosen[flow.id] = Chosen(pairs)
    units = sorted({indicator.unit for flow in flows for indicator in flow.indicators})
    codes = tuple(Code(unit, unit_name(unit)) for unit in units)
    shelf.codelists[UNITS] = Codelist(UNITS, UNITS_NAME, codes)
    return shelf, chosen


def _agencies() -> Artefact:
    body = Items((Item(AGENCY, words(AGENCY_NAME)),))
    return Artefact(AGENCIES, words(AGENCIES_NAME), body=body)


def _of_flow(flow: Dataflow, chosen: Chosen) -> list[Artefact]:
    """A dataflow, its structure, its theme, what it may hold and what it holds."""
    own = dataflow(flow)
    structure = about(flow, "datastructure", "DSD")
    found = [
        Artefact(own, words(flow.name), _described(flow), Usage(structure)),
        Artefact(structure, words(flow.name), body=data_structure(flow, chosen)),
        allowed(flow),
        actual(flow),
    ]
    if flow.theme:
        target = Ref(THEMES.kind, THEMES.agency, THEMES.id, THEMES.version, flow.theme.id)
        ref = Ref("categorisation", AGENCY, f"CTG_{flow.id}", "1.0")
        found.append(Artefact(ref, words(flow.name), body=Categorisation(own, target)))
    return found


def _described(flow: Dataflow) -> tuple[tuple[str, str], ...]:
    """Where the numbers are from and whom they are about, in the words of the pack."""
    told = (
        (language, (source, population))
        for (language, source), (_, population) in zip(
            words(flow.source.name), words(flow.source.population), strict=True
        )
    )
    return tuple(
        (language, ". ".join(filter(None, parts))) for language, parts in told if any(parts)
    )


def _themes(flows: tuple[Dataflow, ...]) -> list[Artefact]:
    """The themes of the catalogue that some dataflow is of, B2 before B10."""
    themes = {flow.theme for flow in flows if flow.theme}
    ordered = sorted(themes, key=lambda theme: (len(theme.number), theme.number))
    items = tuple(Item(theme.id, words(theme.name)) for theme in ordered)
    return [Artefact(THEMES, words(THEMES_NAME), body=Items(items))] if items else []


def _codelist(held: Codelist, flows: tuple[Dataflow, ...]) -> Artefact:
    """A codelist; of indicators, with their definitions."""
    defined = {}
    for flow in flows:
        if held.id == f"CL_{INDICATOR}_{flow.id}":
            defined = {each.id: words(each.definition) for each in flow.indicators}
    items = tuple(
        Item(code.id, words(code.name), defined.get(code.id, ()), code.parent)
        for code in held.codes
    )
    source = (Annotation(type="SOURCE", texts=(("en", held.source),)),) if held.source else ()
    return Artefact(codelist(held.id), words(held.name), (), Items(items), source)


def _concepts(shelf: Shelf) -> Artefact:
    """The concept scheme; a concept behind words or numbers says which. sdmx1 asks it, too."""
    shapes = {
        a.id: Representation(None, Format(DATA_TYPE[a.kind])) for a in ATTRIBUTES if not a.codelist
    }
    items = tuple(
        Item(id_, words(shelf.concepts[id_].name), core=shapes.get(id_))
        for id_ in sorted(shelf.concepts)
    )
    return Artefact(CONCEPTS, words(CONCEPTS_NAME), body=Items(items))
