"""What was read last, kept in memory."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

from cauce.model.vintage import Catalog

MOST = 64
T = TypeVar("T")


class Kept(Generic[T]):
    """What was read last, by the hash of its manifest; several threads may ask."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, digest: str) -> T | None:
        with self._turn:
            found = self._kept.get(digest)
            if found is not None:
                self._kept.move_to_end(digest)
            return found

    def put(self, digest: str, content: T) -> None:
        with self._turn:
            self._kept[digest] = content
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def keep(self, catalog: Catalog) -> None:
        """Forget what a catalog does not have: what was withdrawn leaves the memory, too."""
        with self._turn:
            wanted = set(catalog.manifests.values())
            for digest in [digest for digest in self._kept if digest not in wanted]:
                del self._kept[digest]
