"""The gate: how many are worked for, for how long, and how slow a reader may be."""

import asyncio
from collections.abc import Callable, Iterator

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused
from cauce.portal.bounds.request import fault_of
from cauce.portal.bounds.room import Place, Room, too_slow

EXEMPT = ("/healthz", "/static/")
PIECE = 1 << 16
Tell = Callable[[Scope, Refused], Response]


class Gate:
    """Lets a few questions in at once, some wait, and all others are told when to come again.

    A place is held while an answer is made, not while a reader takes it: whoever reads slowly
    keeps nobody waiting. `tell` answers what is refused.
    """

    def __init__(self, app: ASGIApp, limits: Limits, tell: Tell) -> None:
        self.app = app
        self._limits = limits
        self._tell = tell
        self._room = Room(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            if fault := fault_of(scope, self._limits):
                raise fault
            if scope["path"].startswith(EXEMPT):
                await self.app(scope, receive, send)
                return
            place = await self._room.enter()
            await _Answer(self.app, self._limits, place, send).give(scope, receive)
        except Refused as refused:
            await self._refuse(refused, scope, receive, send)

    async def _refuse(self, refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._tell(scope, refused)
        response.headers["Cache-Control"] = "no-store"
        if refused.retry_after:
            response.headers["Retry-After"] = str(refused.retry_after)
        if refused.key == "has_body":
            # What was sent along is not read; the next request must not begin in its midst.
            response.headers["Connection"] = "close"
        await response(scope, receive, send)


class _Answer:
    """One answer on its way: its head waits for the first of its body."""

    def __init__(self, app: ASGIApp, limits: Limits, place: Place, send: Send) -> None:
        self._app = app
        self._limits = limits
        self._place = place
        self._send = send
        self._head: Message | None = None
        self._begun = asyncio.Event()
        self._given_up = False

    async def give(self, scope: Scope, receive: Receive) -> None:
        """Let the app answer, for as long as the limits allow.

        Raises:
            Refused: 503, nothing was answered in time. The thread goes on to its end, and holds
                its place until then.
        """
        task = asyncio.ensure_future(self._app(scope, receive, self._pass_on))
        task.add_done_callback(self._done)
        begun = asyncio.ensure_future(self._begun.wait())
        try:
            first = asyncio.FIRST_COMPLETED
            await asyncio.wait({task, begun}, timeout=self._limits.longest_query, return_when=first)
            if not task.done() and not self._begun.is_set():
                self._given_up = True
                raise too_slow(self._limits.longest_query)
            await self._to_the_end(task)
        except asyncio.CancelledError:
            task.cancel()
            raise
        finally:
            begun.cancel()

    async def _to_the_end(self, task: "asyncio.Future[None]") -> None:
        """A reader who takes too long is left: the server closes an answer that has no end."""
        done, _ = await asyncio.wait({task}, timeout=self._limits.longest_answer)
        if not done:
            task.cancel()
        elif not self._given_up:
            task.result()

    def _done(self, task: "asyncio.Future[None]") -> None:
        self._place.give()
        if not task.cancelled():
            # Of a question given up nobody asks what became of it.
            task.exception()

    async def _pass_on(self, message: Message) -> None:
        if self._given_up:
            return
        if message["type"] == "http.response.start":
            self._head = message
            return
        self._begun.set()
        self._place.give()
        try:
            await self._to_reader(message)
        except TimeoutError:
            self._given_up = True
            raise
        if message.get("more_body"):
            await self._place.take()

    async def _to_reader(self, message: Message) -> None:
        for piece in _pieces(self._head, message):
            async with asyncio.timeout(self._limits.longest_piece):
                await self._send(piece)
        self._head = None


def _pieces(head: Message | None, message: Message) -> Iterator[Message]:
    """An answer's next messages, cut so small that a slow reader can take each in time."""
    if head is not None:
        yield head
    body, more = message.get("body", b""), message.get("more_body", False)
    if len(body) <= PIECE:
        yield message
        return
    whole = memoryview(body)
    for start in range(0, len(whole), PIECE):
        last = start + PIECE >= len(whole)
        part = bytes(whole[start : start + PIECE])
        yield {"type": message["type"], "body": part, "more_body": more or not last}
