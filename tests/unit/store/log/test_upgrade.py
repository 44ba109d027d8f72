"""A database of an earlier schema is brought up to date with everything in it."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine, text

from cauce.model.account import Role
from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.registers.declaration import parse_registers
from cauce.registers.log import FIRST, entry_of
from cauce.store.log import Database, Log, append, open_database
from cauce.store.log.accounts import Person, invite
from cauce.store.log.database import _config, _engine
from cauce.store.log.rows import to_row
from cauce.store.log.schema import entry

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DECLARED = """
id = "plans"
name = { en = "Plans", es = "Planes" }
one = { en = "plan", es = "plan" }
about = { en = "x", es = "x" }
title = { en = "name", es = "name" }
[[field]]
id = "name"
name = { en = "Name", es = "Nombre" }
kind = "text"
"""
PLANS = parse_registers({"plans.toml": DECLARED}, {})


def draft(key: str) -> Draft:
    return Draft("plans", key, "GTM", Action.OPEN, {"name": key}, None, None, "ana", "", 0)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'registers.sqlite'}"
    server = request.getfixturevalue("postgresql")
    name = f"u{abs(hash(tmp_path)):x}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return server.replace("/postgres?", f"/{name}?")


def test_a_log_from_before_there_were_accounts_goes_on(address) -> None:
    old = Database(_engine(address, address.partition("+")[0].partition(":")[0]))
    with old.writing("test") as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        made = entry_of(draft("a"), 1, FIRST, NOW)
        connection.execute(entry.insert().values(to_row(made)))
    old.close()
    with pytest.raises(BadInput, match="cauce upgrade"):
        open_database(address)
    database = open_database(address, upgrade=True)
    with database.writing("ana") as connection:
        append(connection, PLANS, (draft("b"),), NOW)
        invite(connection, Person("Ana", "a@x.example", (Role.EDITOR,), None), NOW)
    log = Log(database, PLANS)
    assert list(log.faults()) == []
    assert [group[0].key for group in log.latest("plans")] == ["a", "b"]
    database.close()
