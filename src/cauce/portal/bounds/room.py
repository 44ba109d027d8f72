"""Who is worked for now, and who waits."""

import asyncio

from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused


class Room:
    """So many places to work at, and a waiting room beside them; who finds it full is sent away."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(limits.most_at_once)
        self.waiting = 0

    async def enter(self) -> "Place":
        """A place to work at, when it is one's turn.

        Raises:
            Refused: 503, the waiting room is full or the turn does not come.
        """
        if self.waiting >= self._limits.most_waiting:
            raise busy()
        place = Place(self._places)
        self.waiting += 1
        try:
            async with asyncio.timeout(self._limits.longest_wait):
                await place.take()
        except TimeoutError:
            raise busy() from None
        finally:
            self.waiting -= 1
        return place


class Place:
    """A place to work at, taken or given back; giving it back twice is once."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._taken = False

    async def take(self) -> None:
        if not self._taken:
            await self._places.acquire()
            self._taken = True

    def give(self) -> None:
        if self._taken:
            self._taken = False
            self._places.release()


def busy() -> Refused:
    return Refused(503, "busy", "Too many questions at once. Ask again in 5 seconds.", {}, 5)


def too_slow(seconds: float) -> Refused:
    return Refused(
        503, "too_slow", f"There was no answer within {seconds:g} seconds. Ask for less.", {}, 30
    )
