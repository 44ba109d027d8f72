"""How often somebody may write: kept in memory for an hour, under a hash that nobody can undo."""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable
from threading import Lock

HOUR = 3600
PEOPLE = 4096
"""Addresses told apart in an hour; others share what is left."""


class Turns:
    """How many turns each address took within the hour, and all of them together.

    An address stands here as a hash under a key that is thrown away with the hour, and nowhere
    else: not in a log, not on disk.
    """

    def __init__(self, each: int, all_: int, clock: Callable[[], float]) -> None:
        self.each = each
        self.all = all_
        self.clock = clock
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        self._since = self.clock()
        self._key = secrets.token_bytes(32)
        self._taken: Counter[bytes] = Counter()
        self._sum = 0

    def take(self, address: str) -> bool:
        """Whether it is their turn; if so it is taken."""
        with self._lock:
            if not 0 <= self.clock() - self._since < HOUR:
                self._begin()
            who = hmac.new(self._key, address.encode(), hashlib.sha256).digest()[:12]
            if who not in self._taken and len(self._taken) >= PEOPLE:
                who = b""
            if self._sum >= self.all or self._taken[who] >= self.each:
                return False
            self._taken[who] += 1
            self._sum += 1
            return True
