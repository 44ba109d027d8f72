"""Opening the register database: where it is, how it is set, and whether its schema is ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from cauce.model.errors import BadInput
from cauce.registers.log import chained

EVERYWHERE = "*"
TOLD = "cauce_told"
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=30000",
)


@dataclass
class Told:
    """What a connection to SQLite was told of the transaction under way, for its triggers."""

    actor: str = ""
    now: str = ""


@dataclass(frozen=True)
class Database:
    """An open register database."""

    engine: Engine

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @contextmanager
    def reading(self, actor: str = "", countries: str = EVERYWHERE) -> Iterator[Connection]:
        """A transaction that reads one state of everything.

        `actor` and `countries` (codes with commas, or *) are told to the database, whose own rules
        may ask for them.
        """
        with (
            self.engine.connect() as connection,
            connection.begin(),
            self._told(connection, actor, countries),
        ):
            yield connection

    @contextmanager
    def writing(self, actor: str, countries: str = EVERYWHERE) -> Iterator[Connection]:
        """A transaction in which nobody else writes. What it wrote is on disk when it ends."""
        writer = self.engine.execution_options(cauce_writes=True)
        with writer.connect() as connection, connection.begin():
            if self.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20230602)"))
            with self._told(connection, actor, countries):
                yield connection

    @contextmanager
    def _told(self, connection: Connection, actor: str, countries: str) -> Iterator[None]:
        """Tell the database who acts, for this transaction and no longer."""
        if self.dialect == "postgresql":
            connection.execute(
                text(
                    "SELECT set_config('cauce.actor', :actor, true), "
                    "set_config('cauce.countries', :countries, true)"
                ),
                {"actor": actor, "countries": countries},
            )
            yield
            return
        told: Told = connection.info[TOLD]
        told.actor, told.now = actor, datetime.now(UTC).isoformat(timespec="microseconds")
        try:
            yield
        finally:
            told.actor = ""

    def close(self) -> None:
        """Let go of the database. What a thread still holds is closed when it gives it back."""
        event.listen(self.engine, "checkin", lambda _, entry: entry.close())
        self.engine.dispose()


@contextmanager
def acting(connection: Connection, *actors: str) -> Iterator[None]:
    """Let others act for a part of a writing transaction: the database lets only them sign."""
    signed = "\n".join(dict.fromkeys(actors))
    if connection.dialect.name == "postgresql":
        asked = text("SELECT coalesce(current_setting('cauce.actor', true), '')")
        before = connection.execute(asked).scalar_one()
        _act(connection, signed)
        # After an error nothing more can be said in this transaction: it goes back to before.
        yield
        _act(connection, before)
        return
    told: Told = connection.info[TOLD]
    before, told.actor = told.actor, signed
    try:
        yield
    finally:
        told.actor = before


def _act(connection: Connection, actor: str) -> None:
    asked = text("SELECT set_config('cauce.actor', :actor, true)")
    connection.execute(asked, {"actor": actor})


def told(countries: frozenset[str] | None) -> str:
    """Countries as the database is told them; "" among them is the region itself."""
    if countries is None:
        return EVERYWHERE
    # PostgreSQL takes "" for no countries at all, and "," for "" twice.
    return "," if countries == {""} else ",".join(sorted(countries))


def open_database(url: str, upgrade: bool = False) -> Database:
    """The register database at an address such as sqlite:///registers.sqlite.

    Args:
        url: of SQLite or PostgreSQL (postgresql+psycopg://…).
        upgrade: bring the schema up to date; a new database always is.

    Raises:
        BadInput: the address is of no database we speak; its schema is older than the program and
            `upgrade` was not asked for, or is not known to it.
    """
    dialect = make_url(url).get_backend_name()
    if dialect not in ("sqlite", "postgresql"):
        raise BadInput(
            f"{dialect} is no database we speak. Use sqlite:/// or postgresql+psycopg://."
        )
    database = Database(_engine(url, dialect))
    try:
        _bring_up_to_date(database, upgrade)
    except BadInput:
        database.close()
        raise
    return database


def _bring_up_to_date(database: Database, upgrade: bool) -> None:
    """Make the tables of a new database, and of an older one if asked. Raises BadInput."""
    found, wanted = revision_of(database), newest_revision()
    if found is None or (upgrade and found != wanted):
        _run(database)
    elif found not in known_revisions():
        raise BadInput(
            f"The register database has schema {found}, which this program does not know. "
            "Use the program that wrote it, or restore a backup."
        )
    elif found != wanted:
        raise BadInput(
            f"The register database has schema {found} and this program wants {wanted}. "
            "Run `cauce upgrade`, which copies the database first."
        )


def _engine(url: str, dialect: str) -> Engine:
    if dialect == "postgresql":
        return create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")
    engine = create_engine(url)
    event.listen(engine, "connect", _set_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_sqlite(connection: sqlite3.Connection, pooled: ConnectionPoolEntry) -> None:
    # The driver's own transactions would leave half a migration behind; we begin them ourselves.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)
    told = pooled.info[TOLD] = Told()
    connection.create_function("cauce_actor", 0, lambda: told.actor)
    connection.create_function("cauce_now", 0, lambda: told.now)
    connection.create_function("cauce_chained", -1, chained, deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("cauce_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def revision_of(database: Database) -> str | None:
    """The revision of the schema, None of an empty database."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def known_revisions() -> frozenset[str]:
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return frozenset(script.revision for script in scripts)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _run(database: Database) -> None:
    with database.writing("upgrade") as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def at(url: str) -> Database:
    """The database at an address, whatever its schema; nothing is made."""
    return Database(_engine(url, make_url(url).get_backend_name()))
