"""For all tests: what each of them would else begin anew is begun once for a process."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from argon2 import PasswordHasher
from hypothesis import settings
from starlette.testclient import TestClient

from cauce.store.log import Database, database, passwords

# The first call of a kernel compiles it, so that laws are tried without a clock.
settings.register_profile("cauce", deadline=None, print_blob=True)
settings.load_profile("cauce")


@pytest.fixture(scope="session", autouse=True)
def one_loop() -> Iterator[None]:
    """A client begins a loop and its threads for each question; here they go on, as when served."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:

        @contextmanager
        def factory(client: TestClient) -> Iterator[BlockingPortal]:
            yield client.portal or portal

        patch.setattr(TestClient, "_portal_factory", factory)
        yield


@pytest.fixture(scope="session", autouse=True)
def slow_hasher() -> Iterator[PasswordHasher]:
    """The one that is used, in whose place tests have one that takes no time."""
    own = passwords.HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))
        yield own


@pytest.fixture(scope="session", autouse=True)
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The migrations are walked once; every other new file of SQLite is a copy of what they made.

    Processes that tests start, and databases that are brought up to date, walk them themselves.
    """
    made, walk = tmp_path_factory.mktemp("migrated") / "registers.sqlite", database._run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_run", lambda opened: _filled(opened, made, walk))
        yield


def _filled(opened: Database, made: Path, walk: Callable[[Database], None]) -> None:
    new = database.revision_of(opened) is None
    if opened.engine.dialect.name != "sqlite" or not new:
        walk(opened)
        return
    if not made.exists():
        first = database.at(f"sqlite:///{made}")
        walk(first)
        first.close()
    with opened.engine.connect() as connection, closing(sqlite3.connect(made)) as from_:
        from_.backup(connection.connection.driver_connection)
