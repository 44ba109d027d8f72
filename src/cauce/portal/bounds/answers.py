"""Finished answers of one generation, kept in memory up to a bound."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import Scope

from cauce.model.vintage import Catalog
from cauce.portal.bounds.dates import http_date
from cauce.store import Snapshot

Headers = tuple[tuple[bytes, bytes], ...]
PINNED = "cauce.pinned"
LARGEST = 8
"""The largest answer that is kept takes this part of the memory."""
LEVEL = 4
"""How hard answers are compressed."""
BESIDE = 1_000
"""Bytes an answer takes beside its body and its question: headers, references."""


@dataclass(frozen=True)
class Pin:
    """What an answer holds for: a generation of the store and, where it says so, a day."""

    catalog: Catalog
    day: str


@dataclass(frozen=True)
class Answer:
    """A whole answer as it went to a client, compressed if that was asked for."""

    pin: Pin
    headers: Headers
    body: bytes

    @property
    def tag(self) -> bytes:
        return self._header(b"etag")

    def unchanged_since(self, told: bytes) -> bool:
        """Whether it has not changed since a date of HTTP; not, if either date is none."""
        changed = http_date(self._header(b"last-modified").decode("latin-1"))
        since = http_date(told.decode("latin-1"))
        return changed is not None and since is not None and changed <= since

    @property
    def varies(self) -> bytes:
        return self._header(b"vary")

    @property
    def packed(self) -> bool:
        return self._header(b"content-encoding") == b"gzip"

    @property
    def plain_size(self) -> int:
        """How many bytes it has before it is compressed (RFC 1952, section 2.3.1: ISIZE)."""
        return int.from_bytes(self.body[-4:], "little") if self.packed else len(self.body)

    def _header(self, wanted: bytes) -> bytes:
        return next((value for name, value in self.headers if name == wanted), b"")


class Answers:
    """What was answered last, all of it of one generation. One event loop uses it, no threads."""

    def __init__(self, memory: int) -> None:
        self.largest = memory // LARGEST
        self._memory = memory
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()
        self._catalog: Catalog | None = None
        self._bytes = 0

    def turn(self, catalog: Catalog) -> None:
        """Forget everything if this is another generation, or the same one read again."""
        if catalog is not self._catalog:
            self._catalog, self._bytes = catalog, 0
            self._kept.clear()

    def get(self, key: bytes, day: str) -> Answer | None:
        """An answer to a question, if it was answered in this generation and holds on the day."""
        found = self._kept.get(key)
        if found is None or found.pin.day not in ("", day):
            return None
        self._kept.move_to_end(key)
        return found

    def put(self, key: bytes, answer: Answer) -> None:
        """Keep an answer, and for it forget those that nobody asked for longest."""
        if answer.pin.catalog is not self._catalog or len(answer.body) > self.largest:
            return
        self._drop(key)
        self._kept[key] = answer
        self._bytes += _weight(key, answer)
        while self._bytes > self._memory:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: bytes) -> None:
        if key in self._kept:
            self._bytes -= _weight(key, self._kept.pop(key))


def repacked(answer: Answer, packed: bool) -> Answer:
    """The same answer compressed, or not."""
    if answer.packed == packed:
        return answer
    body = gzip.compress(answer.body, LEVEL, mtime=0) if packed else gzip.decompress(answer.body)
    changed = {b"content-encoding", b"content-length", b"vary"}
    headers = [pair for pair in answer.headers if pair[0] not in changed]
    vary = answer.varies
    if b"accept-encoding" not in vary.lower():
        vary = b", ".join(filter(None, (vary, b"Accept-Encoding")))
    headers.append((b"vary", vary))
    headers.append((b"content-length", b"%d" % len(body)))
    if packed:
        headers.append((b"content-encoding", b"gzip"))
    return Answer(answer.pin, tuple(headers), body)


def pin(request: Request, snapshot: Snapshot, day: str = "") -> None:
    """Say what the answer to a request depends on, so that it may be given again.

    That is its address and what is negotiated, this generation, and the day if one is named.
    """
    request.scope[PINNED] = Pin(snapshot.catalog, day)


def pinned(scope: Scope) -> Pin | None:
    found = scope.get(PINNED)
    return found if isinstance(found, Pin) else None


def _weight(key: bytes, answer: Answer) -> int:
    return len(key) + len(answer.body) + BESIDE
