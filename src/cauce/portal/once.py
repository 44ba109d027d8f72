"""What is worked out once for each generation of the store, and not for every reader."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from cauce.portal.bulletin import Bulletin
from cauce.store import Snapshot

T = TypeVar("T")
Make = Callable[[Snapshot, Bulletin], T]


class Once:
    """What was made of the latest generation asked for, by what makes it; threads may share it."""

    def __init__(self) -> None:
        self._turn = threading.RLock()
        self._generation = -1
        self._made: dict[Make[Any], Any] = {}

    def of(self, snapshot: Snapshot, bulletin: Bulletin, make: Make[T]) -> T:
        """What `make` makes of a generation; it may ask for other things itself."""
        with self._turn:
            if snapshot.generation < self._generation:
                # A reader who came before the latest publication is served beside it.
                return make(snapshot, bulletin)
            if snapshot.generation > self._generation:
                self._generation, self._made = snapshot.generation, {}
            if make not in self._made:
                self._made[make] = make(snapshot, bulletin)
            return cast("T", self._made[make])
