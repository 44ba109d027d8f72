"""PostgreSQL's own wall: a login that owns nothing sees and writes what it was told and no more."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import NullPool, create_engine, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from cauce.model.account import Role
from cauce.model.entry import Action, Draft
from cauce.registers.declaration import parse_registers
from cauce.store.log import Database, Log, append, open_database
from cauce.store.log import door_schema as doors
from cauce.store.log.accounts import Person, invite
from cauce.store.log.audit import audit_faults
from cauce.store.log.row_security import login
from cauce.store.log.schema import approval, entry, version

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "invented"  # noqa: S105 - of a server that lives as long as a test
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


@pytest.fixture
def office(postgresql, tmp_path) -> Iterator[Database]:
    """The database as the office's own login sees it; the owner made it."""
    name = f"r{abs(hash(tmp_path)):x}"
    server = create_engine(postgresql, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'"))
    address = postgresql.replace("/postgres?", f"/{name}?")
    owner = open_database(address)
    with owner.engine.begin() as connection:
        for statement in login(name):
            connection.execute(text(statement))
    owner.close()
    opened = open_database(
        make_url(address).set(username=name, password=PASSWORD).render_as_string(False)
    )
    yield opened
    opened.close()


def draft(key: str, country: str) -> Draft:
    record = {"name": f"Plan {key}"}
    return Draft("plans", key, country, Action.OPEN, record, None, None, "ana", "", 0)


def write(database: Database, key: str, country: str, told: str = "*") -> None:
    with database.writing("ana", told) as connection:
        append(connection, PLANS, (draft(key, country),), NOW)


def test_a_query_that_says_nothing_sees_nothing(office) -> None:
    write(office, "a", "GTM")
    with office.engine.begin() as connection:
        for table in (entry, version):
            assert connection.execute(select(table)).all() == []
    with office.reading("ana", "GTM") as connection:
        assert len(connection.execute(select(entry)).all()) == 1
    with office.engine.begin() as connection:
        assert connection.execute(select(entry)).all() == [], "nothing is told for longer"


def test_each_country_sees_its_own_and_the_chain_goes_on_over_all(office) -> None:
    write(office, "a", "GTM", "GTM")
    write(office, "b", "HND", "HND")
    write(office, "c", "GTM", "GTM,NIC")
    write(office, "d", "", ",GTM")
    with office.reading("ana", "HND") as connection:
        assert [row.key for row in connection.execute(select(version))] == ["b"]
    assert list(Log(office, PLANS).faults()) == []
    region = Log(office, PLANS, frozenset({""}))
    assert [found.key for found in region.page("plans").found] == ["d"]
    both = Log(office, PLANS, frozenset({"", "GTM"}))
    assert [found.key for found in both.page("plans").found] == ["a", "c", "d"]


def test_a_foreign_row_can_be_neither_written_nor_changed(office) -> None:
    write(office, "a", "GTM")
    with pytest.raises(DatabaseError, match="row-level security"):
        write(office, "b", "GTM", "HND")
    with office.writing("ana", "HND") as connection:
        done = connection.execute(text("UPDATE version SET superseded_at = '2027'"))
        assert done.rowcount == 0


def test_nobody_approves_what_they_cannot_see_nor_their_own(office) -> None:
    write(office, "a", "GTM")
    verdict = {"entry": 1, "verdict": "yes", "at": "2026", "note": ""}
    with pytest.raises(DatabaseError, match="row-level"), office.writing("eva", "HND") as c:
        c.execute(insert(approval).values(actor="eva", **verdict))
    with pytest.raises(DatabaseError, match="their own"), office.writing("ana", "HND") as c:
        c.execute(insert(approval).values(actor="ana", **verdict))
    with office.writing("eva", "GTM") as connection:
        connection.execute(insert(approval).values(actor="eva", **verdict))
    with office.reading("eva", "HND") as connection:
        assert connection.execute(select(approval)).all() == []


def test_the_office_neither_writes_the_audit_nor_removes_its_rules(office) -> None:
    with office.writing("root") as connection:
        invite(connection, Person("Ana", "a@x.example", (Role.EDITOR,), None), NOW)
    with office.reading() as connection:
        assert list(audit_faults(connection)) == []
        assert connection.execute(select(doors.audit)).first() is not None
    row = "INSERT INTO audit VALUES (9, 'x', 'x', 'x', 'x', 'x', NULL, NULL, 'x', 'x')"
    for statement, reason in (
        (row, "permission denied"),
        ("DELETE FROM audit", "permission denied"),
        ("DELETE FROM entry", "permission denied"),
        ("DELETE FROM account", "permission denied"),
        ("ALTER TABLE entry DISABLE ROW LEVEL SECURITY", "must be owner"),
        ("ALTER TABLE audit DISABLE TRIGGER ALL", "must be owner"),
        ("DROP POLICY entry_by_country ON entry", "must be owner"),
    ):
        with pytest.raises(DatabaseError, match=reason), office.writing("x") as connection:
            connection.execute(text(statement))
