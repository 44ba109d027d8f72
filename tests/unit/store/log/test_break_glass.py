"""What is sealed is opened out of role for a purpose, which is kept; others are told."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from tests.unit.store.log.test_sealing import CASES, NOW, RECORD, WHOSE

from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.status import Health
from cauce.pipeline.status import Looked, how_it_is
from cauce.store.log import Database, open_database
from cauce.store.log.break_glass import Opening, open_out_of_role, openings_since, out_of_role
from cauce.store.log.door_schema import audit
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.sealing import seal_record


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def opened(database: Database, keys: KeyFolder, purpose: str = "court order 3/2026") -> Record:
    with database.writing("ana") as connection:
        record = seal_record(connection, keys, WHOSE, RECORD)
    with database.writing("root") as connection:
        return open_out_of_role(connection, keys, WHOSE, record, "root", purpose, NOW)


def test_it_is_opened_whole_with_who_when_and_for_what(database: Database, keys) -> None:
    assert opened(database, keys) == RECORD
    with database.reading() as connection:
        row = connection.execute(select(out_of_role)).one()
        assert (row.register, row.key, row.actor) == (CASES.id, "k1", "root")
        assert row.purpose == "court order 3/2026"
        assert openings_since(connection, NOW) == (Opening("cases", "root", row.at),)
        assert openings_since(connection, NOW + timedelta(days=1)) == ()
        told = connection.execute(select(audit.c.new).where(audit.c.item == "reading"))
        assert "document" in told.scalar_one()


def test_without_a_purpose_nothing_is_opened(database: Database, keys) -> None:
    with pytest.raises(BadInput, match="Say for what"):
        opened(database, keys, " ")


def test_nobody_takes_it_back(database: Database, keys) -> None:
    opened(database, keys)
    for statement in ("DELETE FROM out_of_role", "UPDATE out_of_role SET purpose = 'x'"):
        with pytest.raises(DatabaseError, match="never altered"), database.writing("root") as c:
            c.execute(text(statement))


def test_the_others_read_it_on_the_status_page_for_a_month(tmp_path: Path, keys) -> None:
    url = f"sqlite:///{tmp_path / 'registers.sqlite'}"
    database = open_database(url)

    def line(days: int) -> tuple[Health, str]:
        lines = how_it_is(Looked(url), NOW + timedelta(days=days)).lines
        return next((one.health, one.said.en) for one in lines if one.id == "glass")

    assert line(0) == (Health.WELL, "nothing in 30 days")
    opened(database, keys)
    database.close()
    assert line(29) == (
        Health.LOOK,
        "1 in 30 days, last cases by root on 2026-01-01: ask why",
    )
    assert line(31)[0] is Health.WELL
