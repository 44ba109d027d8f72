"""Schema queries: what is valid data of a dataflow, as an XML schema or as structures.

Source: SDMX REST 2.2.2, schema queries; 1.5.0, section 4.5.
"""

from dataclasses import replace
from typing import get_args

from starlette.responses import Response

from cauce.model.structure import Artefact, DataStructure, Items, urn_of
from cauce.model.vintage import Manifest
from cauce.portal.sdmx.asking import Asking
from cauce.portal.sdmx.flows import flows_of, named
from cauce.portal.sdmx.formats import choice, language_of
from cauce.portal.sdmx.held import held
from cauce.portal.sdmx.order import check_dimension
from cauce.portal.sdmx.query import Query, flag, read_query
from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.sdmx.used import used_by
from cauce.publish import Message
from cauce.publish.schema_xsd import Coded, Version, schema_xsd
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.forms import STRUCTURE_FORMATS
from cauce.publish.structure.own.names import dataflow

XSD = "application/vnd.sdmx.schema+xml"
SCHEMAS = {
    "xsd-2.1": f"{XSD};version=2.1",
    "xsd-3.0": f"{XSD};version=3.0.0",
    "xsd-3.1": f"{XSD};version=3.1.0",
}
OF = {
    1: ("xsd-2.1", "ml-2.1", "json-1.0"),
    2: ("xsd-3.1", "xsd-3.0", "ml-3.1", "ml-3.0", "json-2.1", "json-2.0"),
}
DEFAULTS = {1: "xsd-2.1", 2: "json-2.1"}
"""Version 2 would give a schema of JSON; that is not written, and structures say the same."""
METADATA = ("metadatastructure", "metadataflow", "metadataprovisionagreement")


def schema_answer(asking: Asking, parts: list[str]) -> Response:
    """What is valid data of the one dataflow, or data structure, that is named.

    Raises:
        Refusal: there is none, or several; the context is of metadata; the format is not served.
    """
    context, *rest = (*parts, "", "", "")[:4]
    if context in METADATA:
        raise Refusal(501, "Schemas of reference metadata are not built.")
    asked = replace(named([context, *rest], 2), service=asking.version)
    if context == "" or not asked.one:
        raise Refusal(400, "Name a context, an agency and one dataflow or data structure.")
    asked = replace(asked, version="~" if asked.version in ("*", "latest") else asked.version)
    words = asking.request.query_params
    query = read_query(words, "", asking.version)
    deletion = flag(words.get("deletion", ""), "deletion")
    served = SCHEMAS | {name: form.media_type for name, form in STRUCTURE_FORMATS.items()}
    chosen = choice(asking.request, served, DEFAULTS[asking.version], OF[asking.version])
    manifests = flows_of(asking.snapshot, asked)
    asking.depends_on(asking.snapshot.generation)
    if not manifests:
        raise Refusal(404, f"There is no {context} {asked.told}.")
    manifest = manifests[0]
    check_dimension(manifest.dataflow, query)
    artefacts = _artefacts(held(asking.snapshot), manifest)
    if chosen.name in STRUCTURE_FORMATS:
        return _structures(asking, manifest, artefacts, chosen.name)
    return _xsd(asking, manifest, artefacts, chosen.name, query, deletion)


def _artefacts(everything: Artefacts, manifest: Manifest) -> list[Artefact]:
    """The structure with the codes the dataflow may have."""
    flow = manifest.dataflow
    codes = {d.id: tuple(code.id for code in d.codes) for d in flow.dimensions[:-1]}
    return used_by(everything, dataflow(flow), codes)


def _structures(
    asking: Asking, manifest: Manifest, artefacts: list[Artefact], name: str
) -> Response:
    form = STRUCTURE_FORMATS[name]
    told = [artefact for artefact in artefacts if artefact.ref.kind != "dataflow"]
    message = Message(f"SCHEMA_{manifest.dataflow.id}", manifest.published_at, False)
    message = replace(message, language=language_of(asking.request))
    return asking.answer(iter([form.write(told, message)]), form.media_type)


def _xsd(
    asking: Asking,
    manifest: Manifest,
    artefacts: list[Artefact],
    name: str,
    query: Query,
    deletion: bool,
) -> Response:
    body = next(one.body for one in artefacts if isinstance(one.body, DataStructure))
    lists = {
        one.ref: tuple(item.id for item in one.body.items)
        for one in artefacts
        if isinstance(one.body, Items)
    }
    codes = {}
    for part in (*body.dimensions, *body.measures, *body.attributes):
        if part.representation and part.representation.enumeration in lists:
            codes[part.id] = lists[part.representation.enumeration]
    own = {d.id: tuple(code.id for code in d.codes) for d in manifest.dataflow.dimensions[:-1]}
    codes |= {id_: values for id_, values in own.items() if id_ in codes}
    number = name.removeprefix("xsd-")
    version: Version = next(one for one in get_args(Version) if one == number)
    namespace = f"{urn_of(dataflow(manifest.dataflow))}:ObsLevelDim:{query.dimension}"
    chunks = schema_xsd(Coded(body, codes), namespace, version, query.dimension, deletion)
    return asking.answer(chunks, SCHEMAS[name])
