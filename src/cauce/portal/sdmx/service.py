"""The addresses of the SDMX service.

Source: SDMX REST API 1.5.0 (v1) and 2.2.2 (v2).
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cauce.model.errors import BadInput
from cauce.model.text import Language
from cauce.model.vintage import Manifest
from cauce.portal.bounds import Limits, TooMuch, afford, afford_table, pin, sent
from cauce.portal.rights import closed_whole
from cauce.portal.sdmx import formats
from cauce.portal.sdmx.query import Query, asked, number, rows_asked
from cauce.portal.sdmx.refusal import Refusal, answer
from cauce.portal.sdmx.structures import structure_answer
from cauce.publish import (
    ATTRIBUTES,
    Message,
    Rows,
    Texts,
    message_of,
    sdmx_csv,
    sdmx_json,
    sdmx_ml_21,
)
from cauce.store import NotPublished, Reader, Snapshot, Withdrawn
from cauce.store.moments import moment_of

NOT_BUILT = ("availability", "availableconstraint", "schema", "metadata", "registration")
UNBUILT = ("includeHistory", "updatedAfter", "offset", "limit", "sort")
AGENCIES = {"cauce", "all", "*", ""}
WRITTEN = "2"
"""Changes when the same numbers are written in other words, so that nobody keeps the old ones."""
VERSIONS = {"", "*", "+", "~", "latest", "all", "1", "1.0", "1.0.0", "1.0+", "1+"}
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
    "Vary": "Accept, Accept-Encoding, Accept-Language",
    "Cache-Control": "no-cache",
}


def routes(reader: Reader, limits: Limits, texts: Texts) -> list[Route]:
    """Both versions of the service over a store."""
    methods = ["GET", "HEAD", "OPTIONS"]
    return [
        Route("/sdmx/v1/{rest:path}", _endpoint(reader, limits, texts, 1), methods=methods),
        Route("/sdmx/v2/{rest:path}", _endpoint(reader, limits, texts, 2), methods=methods),
    ]


def sdmx_refusal(status: int, words: str, version: int) -> Response:
    """A refusal before the service was asked, as the service would give it."""
    response = answer(Refusal(status, words), version)
    response.headers.update(HEADERS)
    return response


def _endpoint(
    reader: Reader, limits: Limits, texts: Texts, version: int
) -> Callable[[Request], Response]:
    """Everything under one version: one generation of the store per request.

    It is no coroutine, so that it runs in a thread and keeps nobody else waiting.
    """

    def reply(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=HEADERS)
        try:
            snapshot = reader.snapshot()
            tag = _tag(request, snapshot)
            if request.headers.get("if-none-match") == tag:
                response = Response(status_code=304)
            else:
                response = _dispatch(request, snapshot, version, limits, texts)
                pin(request, snapshot)
            response.headers["ETag"] = tag
        except Refusal as refusal:
            response = answer(refusal, version)
        except TooMuch as error:
            response = answer(Refusal(413, error.words), version)
        except Withdrawn as error:
            response = answer(Refusal(410, str(error)), version)
        except BadInput as error:
            response = answer(Refusal(503, str(error)), version)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return reply


def _tag(request: Request, snapshot: Snapshot) -> str:
    """Generation, query and what is negotiated, as one tag."""
    parts = (
        WRITTEN,
        request.url.path,
        request.url.query,
        request.headers.get("accept", ""),
        request.headers.get("accept-language", ""),
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return f'"{snapshot.generation}-{digest}"'


def _dispatch(
    request: Request, snapshot: Snapshot, version: int, limits: Limits, texts: Texts
) -> Response:
    parts = request.path_params["rest"].rstrip("/").split("/")
    kind = parts[0].lower()
    snapshot = _as_of(request, snapshot)
    if kind == "data":
        return _data(request, snapshot, parts[1:], version, limits, texts)
    if kind in NOT_BUILT:
        raise Refusal(501, f"{kind} is not built yet.")
    if version == 2 and kind == "structure":
        return structure_answer(request, snapshot, parts[1:], version)
    if version == 1:
        return structure_answer(request, snapshot, parts, version)
    raise Refusal(400, "Ask for data/… or structure/….")


def _as_of(request: Request, snapshot: Snapshot) -> Snapshot:
    """The store at the moment `asOf` names: numbers, words and structures as they were then.

    A moment without an offset is in UTC; a day means its end.

    Raises:
        Refusal: it is no moment, or nothing was published by then.
    """
    # A "+" that was not encoded arrives as a space.
    text = request.query_params.get("asOf", "").replace(" ", "+")
    if not text:
        return snapshot
    moment = moment_of(text)
    if moment is None:
        raise Refusal(400, f"{text[:40]} is no moment such as 2026-01-31T12:00:00Z.")
    try:
        return snapshot.at(moment)
    except NotPublished as error:
        raise Refusal(404, str(error)) from error


def _data(
    request: Request,
    snapshot: Snapshot,
    parts: list[str],
    version: int,
    limits: Limits,
    texts: Texts,
) -> Response:
    flow, key = _flow_and_key(parts, version)
    for name in UNBUILT:
        value = request.query_params.get(name, "")
        if value and value.lower() != "false":
            raise Refusal(501, f"{name} is not built yet.")
    served = formats.TYPES if version == 2 else {formats.ML: formats.TYPES[formats.ML]}
    default = formats.JSON if version == 2 else formats.ML
    form = formats.chosen(request, served, default)
    manifest = _manifest(snapshot, flow)
    afford_table(manifest, limits)
    table, query = snapshot.observations(flow), _query(request, key, version)
    rows = rows_asked(table, query)
    if closed_whole(manifest.dataflow, len(rows), len(table.value)):
        raise Refusal(403, "The licence of this dataflow does not allow all of it at once.")
    if len(rows) == 0:
        raise Refusal(204 if version == 2 else 404, "No observation fits the query.")
    afford(manifest, table, rows, form, limits)
    found = Rows(table, asked(table, query, rows), texts.beside(table))
    dimension = request.query_params.get("dimensionAtObservation", "TIME_PERIOD")
    if dimension not in ("TIME_PERIOD", "AllDimensions"):
        raise Refusal(501, "dimensionAtObservation can be TIME_PERIOD or AllDimensions.")
    message = _message(request, manifest)
    writers: dict[str, Callable[[], Any]] = {
        formats.CSV: lambda: sdmx_csv(found, message),
        formats.JSON: lambda: sdmx_json(found, message, dimension),
        formats.ML: lambda: sdmx_ml_21(found, message, dimension),
    }
    response = sent(writers[form](), request, {"Content-Type": served[form]})
    response.headers["Last-Modified"] = _moment(manifest)
    return response


def _flow_and_key(parts: list[str], version: int) -> tuple[str, str]:
    """The dataflow and the key of a data query; what is left out is wild.

    Raises:
        Refusal: another agency or version, or no dataflow is named.
    """
    if version == 2:
        context, agency, flow, wanted, key = (*parts, "", "", "", "", "")[:5]
        if context not in ("dataflow", "datastructure", "*"):
            raise Refusal(501, "The context can be dataflow or datastructure.")
        flow = flow.removeprefix("DSD_") if context == "datastructure" else flow
    else:
        reference, key = (*parts, "", "")[:2]
        named = reference.split(",")
        agency, flow, wanted = (*named, "", "")[:3] if len(named) > 1 else ("", reference, "")
    if agency.lower() not in AGENCIES or wanted.lower() not in VERSIONS:
        lists = "structure/dataflow/CAUCE" if version == 2 else "dataflow/CAUCE"
        raise Refusal(
            404,
            f"There is no dataflow {agency[:40]}:{flow[:80]}({wanted[:20]}): the agency of all is "
            f"CAUCE and their version 1.0. {lists} names them.",
        )
    if flow in ("", "*", "all"):
        raise Refusal(501, "Ask for one dataflow at a time.")
    return flow, key


def _manifest(snapshot: Snapshot, flow: str) -> Manifest:
    try:
        return snapshot.manifest(flow)
    except Withdrawn:
        raise
    except BadInput as error:
        raise Refusal(404, str(error)) from error


def _query(request: Request, key: str, version: int) -> Query:
    words = request.query_params
    filters = {
        name[2:-1]: value
        for name, value in words.items()
        if name.startswith("c[") and name.endswith("]")
    }
    return Query(
        keys=tuple(key.split(",")) if version == 2 else (key,),
        filters=filters,
        start=words.get("startPeriod", ""),
        end=words.get("endPeriod", ""),
        first=number(words.get("firstNObservations"), "firstNObservations"),
        last=number(words.get("lastNObservations"), "lastNObservations"),
    )


def _message(request: Request, manifest: Manifest) -> Message:
    """The message's head, with the attributes and measures that are asked for."""
    words = request.query_params
    detail, wanted = words.get("detail", "full"), words.get("attributes", "all")
    if detail not in ("full", "dataonly"):
        raise Refusal(501, "detail can be full or dataonly.")
    attributes = ATTRIBUTES
    if detail == "dataonly" or wanted == "none":
        attributes = ()
    elif wanted not in ("all", "dsd"):
        names = set(wanted.split(","))
        attributes = tuple(a for a in ATTRIBUTES if a.id in names)
    base = message_of(manifest)
    value = words.get("measures", "all") != "none"
    return Message(base.id, base.prepared, base.audited, _language(request), attributes, value)


def _language(request: Request) -> Language:
    word = request.headers.get("accept-language", "en").lower()
    return "es" if word.startswith("es") else "en"


def _moment(manifest: Manifest) -> str:
    return format_datetime(datetime.fromisoformat(manifest.published_at).astimezone(UTC), True)
