"""Reading the store: one generation at a time, every byte checked."""

import math
import threading
import time
from contextlib import suppress
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.store.catalogs import current_catalog
from cauce.store.memory import MEMORY, Memory
from cauce.store.places import Places
from cauce.store.snapshot import Snapshot

OPENING, GRACE = 1.0, 2.0
"""Seconds that opening a new generation may take before readers are given it as it is, and for how
long they are given the last one while somebody looks."""


class Reader:
    """Looks at a store that others may be writing; never writes, and works on a read-only disk.

    Args:
        every: after how many seconds it looks at CURRENT again.
        memory: how many bytes the tables it keeps may take.
    """

    def __init__(self, root: Path, every: float = 1.0, memory: int = MEMORY) -> None:
        self.root = root
        self._places = Places(root)
        self._every = every
        self._memory = Memory.of(memory)
        self._snapshot: Snapshot | None = None
        self._looked = -math.inf
        self._seen: bytes | None = None
        self._turn = threading.Lock()

    def snapshot(self) -> Snapshot:
        """The current generation, pinned; CURRENT is looked at every `every` seconds at most.

        While one thread looks, the others are given what was current before, if that was a moment
        ago; after a silence they wait.

        Raises:
            BadInput: there is no store, or none of its catalogs can be read. Once a generation has
                been served, it goes on being served instead, with an alarm.
        """
        last = self._snapshot
        if not self._turn.acquire(blocking=False):
            if last is not None and self._silent() < self._every + GRACE:
                return last
            self._turn.acquire()
        try:
            if self._snapshot is None or self._silent() >= self._every:
                now = time.monotonic()
                self._snapshot = self._look(self._snapshot)
                self._looked = now
            return self._snapshot
        finally:
            self._turn.release()

    def at_hand(self) -> Snapshot | None:
        """The current generation as last looked at, None if somebody has to look again.

        It touches no disk and waits for nobody.
        """
        silent = self._silent()
        looking = silent < self._every + GRACE and self._turn.locked()
        return self._snapshot if looking or silent < self._every else None

    def _silent(self) -> float:
        """Seconds since what we have was known to be current."""
        return time.monotonic() - self._looked

    def _look(self, last: Snapshot | None) -> Snapshot:
        seen = _bytes(self._places.current)
        if last is not None and seen == self._seen and not last.alarms:
            return last
        self._seen = seen
        try:
            current = current_catalog(self._places)
        except BadInput as error:
            if last is None:
                raise
            return last.alarmed(str(error))
        self._memory.keep(current.catalog)
        found = Snapshot(self._places, current.catalog, current.alarms, self._memory)
        if last is not None and found.catalog.withdrawn == last.catalog.withdrawn:
            # The others are given what was current before until this is open; a withdrawal waits
            # for nothing.
            with suppress(BadInput):
                found.open_as(last, OPENING)
        return found


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
