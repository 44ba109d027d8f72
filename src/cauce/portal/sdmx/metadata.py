"""Metadata queries: the quality report of each dataflow, by the concepts of SIMS.

Source: SDMX REST 2.2.2, metadata queries by metadata set, by metadataflow, by structure; 1.5.0,
section 4.5, reference metadata queries.
"""

import re
from collections.abc import Sequence
from typing import cast

from starlette.responses import Response

from cauce.model.dataflow import AGENCY
from cauce.model.vintage import Manifest
from cauce.portal.sdmx import formats
from cauce.portal.sdmx.asking import Asking
from cauce.portal.sdmx.query import WILD
from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.sdmx.versions import matching
from cauce.publish import Message
from cauce.publish.metadata import METADATA_FORMATS, metadata_set
from cauce.publish.metadata.csv import Labels
from cauce.publish.metadata.report import SET_VERSION
from cauce.publish.structure.own import METADATAFLOW, STRUCTURE
from cauce.publish.urns import flow_of

WAYS = ("metadataset", "metadataflow", "structure")
DETAILS = ("full", "allstubs")
OF_ALL = {"metadataflow": METADATAFLOW, "metadatastructure": STRUCTURE}
"""Structures that every metadata set is about or follows."""
EXAMPLE = "metadata/structure/dataflow/CAUCE/XCA_LFS_AGE"


def metadata_answer(told: Asking, parts: Sequence[str]) -> Response:
    """The metadata sets an address names.

    Args:
        parts: of the address, after `metadata`.

    Raises:
        Refusal: there is none, or a parameter cannot be understood.
    """
    detail = told.request.query_params.get("detail", "").strip().lower() or "full"
    if detail not in DETAILS:
        raise Refusal(400, f"detail can be {', '.join(DETAILS)}.")
    served = {name: form.media_type for name, form in METADATA_FORMATS.items()}
    own = [name for name, form in METADATA_FORMATS.items() if form.of == told.version]
    choice = formats.choice(told.request, served, own[0], own)
    manifests = _old(told, parts) if told.version == 1 else _named(told, parts)
    if not manifests:
        words = f"No metadata set is named by {'/'.join(parts)[:120]}. Ask for {EXAMPLE}."
        raise Refusal(204 if told.version == 2 else 404, words)
    told.depends_on(*(f"{one.dataflow.id}/{one.vintage}" for one in manifests))
    root = str(told.request.base_url).rstrip("/")
    sets = [metadata_set(one, root) for one in manifests]
    form = METADATA_FORMATS[choice.name]
    labels = cast(Labels, choice.parameter("labels"))
    content = form.write(sets, _message(told, manifests), detail == "allstubs", labels)
    return told.answer(iter((content,)), form.media_type)


def _named(told: Asking, parts: Sequence[str]) -> tuple[Manifest, ...]:
    """What an address of 2.x names: by set, by metadataflow or by what sets are about."""
    way, rest = (parts[0] if parts else ""), [*parts[1:], "", "", "", "", ""]
    if way.lower() not in WAYS:
        raise Refusal(400, f"Ask for metadata/{', metadata/'.join(WAYS)}: {EXAMPLE}.")
    kind = way.lower()
    if kind == "structure":
        kind, rest = rest[0].lower(), rest[1:]
        kind = "*" if kind in WILD else kind
    agency, id_, version, provider = rest[:4]
    if kind in ("dataflow", "*"):
        return _about(told, agency, id_, version)
    if not _fits(agency, AGENCY) or (kind == "metadataflow" and not _provided(provider)):
        return ()
    flows = told.snapshot.flows()
    if kind in OF_ALL:
        known = OF_ALL[kind]
        return flows if _fits(id_, known.id) and matching([known.version], version) else ()
    if kind != "metadataset":
        return ()
    return tuple(
        one
        for one in flows
        if _fits(id_, f"MDS_{one.dataflow.id}") and matching([SET_VERSION], version)
    )


def _about(told: Asking, agency: str, id_: str, version: str) -> tuple[Manifest, ...]:
    """The dataflows, ours and other agencies', whose reports are asked for."""
    flows = [(one, flow_of(one.dataflow)) for one in told.snapshot.flows()]
    return tuple(
        one
        for one, ref in flows
        if _fits(agency, ref.agency) and _fits(id_, ref.id) and matching([ref.version], version)
    )


def _old(told: Asking, parts: Sequence[str]) -> tuple[Manifest, ...]:
    """What an address of 1.x names: a metadataflow, `metadata/CAUCE,MDF_SIMS,1.0`, or a dataflow.

    The standard knows the first alone. The second is what a reader of one dataflow wants.
    """
    flow, _, provider = (*parts, "", "", "")[:3]
    names = flow.split(",")
    agency, id_, version = ("", *names, "")[:3] if len(names) == 1 else (*names, "")[:3]
    provided = _provided(provider.rpartition(",")[2])
    if not _fits(agency, AGENCY) or not provided:
        return ()
    flows = told.snapshot.flows()
    if _fits(id_, METADATAFLOW.id):
        return flows if matching([METADATAFLOW.version], version) else ()
    return tuple(
        one
        for one in flows
        if _fits(id_, one.dataflow.id) and matching([one.dataflow.version], version)
    )


def _fits(asked: str, own: str) -> bool:
    """Whether one of the alternatives names it; nothing names all, as a wildcard does."""
    found = [part for part in re.split(r"[,+ ]", asked) if part]
    return not found or any(one.lower() in WILD or one.lower() == own.lower() for one in found)


def _provided(provider: str) -> bool:
    """Whether we are the provider that is asked for, told with its agency or without."""
    parts = re.split(r"[,+ ]", provider)
    return not provider or any(_fits(one.rpartition(".")[2], AGENCY) for one in parts)


def _message(told: Asking, manifests: Sequence[Manifest]) -> Message:
    prepared = max(one.published_at for one in manifests)
    name = manifests[0].dataflow.id if len(manifests) == 1 else "CAUCE"
    return Message(f"SIMS-{name}", prepared, True, formats.language_of(told.request))
