"""What was answered once is given again, until the store turns to another generation."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cauce.model.errors import BadInput
from cauce.portal.bounds.answers import Answer, Answers, Headers, pinned, repacked
from cauce.portal.bounds.gate import EXEMPT
from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.pieces import hand_over
from cauce.store import Reader, Snapshot

PLAIN, PACKED = b"\nplain", b"\npacked"
PAGES = frozenset({b"host"})
SDMX = frozenset({b"host", b"accept", b"accept-language"})
"""The headers an answer may depend on, beside whether it is compressed."""
NEVER = frozenset({b"range", b"content-length", b"transfer-encoding"})
"""Whoever sends one of these is answered anew."""


class Again:
    """Gives again what the app answered in this generation of the store, without asking the app.

    It takes no place to work at: nothing is worked on. Of what the app answers it keeps what is
    whole, has status 200 and is pinned to a generation; nobody gets an answer of another one.
    """

    def __init__(
        self, app: ASGIApp, reader: Reader, clock: Callable[[], datetime], limits: Limits
    ) -> None:
        self.app = app
        self._reader = reader
        self._clock = clock
        self._longest_piece = limits.longest_piece
        self._answers = Answers(limits.answers)
        self._looking: asyncio.Future[Snapshot] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        question, packed = _question(scope)
        snapshot = await self._snapshot() if question else None
        if snapshot is None:
            await self.app(scope, receive, send)
            return
        self._answers.turn(snapshot.catalog)
        kept = await self._kept(question, packed)
        if kept is not None:
            # A reader who takes nothing is left.
            with suppress(TimeoutError):
                for message in _given(kept, scope):
                    await hand_over(message, send, self._longest_piece)
            return
        heard = _Heard(send, self._answers.largest)
        await self.app(scope, receive, heard)
        found = pinned(scope)
        if heard.whole and found is not None:
            self._answers.put(question + packed, Answer(found, heard.headers, heard.body()))

    async def _kept(self, question: bytes, packed: bytes) -> Answer | None:
        """An answer to the question; what was asked for in the other packing is packed anew."""
        day = f"{self._clock():%Y%m%d}"
        if found := self._answers.get(question + packed, day):
            return found
        other = self._answers.get(question + (PLAIN if packed == PACKED else PACKED), day)
        if other is None or other.plain_size > self._answers.largest:
            return None
        found = await run_in_threadpool(repacked, other, packed == PACKED)
        self._answers.put(question + packed, found)
        return found

    async def _snapshot(self) -> Snapshot | None:
        """The current generation; a thread looks for it where that takes a disk. None if there is
        none: the app knows what to say then."""
        if (at_hand := self._reader.at_hand()) is not None:
            return at_hand
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(run_in_threadpool(self._reader.snapshot))
        try:
            # Many wait for one look, and one who leaves does not end it.
            return await asyncio.shield(self._looking)
        except (BadInput, OSError):
            return None


class _Heard:
    """Passes an answer on and remembers it, up to a size."""

    def __init__(self, send: Send, most: int) -> None:
        self._send = send
        self._most = most
        self._parts: list[bytes] = []
        self._size = 0
        self.headers: Headers = ()
        self.whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._most = self._most if message["status"] == 200 else -1
            self.headers = tuple(message["headers"])
        elif self._most >= 0:
            self._hear(message.get("body", b""), bool(message.get("more_body")))
        await self._send(message)

    def body(self) -> bytes:
        return b"".join(self._parts)

    def _hear(self, part: bytes, more: bool) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size > self._most:
            self._parts, self._most = [], -1
            return
        self.whole = not more


def _question(scope: Scope) -> tuple[bytes, bytes]:
    """All that an answer may depend on, and how it is to be packed.

    Nothing for a question that is always asked of the app.
    """
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(EXEMPT):
        return b"", b""
    asked = SDMX if scope["path"].startswith("/sdmx/") else PAGES
    told, packed = [], PLAIN
    for name, value in scope["headers"]:
        if name in NEVER:
            return b"", b""
        if name == b"accept-encoding" and b"gzip" in value.lower():
            packed = PACKED
        elif name in asked:
            told.append(name + value)
    path = scope.get("raw_path") or scope["path"].encode()
    parts = scope.get("scheme", "http").encode(), path, scope["query_string"], *told
    return b"\n".join(parts), packed


def _given(kept: Answer, scope: Scope) -> Iterator[Message]:
    """The messages of an answer; to who has it already, that nothing changed."""
    headers, status, body = list(kept.headers), 200, kept.body
    if _known(kept, scope):
        headers, status, body = [h for h in headers if not h[0].startswith(b"content-")], 304, b""
    elif not any(name == b"content-length" for name, _ in headers):
        headers.append((b"content-length", b"%d" % len(body)))
    yield {"type": "http.response.start", "status": status, "headers": headers}
    yield {"type": "http.response.body", "body": body}


def _known(kept: Answer, scope: Scope) -> bool:
    """Whether a client says that it has the answer; a tag goes before a date (RFC 9110, 13.2)."""
    told = [value for name, value in scope["headers"] if name == b"if-none-match"]
    if told:
        return kept.tag != b"" and any(kept.tag in value for value in told)
    return kept.unchanged_since(
        next((value for name, value in scope["headers"] if name == b"if-modified-since"), b"")
    )
