"""What stands before every page: who asks, whether the browser means it, and how it is sent.

Source: OWASP ASVS 5.0.0, 3.4 (headers), 3.5.1 (forgery across sites), 14.2.1 (no secrets in
addresses).
"""

import hmac
import logging
import secrets
from typing import Any, cast

from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cauce.office.doors.cookies import SESSION, VISIT, cookie_of, csrf_from, give
from cauce.office.doors.refused import refused_page, typed_page
from cauce.office.doors.setting import Doors
from cauce.store.log import devices
from cauce.store.log.api_keys import PREFIX, account_of_key
from cauce.store.log.sessions import session_of

LOG = logging.getLogger("cauce.office")
SAFE = ("GET", "HEAD", "OPTIONS")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
DEVICES = "/devices/"
LARGEST = 20 * 1024 * 1024
"""Bytes of a request; a workbook of 10,000 rows has about two million."""

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# `no-referrer` would make browsers send the origin of our own forms as "null".
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000"),
    ("cache-control", "no-store"),
)


class OfficeHeaders:
    """Adds the headers to every answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if scope["path"].startswith(DEVICES):
                    # No cookie opens their door: also a page from a file may read a refusal.
                    headers.setdefault("access-control-allow-origin", "*")
                for name, value in HEADERS:
                    headers.setdefault(name, value)
                message["headers"] = headers.raw
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)


class Guard:
    """Says who asks, in request.state: `account`, `session`, `device` and, of a form, `form`.

    A request that changes something and comes with a cookie must be the browser's own wish: from
    our own pages, with the token they hold. One with a key in its Authorization header brings no
    cookie's rights, and needs neither.
    """

    def __init__(self, app: ASGIApp, doors: Doors, largest: int = LARGEST) -> None:
        self.app = app
        self.doors = doors
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state.update(
            account=None, session=None, device=None, form=FormData(), visit="", made_visit=""
        )
        try:
            receive = await self._admit(scope, receive)
        except HTTPException as error:
            _note(scope, error.status_code)
            typed = error.detail == "page_expired" and "do" in state["form"]
            refused = kept_page(Request(scope)) if typed else _told(scope, error)
            await state["form"].close()
            await self._visited(state, refused)(scope, receive, send)
            return

        async def with_visit(message: Message) -> None:
            if message["type"] == "http.response.start":
                _note(scope, message["status"])
            if message["type"] == "http.response.start" and state["made_visit"]:
                carrier = Response()
                give(carrier, VISIT, state["made_visit"])
                made = [pair for pair in carrier.raw_headers if pair[0] == b"set-cookie"]
                message["headers"] = [*message["headers"], *made]
            await send(message)

        try:
            await self.app(scope, receive, with_visit)
        finally:
            await state["form"].close()

    def _visited(self, state: dict[str, Any], response: Response) -> Response:
        """An answer with the cookie of a visit that began with it."""
        if state["made_visit"]:
            give(response, VISIT, state["made_visit"])
        return response

    async def _admit(self, scope: Scope, receive: Receive) -> Receive:
        """Find out who asks. Raises HTTPException if they must not."""
        headers = Headers(scope=scope)
        for prefix in (PREFIX, devices.PREFIX):
            if prefix.encode() in scope["query_string"] or prefix in scope["path"]:
                # The refusal is logged, and the key must not be.
                scope["path"] = "/"
                raise HTTPException(400, "key_in_address")
        key = headers.get("authorization", "")
        if key:
            await self._admit_key(scope, key)
        else:
            await self._admit_cookie(scope, headers)
        if scope["method"] in SAFE:
            return receive
        body = await _read(receive, headers, self.largest)
        replay = _replay(body, receive)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in FORMS:
            scope["state"]["form"] = await _form(Request(scope, _replay(body, receive)))
        if not key:
            self._refuse_forgery(scope, headers, kind)
        return replay

    async def _admit_key(self, scope: Scope, header: str) -> None:
        kind, _, key = header.partition(" ")
        found = None
        if key.strip().startswith(devices.PREFIX) and kind.lower() == "bearer":
            await self._admit_device(scope, key.strip())
            return
        if kind.lower() == "bearer":
            now = self.doors.clock()
            found = await run_in_threadpool(account_of_key, self.doors.database, key.strip(), now)
        if found is None:
            raise HTTPException(401, "key_unknown")
        scope["state"]["account"] = found

    async def _admit_device(self, scope: Scope, key: str) -> None:
        """A device is nobody: it sends what it recorded, and no page is for it."""
        found = await run_in_threadpool(devices.device_of_key, self.doors.database, key)
        if found is None:
            raise HTTPException(401, "key_unknown")
        scope["state"]["device"] = found

    async def _admit_cookie(self, scope: Scope, headers: Headers) -> None:
        state = scope["state"]
        cookies = headers.get("cookie", "")
        token = cookie_of(cookies, SESSION)
        state["visit"] = cookie_of(cookies, VISIT)
        if not token:
            return
        found = await run_in_threadpool(session_of, self.doors.database, token, self.doors.clock())
        if found is not None:
            state["session"], state["visit"] = found, token
            state["account"] = found.account if found.stage == "open" else None

    def _refuse_forgery(self, scope: Scope, headers: Headers, kind: str) -> None:
        """Raises HTTPException unless one of our own pages sent this."""
        own = self.doors.address or f"{scope['scheme']}://{headers.get('host', '')}"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise HTTPException(403, "forged")
        if headers.get("origin", own) != own:
            raise HTTPException(403, "forged")
        if kind not in (*FORMS, "application/json"):
            raise HTTPException(415, "body_kind")
        state = scope["state"]
        given = headers.get("x-csrf-token", "") or str(state["form"].get("csrf", ""))
        wanted = csrf_from(state["visit"]) if state["visit"] else ""
        if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
            raise HTTPException(403, "page_expired")


def csrf_of(request: Request) -> str:
    """What the forms of this page must repeat, for who is signed in and who is not."""
    if not request.state.visit:
        request.state.visit = request.state.made_visit = secrets.token_urlsafe(32)
    return csrf_from(cast(str, request.state.visit))


def csrf_field(request: Request) -> Markup:
    """The hidden field that every form holds."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(escape(csrf_of(request)))


