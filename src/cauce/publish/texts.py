"""What was written of tables, kept beside them for the next answer."""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar, cast

from cauce.model.observation import Observations


class Weighed(Protocol):
    """What knows how many bytes it takes."""

    @property
    def nbytes(self) -> int: ...


T = TypeVar("T", bound=Weighed)
Place: TypeAlias = tuple[int, Hashable]


class Texts:
    """What was written last, up to so many bytes; it goes with the table it was written of.

    Several threads may ask. Two that ask for the same at once both make it: that costs less than
    waiting for each other.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Place, Weighed] = OrderedDict()
        self._tables: dict[int, weakref.ref[Observations]] = {}
        # A table may be forgotten by the very thread that holds the lock.
        self._turn = threading.RLock()
        self.bytes = 0

    def beside(self, observations: Observations) -> "Beside":
        """What is kept beside a table, for as long as the table is in memory."""
        table = id(observations)
        with self._turn:
            known = self._tables.get(table)
            if known is None or known() is not observations:
                self._forget(table)
                self._tables[table] = weakref.ref(observations, lambda _: self._forget(table))
        return Beside(self, table)

    def look(self, places: Sequence[Place]) -> list[Weighed | None]:
        """What is kept in each of the places, None where nothing is."""
        with self._turn:
            found = [self._kept.get(place) for place in places]
            for place, there in zip(places, found, strict=True):
                if there is not None:
                    self._kept.move_to_end(place)
        return found

    def keep(self, made: Sequence[tuple[Place, Weighed]]) -> None:
        """Keep what was made, and let go of what was asked for longest ago."""
        with self._turn:
            for place, one in made:
                if place not in self._kept and place[0] in self._tables:
                    self._kept[place] = one
                    self.bytes += one.nbytes
            while self.bytes > self._most:
                self.bytes -= self._kept.popitem(last=False)[1].nbytes

    def _forget(self, table: int) -> None:
        with self._turn:
            self._tables.pop(table, None)
            for place in [place for place in self._kept if place[0] == table]:
                self.bytes -= self._kept.pop(place).nbytes


@dataclass(frozen=True)
class Beside:
    """What is kept beside one table; without a memory all is made anew."""

    texts: Texts | None = None
    table: int = 0

    def one(self, name: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a name, made if it is not there. The same name is the same `make`."""
        return self.each([name], lambda _: [make()])[0]

    def each(self, names: Sequence[Hashable], make: Callable[[list[int]], Sequence[T]]) -> list[T]:
        """What is kept under each name. Those that are not there are made together.

        Args:
            names: the same name is the same thing.
            make: gives what belongs to the names in these positions.
        """
        places = [(self.table, name) for name in names]
        found: list[Weighed | None] = [None] * len(places)
        if self.texts:
            found = self.texts.look(places)
        absent = [at for at, there in enumerate(found) if there is None]
        made = make(absent) if absent else []
        for at, one in zip(absent, made, strict=True):
            found[at] = one
        if self.texts and absent:
            self.texts.keep([(places[at], one) for at, one in zip(absent, made, strict=True)])
        return cast(list[T], found)


ALONE = Beside()
"""Nothing is kept: all is made anew."""
