"""The views analysts read follow the declarations, and the status says when they do not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

import cauce.pipeline.relations as module
from cauce.model.status import Health
from cauce.pipeline.registers import read_registers
from cauce.pipeline.relations import renew_relations, stale_relations
from cauce.pipeline.status import Looked, how_it_is
from cauce.pipeline.upgrade import upgrade
from cauce.store.log import open_database

REGISTERS = read_registers(Path(__file__).parents[3] / "packs" / "registers").registers
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'registers.sqlite'}"
    open_database(made).close()
    return made


def health(url: str) -> tuple[Health, str]:
    status = how_it_is(Looked(url, registers=REGISTERS), NOW)
    [line] = [line for line in status.lines if line.id == "views"]
    return line.health, line.said.en


def test_an_upgrade_renews_the_views_of_a_database_whose_schema_is_ours(url) -> None:
    assert health(url)[0] is Health.LOOK
    assert "run `cauce upgrade`" in health(url)[1]
    assert upgrade(url, NOW, registers=REGISTERS).views > 2 * len(REGISTERS)
    assert upgrade(url, NOW, registers=REGISTERS).views == 0
    assert health(url) == (Health.WELL, "as declared")


def test_they_are_made_once_and_read_at_once(url) -> None:
    database = open_database(url)
    assert renew_relations(database, REGISTERS)
    assert renew_relations(database, REGISTERS)
    assert stale_relations(database, REGISTERS) == ()
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM register_quotas")).scalar() == 0
    database.close()


def test_a_login_that_owns_nothing_leaves_them_as_they_are(url, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise ProgrammingError("CREATE VIEW", {}, Exception("must be owner"))

    monkeypatch.setattr(module, "renew", refused)
    database = open_database(url)
    assert not renew_relations(database, REGISTERS)
    database.close()
