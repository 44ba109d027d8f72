"""Asking the portal for pages within this process, as a browser would and without a network."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the kind of content; the content went to the sink."""

    status: int
    kind: str


class Driver:
    """Asks an application for one address after the other. `root` is where it takes itself to be.

    To be used in a `with`: it holds one event loop.
    """

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app = app
        self._root = urlsplit(root)
        self._runner = asyncio.Runner()

    def __enter__(self) -> "Driver":
        self._runner.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.__exit__(kind, error, trace)

    def ask(self, address: str, sink: Callable[[bytes], object]) -> Answer:
        """The answer at a path with its query; the content is given to the sink, part by part."""
        return self._runner.run(self._ask(address, sink))

    async def _ask(self, address: str, sink: Callable[[bytes], object]) -> Answer:
        status, kind = 500, ""
        asked = False

        async def receive() -> Message:
            nonlocal asked
            if asked:
                # Who listens for us to go away waits; told at once, it would ask for ever.
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status, kind
            if message["type"] == "http.response.start":
                headers = {name.lower(): value for name, value in message["headers"]}
                status = message["status"]
                kind = headers.get(b"content-type", b"").decode()
            elif status == 200:
                sink(message.get("body", b""))

        await self._app(self._scope(address), receive, send)
        return Answer(status, kind)

    def _scope(self, address: str) -> dict[str, Any]:
        parts = urlsplit(address)
        host = self._root.netloc
        path = parts.path
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": self._root.scheme,
            "server": (host, None),
            "client": None,
            "root_path": "",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(b"host", host.encode())],
        }
