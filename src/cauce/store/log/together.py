"""Saves of several editors in one transaction: each is acknowledged when all are on disk."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import groupby, islice
from queue import SimpleQueue
from typing import TypeVar, cast

from sqlalchemy import Connection

from cauce.model.entry import Draft, Entry
from cauce.model.register import Register
from cauce.store.log.database import Database, acting
from cauce.store.log.writer import append

AT_MOST = 100
T = TypeVar("T")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Save:
    """What somebody waits for: drafts to append or, without any, some other writing."""

    answer: "Future[object]"
    drafts: tuple[Draft, ...] = ()
    write: Callable[[Connection], object] | None = None


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
        return cast("tuple[Entry, ...]", self._wait(Save(Future(), drafts)))

    def do(self, write: Callable[[Connection], T]) -> T:
        """Do some writing in the next transaction; what it returns, when that is on disk."""
        result: list[T] = []
        self._wait(Save(Future(), write=lambda connection: result.append(write(connection))))
        return result[0]

    def _wait(self, save: Save) -> object:
        self._waiting.put(save)
        return save.answer.result()

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
                for alike, saves in groupby(batch, key=lambda save: save.write is None):
                    group = list(saves)
                    told += (self._at_once(connection, group) if alike else None) or [
                        self._one(connection, save) for save in group
                    ]
        except Exception as error:  # noqa: BLE001 - whoever waits must be told, whatever it is
            for save in batch:
                save.answer.set_exception(error)
            return
        for tell in told:
            tell()

    def _at_once(self, connection: Connection, group: list[Save]) -> list[Callable[[], None]]:
        """Append what all of them want in one go; nothing if one of them cannot be."""
        try:
            with connection.begin_nested():
                drafts = [draft for save in group for draft in save.drafts]
                with acting(connection, *(draft.actor for draft in drafts)):
                    made = iter(append(connection, self.registers, drafts, self.clock()))
        except Exception:  # noqa: BLE001 - they are tried one by one, and each is told its own
            return []
        parts = [tuple(islice(made, len(save.drafts))) for save in group]
        return [partial(s.answer.set_result, p) for s, p in zip(group, parts, strict=True)]

    def _one(self, connection: Connection, save: Save) -> Callable[[], None]:
        """Try one save; how to tell who waits for it, once all is on disk."""
        result: object = None
        try:
            with connection.begin_nested():
                if save.write is None:
                    with acting(connection, *(draft.actor for draft in save.drafts)):
                        result = append(connection, self.registers, save.drafts, self.clock())
                else:
                    save.write(connection)
        except Exception as error:  # noqa: BLE001 - it goes to whoever asked, and to nobody else
            return partial(save.answer.set_exception, error)
        return partial(save.answer.set_result, result)
