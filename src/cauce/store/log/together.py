"""Saves of several editors in one transaction: each is acknowledged when all are on disk."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import TypeVar

from sqlalchemy import Connection

from cauce.model.entry import Draft, Entry
from cauce.model.register import Register
from cauce.store.log.database import Database
from cauce.store.log.writer import append

AT_MOST = 100
Save = tuple[Callable[[Connection], object], "Future[object]"]
T = TypeVar("T")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Together:
    """Writes what waits, together; use it as `with Together(database, registers) as desk`.

    While one transaction goes to disk the next saves wait, and then go in one; a save that fails
    takes no other with it.
    """

    database: Database
    registers: Mapping[str, Register]
    clock: Callable[[], datetime] = _now
    _waiting: "SimpleQueue[Save | None]" = field(default_factory=SimpleQueue, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    def __enter__(self) -> "Together":
        self._thread = threading.Thread(target=self._work, name="register-log", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        del failure
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()

    def save(self, *drafts: Draft) -> tuple[Entry, ...]:
        """Append these, all or none; returns when they are on disk.

        Raises what `append` raises.
        """
        return self.do(lambda c: append(c, self.registers, drafts, self.clock()))

    def do(self, write: Callable[[Connection], T]) -> T:
        """Do some writing in the next transaction; what it returns, when that is on disk."""
        result: list[T] = []
        answer: Future[object] = Future()
        self._waiting.put((lambda connection: result.append(write(connection)), answer))
        answer.result()
        return result[0]

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch = [first]
            while len(batch) < AT_MOST and not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    self._waiting.put(None)
                    break
                batch.append(following)
            self._commit(batch)

    def _commit(self, batch: list[Save]) -> None:
        """One transaction for all; nobody is told before it is on disk."""
        told: list[Callable[[], None]] = []
        try:
            with self.database.writing("") as connection:
                for write, answer in batch:
                    told.append(_one(connection, write, answer))
        except Exception as error:  # noqa: BLE001 - whoever waits must be told, whatever it is
            for _, answer in batch:
                answer.set_exception(error)
            return
        for tell in told:
            tell()


def _one(
    connection: Connection, write: Callable[[Connection], object], answer: "Future[object]"
) -> Callable[[], None]:
    """Try one save; how to tell who waits for it, once all is on disk."""
    try:
        with connection.begin_nested():
            result = write(connection)
    except Exception as error:  # noqa: BLE001 - it goes to whoever asked, and to nobody else
        failure = error
        return lambda: answer.set_exception(failure)
    return lambda: answer.set_result(result)
