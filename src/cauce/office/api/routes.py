"""The addresses of the API, and who may come to them."""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from cauce.model.account import Account
from cauce.office.api import records
from cauce.office.api.call import Call
from cauce.office.api.openapi import document
from cauce.office.seat import Office, Seat

BASE = "/api/v1"
RECORDS = "/registers/{register}/records"
Answer = Callable[[Call], Response]
ADDRESSES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/registers", records.registers),
    ("GET", RECORDS, records.page),
    ("POST", RECORDS, records.create),
    ("GET", f"{RECORDS}/{{key}}", records.record),
    ("GET", f"{RECORDS}/{{key}}/entries", records.entries),
    ("POST", f"{RECORDS}/{{key}}/entries", records.alter),
    ("POST", f"{RECORDS}/{{key}}/entries/{{number:int}}/verdict", records.verdict),
)


def routes(office: Office) -> list[BaseRoute]:
    """What answers programs."""

    @cache
    def described() -> bytes:
        return bytes(JSONResponse(document(office)).body)

    def describe(_: Call) -> Response:
        return Response(described(), media_type="application/json")

    return [
        Route(f"{BASE}/openapi.json", called(office, describe), methods=["GET"]),
        *(
            Route(f"{BASE}{path}", called(office, answer), methods=[method])
            for method, path, answer in ADDRESSES
        ),
    ]


def called(office: Office, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """What answers an address, in a thread; only for somebody, or a key that speaks for them."""

    async def respond(request: Request) -> Response:
        account = cast("Account | None", request.state.account)
        if account is None:
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        body = await request.body()
        call = Call(request, Seat(office, account), body)
        return await run_in_threadpool(answer, call)

    return respond
