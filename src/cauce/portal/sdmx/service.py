"""The addresses of the SDMX service.

Source: SDMX REST API 1.5.0 (v1) and 2.2.2 (v2).
"""

from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cauce.model.errors import BadInput
from cauce.portal.bounds import Limits, TooMuch, pin
from cauce.portal.sdmx.asking import HEADERS, Asking, Unchanged, asking
from cauce.portal.sdmx.availability import availability_answer
from cauce.portal.sdmx.data import data_answer
from cauce.portal.sdmx.metadata import metadata_answer
from cauce.portal.sdmx.openapi import openapi
from cauce.portal.sdmx.query import check_said_once
from cauce.portal.sdmx.refusal import Refusal, answer
from cauce.portal.sdmx.schema import schema_answer
from cauce.portal.sdmx.structures import structure_answer
from cauce.publish import Texts
from cauce.store import Reader, Withdrawn

AVAILABILITY = {1: "availableconstraint", 2: "availability"}
NOT_BUILT = ("registration",)
METHODS = ("GET", "HEAD", "OPTIONS")


def routes(reader: Reader, limits: Limits, texts: Texts) -> list[Route]:
    """Both versions of the service over a store."""
    methods = [*METHODS]
    return [
        Route("/sdmx/openapi.json", _described, methods=methods),
        Route("/sdmx/v1/{rest:path}", _endpoint(reader, limits, texts, 1), methods=methods),
        Route("/sdmx/v2/{rest:path}", _endpoint(reader, limits, texts, 2), methods=methods),
    ]


def _described(request: Request) -> Response:
    """What the service can be asked."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=HEADERS)
    return JSONResponse(openapi(), headers=HEADERS)


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
            return Response(status_code=204, headers={**HEADERS, "Allow": ", ".join(METHODS)})
        told: Asking | None = None
        try:
            told = asking(request, reader.snapshot(), version, limits, texts)
            response = _dispatch(told)
            told.sign(response)
            pin(request, told.current)
        except Unchanged:
            response = Response(status_code=304)
            if told is not None:
                told.sign(response)
        except (Refusal, TooMuch, Withdrawn, BadInput) as error:
            response = answer(_refusal(error), version, request)
        response.headers.update(HEADERS)
        return response

    return reply


def _refusal(error: Exception) -> Refusal:
    """What is told of what went wrong, with its status."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, TooMuch):
        return Refusal(413, error.words)
    return Refusal(410 if isinstance(error, Withdrawn) else 503, str(error))


def _dispatch(told: Asking) -> Response:
    parts = told.request.path_params["rest"].strip("/").split("/")
    kind = parts[0].lower()
    check_said_once(told.request.query_params)
    if kind == "data":
        return data_answer(told, parts[1:])
    if kind == AVAILABILITY[told.version]:
        return availability_answer(told, parts[1:])
    if kind == "schema":
        return schema_answer(told, parts[1:])
    if kind == "metadata":
        return metadata_answer(told, parts[1:])
    if kind in NOT_BUILT:
        raise Refusal(501, f"{kind} is not built yet.")
    if told.version == 2 and kind != "structure":
        raise Refusal(400, f"Ask for {', '.join(_kinds())}.")
    told.depends_on(told.snapshot.generation)
    asked = parts[1:] if told.version == 2 else parts
    found = structure_answer(told.request, told.snapshot, asked, told.version)
    return told.answer(iter([bytes(found.body)]), found.headers["content-type"])


def _kinds() -> Iterator[str]:
    return (f"{kind}/…" for kind in ("data", "structure", "availability", "schema", "metadata"))
