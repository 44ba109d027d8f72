"""Availability queries: what a data query would find, and what could be chosen beside it.

Source: SDMX REST 2.2.2, availability; 1.5.0, section 4.6.1, availableconstraint.
"""

from dataclasses import replace

from starlette.responses import Response

from cauce.model.structure import Artefact
from cauce.model.vintage import Manifest
from cauce.portal.bounds import afford_table
from cauce.portal.sdmx.asking import Asking
from cauce.portal.sdmx.filters import check_components
from cauce.portal.sdmx.flows import Named, flows_of, named
from cauce.portal.sdmx.formats import language_of, structure_choice
from cauce.portal.sdmx.held import held
from cauce.portal.sdmx.query import TIME, WILD, read_query
from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.sdmx.there import There, needs_numbers, there_of
from cauce.portal.sdmx.used import used_by
from cauce.publish import Message
from cauce.publish.structure.forms import STRUCTURE_FORMATS
from cauce.publish.structure.own import actual, filled
from cauce.publish.structure.own.names import dataflow

MODES = ("exact", "available")
REFERENCES = (
    "none", "all", "datastructure", "conceptscheme", "codelist", "valuelist", "dataproviderscheme",
    "dataflow",
)  # fmt: skip


def availability_answer(asking: Asking, parts: list[str]) -> Response:
    """A constraint of each dataflow that is named, with what there is of what is asked for.

    Raises:
        Refusal: nothing is found; what is asked cannot be understood or served.
    """
    asked = named(parts, asking.version)
    query = read_query(asking.request.query_params, asked.key, asking.version)
    mode, references = _mode(asking), _references(asking)
    choice = structure_choice(asking.request, asking.version)
    manifests = flows_of(asking.snapshot, asked)
    asking.depends_on(asking.snapshot.generation)
    told: list[Artefact] = []
    for manifest in manifests:
        check_components(manifest.dataflow, query)
        if needs_numbers(manifest.dataflow, query):
            afford_table(manifest, asking.limits)
        there = there_of(asking.snapshot, manifest, query, mode)
        told += _told(asking, manifest, _of_components(manifest, asked, there), references)
    if not told:
        raise Refusal(204 if asking.version == 2 else 404, "No dataflow fits the query.")
    catalog = asking.snapshot.catalog
    message = Message(f"AVAILABILITY_{catalog.generation}", catalog.at, False)
    message = replace(message, language=language_of(asking.request))
    unique = list({artefact.ref: artefact for artefact in told}.values())
    content = STRUCTURE_FORMATS[choice.name].write(unique, message)
    return asking.answer(iter([content]), choice.media_type)


def _told(
    asking: Asking, manifest: Manifest, there: There, references: frozenset[str]
) -> list[Artefact]:
    """The constraint, and what it refers to in the kinds that are asked for."""
    own = dataflow(manifest.dataflow)
    empty = actual(manifest.dataflow)
    if manifest.dataflow.foreign:
        empty = replace(empty, ref=replace(own, kind="dataconstraint", id=f"CC_ACTUAL_{own.id}"))
    constraint = filled(empty, there.codes, there.series, there.observations)
    if not references:
        return [constraint]
    around = used_by(held(asking.snapshot), own, dict(there.codes))
    return [constraint, *(one for one in around if one.ref.kind in references)]


def _of_components(manifest: Manifest, asked: Named, there: There) -> There:
    """Of some components alone, where these are asked for.

    Raises:
        Refusal: there is no such dimension.
    """
    wanted = {part for part in asked.rest.split(",") if part.lower() not in WILD}
    known = [dimension.id for dimension in manifest.dataflow.dimensions]
    if strange := sorted(wanted - set(known)):
        raise Refusal(
            400, f"{manifest.dataflow.id} has no dimension {strange[0][:60]}: {', '.join(known)}."
        )
    if not wanted:
        return there
    codes = tuple((id_, own) for id_, own in there.codes if id_ in wanted or id_ == TIME)
    return replace(there, codes=codes)


def _mode(asking: Asking) -> str:
    mode = asking.request.query_params.get("mode", "").lower() or MODES[0]
    if mode not in MODES:
        raise Refusal(400, f"mode can be {', '.join(MODES)}.")
    return mode


def _references(asking: Asking) -> frozenset[str]:
    """The kinds of artefacts that are wanted beside the constraint."""
    text = asking.request.query_params.get("references", "").lower()
    told = {part.strip() for part in text.replace(" ", ",").split(",") if part.strip()}
    if told - set(REFERENCES):
        raise Refusal(400, f"references can be {', '.join(REFERENCES)}.")
    return frozenset(REFERENCES[2:] if "all" in told else told - {"none"})