def kept_page(request: Request) -> Response:
    """What somebody typed after their session ended, to be sent again once they are in.

    Their own click sends it, with the token of now: nothing is done before.
    """
    fields = [
        (name, value)
        for name, value in request.state.form.multi_items()
        if isinstance(value, str) and name != "csrf"
    ]
    page = typed_page(
        request.url.path,
        request.headers.get("accept-language", ""),
        fields,
        csrf_field(request),
        request.state.account is not None,
    )
    return HTMLResponse(page, 403)


async def _read(receive: Receive, headers: Headers, largest: int) -> bytes:
    """The body of a request. Raises HTTPException if it is too large, whatever it says it is."""
    said = headers.get("content-length", "0")
    if said.isdigit() and int(said) > largest:
        raise HTTPException(413, "too_large")
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "cut_off")
        part = message.get("body", b"")
        size += len(part)
        if size > largest:
            raise HTTPException(413, "too_large")
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body once more, for who reads it next, and after it whatever the browser says.

    Who answers in parts listens for the browser to leave: told so at once, they would send nothing.
    """
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


async def _form(request: Request) -> FormData:
    try:
        return await request.form()
    except (MultiPartException, HTTPException) as error:
        raise HTTPException(400, "form_unreadable") from error


def _note(scope: Scope, status: int) -> None:
    """Log who was refused what (ASVS 16.3.2): no address of theirs, nothing they sent."""
    if status in (400, 401, 403, 404, 413, 415, 429):
        account = scope["state"]["account"]
        who = account.id if account else "nobody"
        LOG.warning("%d for %s: %s %r", status, who, scope["method"], scope["path"][:200])


def _told(scope: Scope, error: HTTPException) -> Response:
    """A refusal at the door: in words for a person, as JSON for a program."""
    headers = Headers(scope=scope)
    if headers.get("authorization") or "json" in headers.get("accept", ""):
        return JSONResponse({"error": error.detail}, error.status_code)
    accepted = headers.get("accept-language", "")
    return HTMLResponse(refused_page(scope["path"], accepted, error.detail), error.status_code)
