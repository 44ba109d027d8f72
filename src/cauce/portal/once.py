"""What is worked out once for each generation of the store, and not for every reader."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from cauce.portal.bulletin import Bulletin
from cauce.store import Snapshot

T = TypeVar("T")
Make = Callable[[Snapshot, Bulletin], T]


class Once:
    """What was made of the latest generation asked for, by what makes it; threads may share it.

    Who asks for one thing does not wait while another is made.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._generation = -1
        self._made: dict[Make[Any], Any] = {}
        self._turns: dict[Make[Any], threading.Lock] = {}

    def of(self, snapshot: Snapshot, bulletin: Bulletin, make: Make[T]) -> T:
        """What `make` makes of a generation."""
        with self._turn:
            if snapshot.generation > self._generation:
                self._generation, self._made = snapshot.generation, {}
            # A reader who came before the latest publication is served beside it.
            made = self._made if snapshot.generation == self._generation else {}
            turn = self._turns.setdefault(make, threading.Lock())
        with turn:
            if make not in made:
                made[make] = make(snapshot, bulletin)
            return cast("T", made[make])
