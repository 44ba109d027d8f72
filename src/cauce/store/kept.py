"""What was read last, kept in memory up to a bound."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from cauce.model.vintage import Catalog

MOST = 64
T = TypeVar("T")


class Kept(Generic[T]):
    """What was read last, by the hash of its manifest; several threads may ask.

    Args:
        most: how many are kept.
        size: how many bytes one takes.
        most_bytes: how many bytes all may take; the newest stays even if it takes more by itself.
    """

    def __init__(
        self, most: int = MOST, size: Callable[[T], int] | None = None, most_bytes: int = 0
    ) -> None:
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._turn = threading.Lock()
        self._making = tuple(threading.Lock() for _ in range(16))
        self._most = most
        self._size = size
        self._most_bytes = most_bytes
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """How many bytes all that is kept takes."""
        return self._bytes

    def read(self, digest: str, make: Callable[[], T]) -> T:
        """What is kept under a hash, made and kept if it is not.

        Who asks for what another thread is making waits for it, so that it is in memory once.
        """
        found = self.get(digest)
        if found is not None:
            return found
        with self._making[hash(digest) % len(self._making)]:
            found = self.get(digest)
            if found is None:
                found = make()
                self.put(digest, found)
        return found

    def get(self, digest: str) -> T | None:
        with self._turn:
            found = self._kept.get(digest)
            if found is not None:
                self._kept.move_to_end(digest)
            return found

    def put(self, digest: str, content: T) -> None:
        with self._turn:
            self._drop(digest)
            self._kept[digest] = content
            self._bytes += self._weigh(content)
            while len(self._kept) > 1 and self._too_much():
                self._drop(next(iter(self._kept)))

    def keep(self, catalog: Catalog) -> None:
        """Forget what a catalog does not have: what was withdrawn leaves the memory, too."""
        with self._turn:
            wanted = set(catalog.manifests.values())
            for digest in [digest for digest in self._kept if digest not in wanted]:
                self._drop(digest)

    def _too_much(self) -> bool:
        return len(self._kept) > self._most or self._bytes > self._most_bytes

    def _weigh(self, content: T) -> int:
        return 0 if self._size is None else self._size(content)

    def _drop(self, digest: str) -> None:
        if digest in self._kept:
            self._bytes -= self._weigh(self._kept.pop(digest))
