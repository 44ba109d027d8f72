"""An empty register database of each kind."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from cauce.store.log import Database, open_database


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    # The server's package warns at import where no desktop has set this.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    import pgserver

    server = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    # No test here is about a server that loses its power.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        command(address, f"ALTER SYSTEM SET {setting} = off")
    command(address, "SELECT pg_reload_conf()")
    yield address
    server.cleanup()


@pytest.fixture(scope="session")
def template(postgresql: str) -> str:
    """The address of a server with one database that the migrations made, to be copied."""
    command(postgresql, "CREATE DATABASE migrated")
    open_database(postgresql.replace("/postgres?", "/migrated?")).close()
    return postgresql


def command(address: str, words: str) -> None:
    server = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(words))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    else:
        address = request.getfixturevalue("template")
        name = f"t{abs(hash(tmp_path)):x}"
        command(address, f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY file_copy")
        opened = open_database(address.replace("/postgres?", f"/{name}?"))
    yield opened
    opened.close()
