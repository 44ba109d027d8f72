"""The gate: how many are worked for, for how long, and how slow a reader may be."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.pieces import hand_over
from cauce.portal.bounds.room import Place, Room, too_slow

EXEMPT = ("/healthz", "/static/")


class Gate:
    """Lets a few questions in at once, some wait, and all others are refused for now.

    A place is held while an answer is made, not while a reader takes it: whoever reads slowly
    keeps nobody waiting.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self._limits = limits
        self._room = Room(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises Refused: 503, there is no place, or no answer in time."""
        if scope["type"] != "http" or scope["path"].startswith(EXEMPT):
            await self.app(scope, receive, send)
            return
        place = await self._room.enter()
        await _Answer(self.app, self._limits, place, send).give(scope, receive)


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
        for each in filter(None, (self._head, message)):
            await hand_over(each, self._send, self._limits.longest_piece)
        self._head = None
