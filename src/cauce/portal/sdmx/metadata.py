"""Metadata queries: the quality report of each dataflow, by the concepts of SIMS.

Source: SDMX REST 2.2.2, metadata queries by metadata set, by metadataflow, by structure; 1.5.0,
section 4.5, reference metadata queries.
"""

import re
from collections.abc import Callable, Sequence

from starlette.responses import Response

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.structure import Ref
from cauce.model.vintage import Manifest
from cauce.portal.sdmx import formats
from cauce.portal.sdmx.asking import Asking
from cauce.portal.sdmx.flows import is_named, named
from cauce.portal.sdmx.query import WILD
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import Message
from cauce.publish.metadata import METADATA_FORMATS, metadata_set
from cauce.publish.metadata.report import SET_VERSION, set_id
from cauce.publish.options import LABELS
from cauce.publish.structure.own import METADATAFLOW, STRUCTURE
from cauce.publish.urns import flow_of, structure_of

WAYS = ("metadataset", "metadataflow", "structure")
DETAILS = ("full", "allstubs")
OF_ALL = {"metadataflow": METADATAFLOW, "metadatastructure": STRUCTURE}
"""Structures that every metadata set is about or follows."""
ABOUT: dict[str, Callable[[Dataflow], Ref]] = {
    "metadataset": lambda flow: Ref("metadataset", AGENCY, set_id(flow), SET_VERSION),
    "dataflow": flow_of,
    "datastructure": structure_of,
    "*": flow_of,
}
"""By what is asked for, the artefact of a dataflow whose name has to fit."""
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
    labels = choice.parameter("labels", LABELS)
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
    provider = rest[3]
    asked = named(["dataflow", *rest[:3]], 2)
    if kind == "metadataflow" and not _provided(provider):
        return ()
    flows = told.snapshot.flows()
    if kind in OF_ALL:
        return flows if is_named(OF_ALL[kind], asked) else ()
    about = ABOUT.get(kind)
    return tuple(one for one in flows if about and is_named(about(one.dataflow), asked))


def _old(told: Asking, parts: Sequence[str]) -> tuple[Manifest, ...]:
    """What an address of 1.x names: a metadataflow, `metadata/CAUCE,MDF_SIMS,1.0`, or a dataflow.

    The standard knows the first alone. The second is what a reader of one dataflow wants.
    """
    asked = named([*parts], 1)
    if asked.providers and AGENCY not in asked.providers:
        return ()
    flows = told.snapshot.flows()
    if is_named(METADATAFLOW, asked):
        return flows
    return tuple(one for one in flows if is_named(flow_of(one.dataflow), asked))


def _provided(provider: str) -> bool:
    """Whether we are the provider that is asked for, told with its agency or without."""
    found = [one.rpartition(".")[2] for one in re.split(r"[,+ ]", provider)]
    return any(one.lower() in WILD or one == AGENCY for one in found)


def _message(told: Asking, manifests: Sequence[Manifest]) -> Message:
    prepared = max(one.published_at for one in manifests)
    name = manifests[0].dataflow.id if len(manifests) == 1 else "CAUCE"
    return Message(f"SIMS-{name}", prepared, True, formats.language_of(told.request))
