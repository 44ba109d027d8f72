"""Structure queries: dataflows, data structures, code lists, concepts, the agency."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from cauce.model.dataflow import AGENCY
from cauce.portal.sdmx import formats
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import Message, related, structure_json_20, structure_ml_21, structures
from cauce.publish.graph import REFERENCES, Artefact, artefacts, only
from cauce.store import Snapshot

KINDS = ("dataflow", "datastructure", "codelist", "conceptscheme", "agencyscheme")
MOST = 30
WILD = {"", "*", "all"}
VERSIONS = {"", "*", "+", "~", "latest", "all"}
STUBS = ("allstubs", "allcompletestubs")
DETAILS = ("full", "raw", *STUBS, "referencestubs", "referencecompletestubs", "referencepartial")


def structure_answer(
    request: Request, snapshot: Snapshot, parts: list[str], version: int
) -> Response:
    """The structures a query asks for; SDMX-JSON 2.0 in v2, SDMX-ML 2.1 in v1.

    Raises:
        Refusal: nothing matches, or something asked for is not served.
    """
    kind, agency, id_, wanted = (*parts, "", "", "", "")[:4]
    references = request.query_params.get("references", "none").lower()
    detail = request.query_params.get("detail", "full").lower()
    if references not in (*REFERENCES, *KINDS):
        raise Refusal(400, f"references can be {', '.join((*REFERENCES, *KINDS))}.")
    if detail not in DETAILS:
        raise Refusal(400, f"detail can be {', '.join(DETAILS)}.")
    if len(parts) > 4 and parts[4]:
        raise Refusal(501, "Items of a scheme cannot be asked for alone yet.")
    default = formats.JSON if version == 2 else formats.ML
    served = {default: formats.STRUCTURES[default]}
    form = formats.chosen(request, served, default)
    everything = structures([manifest.dataflow for manifest in snapshot.flows()])
    matches = [
        artefact
        for artefact in artefacts(everything, AGENCY)
        if _fits(artefact, kind.lower(), agency, id_, wanted)
    ]
    if not matches:
        there = artefacts(everything, AGENCY)
        raise Refusal(404, _absent(kind.lower(), f"{agency[:30]}:{id_[:80]}({wanted[:20]})", there))
    found = frozenset(matches)
    if references in KINDS:
        around = related(everything, matches, "all", AGENCY)
        found |= {artefact for artefact in around if artefact.kind == references}
    else:
        found = related(everything, matches, references, AGENCY)
    published = max((m.published_at for m in snapshot.flows()), default="1970-01-01T00:00:00+00:00")
    message = Message(f"STRUCTURES_{snapshot.generation}", published, False)
    write = structure_json_20 if form == formats.JSON else structure_ml_21
    content = write(only(everything, found), message, detail in STUBS)
    return Response(content, headers={"Content-Type": served[form]})


def _absent(kind: str, asked: str, there: Iterable[Artefact]) -> str:
    """That something is not there, and what is."""
    if kind not in KINDS:
        return f"There is no {kind[:30]} {asked}. There are: {', '.join(KINDS)}."
    own = sorted(f"{AGENCY}:{one.id}({one.version})" for one in there if one.kind == kind)
    more = f" and {len(own) - MOST:,} more" if len(own) > MOST else ""
    return f"There is no {kind} {asked}. There are: {', '.join(own[:MOST])}{more}."


def _fits(artefact: Artefact, kind: str, agency: str, id_: str, version: str) -> bool:
    """Whether an artefact is asked for; `,` and `+` mean or."""
    kinds = WILD | {"structure"}
    return (
        (kind in kinds or artefact.kind == kind)
        and (agency.lower() in WILD or artefact.agency in agency.replace("+", ",").split(","))
        and (id_.lower() in WILD or artefact.id in id_.replace("+", ",").split(","))
        and (version.lower() in VERSIONS or artefact.version.startswith(version.rstrip("+")))
    )
